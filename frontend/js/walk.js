/** A stack, one by one: what recalls the person in large letters, where it goes, and the letterbox at the end. */

import { act, complete, open } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, dressed, fill, on } from './dom.js';
import { reachLabel } from './reach.js';
import { remember, state } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';

/** @param {Task[]} all of one action, perhaps a single one; what is written already is passed over */
export async function walk(all) {
  await dressed('sheets');
  const tasks = all.filter((task) => !state.written.includes(task.id));
  const [{ action, channel, title: verb }] = all;
  const letters = channel === 'letter';
  const title = all.length > 1 ? S.many(action, verb, tasks.length) : verb;
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-walk', { title }));
  const say = (/** @type {string} */ text) => {
    $('.form__error', sheet).textContent = text;
  };
  const button = (/** @type {string} */ name) => $(`[data-do="${name}"]`, sheet);
  let place = -1;
  /** @type {{emails: string[], postal_address: string | null} | null} */
  let card = null;

  /** @param {boolean} asking whether the e-mail went out */
  function offer(asking) {
    const reach = letters ? null : reachLabel(tasks[place]);
    const shown = { written: letters, reach: reach !== null, done: !letters, later: true, email: letters };
    for (const [name, yes] of Object.entries(shown)) button(name).hidden = asking || !yes;
    button('reach').textContent = reach;
    for (const name of ['sent', 'not-yet']) button(name).hidden = !asking;
    (asking ? button('sent') : letters ? button('written') : reach ? button('reach') : button('done')).focus();
  }

  async function next() {
    place += 1;
    say('');
    if (place === tasks.length) return end();
    const task = tasks[place];
    const who = [nameOf(task.contact), task.contact.company].filter(Boolean).join(' · ');
    card = null;
    $('.walk__who a', sheet).setAttribute('href', `/people/${task.contact_id}`);
    const counted = all.length > 1 ? S.placeOf(place + 1, tasks.length) : '\u00a0';
    fill(sheet, { place: counted, who, note: task.recall ?? '\u00a0', address: '\u00a0' });
    offer(false);
    const found = await call('GET', `/contacts/${task.contact_id}`).catch((error) => error);
    if (tasks[place] !== task) return undefined;
    card = found instanceof Error ? null : found.data;
    const address = card ? (card.postal_address ?? S.noAddress) : S.walkAddress;
    if (letters && !(found instanceof Refused)) fill(sheet, { address });
    return undefined;
  }

  function end() {
    const written = all.filter((task) => state.written.includes(task.id));
    if (!written.length) return sheet.close();
    const box = clone('t-letterbox', { text: S.allWritten(written.length) });
    on($('[data-do="mail"]', box), 'click', () => {
      sheet.close();
      complete(written);
    });
    $('.sheet__body', sheet).replaceChildren(box);
    $('h2', box).focus();
    return undefined;
  }

  on(button('written'), 'click', () => {
    remember('written', tasks[place].id);
    next();
  });
  on(button('later'), 'click', next);
  on(button('done'), 'click', () => {
    complete([tasks[place]]);
    next();
  });
  on(button('reach'), 'click', () => {
    const task = tasks[place];
    act('reach', task, { today: task.act_at, tomorrow: task.act_at });
  });
  on(button('email'), 'click', () => {
    const address = card?.emails[0];
    if (!address) return say(card ? S.noEmail : S.walkAddress);
    location.assign(`mailto:${address}`);
    return offer(true);
  });
  on(button('not-yet'), 'click', () => offer(false));
  on(button('sent'), 'click', () => {
    complete([tasks[place]], { channel: 'email' });
    next();
  });
  open(sheet);
  await next();
}
