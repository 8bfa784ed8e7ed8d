/** Finish these cards: one pass, three answers a card, each kept on the phone first. */

import { open } from './actions.js';
import { $, clone, dressed, field, fill, on } from './dom.js';
import { newOp, withOffset } from './note.js';
import { enqueue } from './outbox.js';
import { say } from './status.js';
import { S } from './strings.js';

/** A descriptor that reads like a name: two or three words that begin with a capital. */
const NAME = /^\p{Lu}[\p{L}'’.-]*( \p{Lu}[\p{L}'’.-]*){1,2}$/u;

/** @param {Task[]} tasks */
export async function finishCards(tasks) {
  await dressed('sheets');
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-finish'));
  const form = $('form', sheet);
  let place = -1;

  function next() {
    place += 1;
    if (place === tasks.length) return sheet.close();
    const { contact, recall } = tasks[place];
    fill(sheet, { place: S.placeOf(place + 1, tasks.length), note: recall ?? S.unnamed });
    field(form, 'name').value = contact.name ?? (NAME.test(contact.descriptor ?? '') ? contact.descriptor ?? '' : '');
    field(form, 'company').value = contact.company ?? '';
    field(form, 'talked_about').value = '';
    field(form, 'name').focus();
    return undefined;
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    const task = tasks[place];
    const value = (/** @type {string} */ name) => field(form, name).value.trim();
    const card = Object.fromEntries(['name', 'company'].map((name) => [name, value(name)]).filter(([, text]) => text));
    const about = value('talked_about');
    next();
    const kept = { what: /** @type {const} */ ('contact'), target: task.contact_id };
    if (Object.keys(card).length) await enqueue(newOp('PATCH', `/contacts/${task.contact_id}`, card, kept));
    if (about && task.encounter_id) {
      await enqueue(newOp('PATCH', `/encounters/${task.encounter_id}`, { talked_about: about }, kept));
    }
    const done = { target: task.id, verb: 'complete' };
    await enqueue(newOp('POST', `/tasks/${task.id}/complete`, { at: withOffset(new Date()) }, done));
    say(S.changesKept);
  });
  on($('#finish-later', sheet), 'click', next);
  open(sheet);
  next();
}
