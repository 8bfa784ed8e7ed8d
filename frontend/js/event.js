/** Everyone from an event, how far each follow-up is, and the ways on from there. */

import { act } from './actions.js';
import { call } from './api.js';
import { $, clone } from './dom.js';
import { day } from './format.js';
import { arrivals, keepSeen, seen } from './known.js';
import { P } from './people-strings.js';
import { project } from './project.js';
import { stackRows } from './stack-row.js';
import { isStack, rowsOf, eventOf } from './stacks.js';
import { mine, state, trouble } from './store.js';
import { nameOf } from './task-row.js';
import { fold } from './words.js';

/**
 * @typedef {{encounter_id: string, occurred_at: string, contact: Task['contact'], recall: string | null,
 *   state: string}} Met
 */
const PAGE = 200;
const PAGES_AT_MOST = 5;
/** The best there is of somebody met twice comes first. */
const BEST = ['followed_up', 'open', 'let_go', 'nothing_planned'];
/** @type {() => void} */
let redraw = () => {};

/** @param {HTMLElement} main @param {string} name @param {() => boolean} current */
export async function show(main, name, current) {
  const page = clone('t-event-page', { name });
  const line = $('.event__state', page);
  const arrived = arrivals();
  /** @type {Met[] | null} */
  let met = null;

  function draw() {
    if (arrived()) fetchAll();
    stacks($('.tasks', page), name, draw);
    if (!met) return;
    const now = met.map(sortedNow);
    $('.event__coverage', page).textContent = coverage(now);
    const cards = now.filter((each) => each.state === 'open').map(asCard)
      .filter((card) => !state.sorted.includes(card.key));
    const sort = $('[data-do="sort"]', page);
    sort.hidden = cards.length < 2;
    sort.onclick = () => void import('./sort.js').then(({ sortCards }) => sortCards(cards));
    $('.days', page).replaceChildren(...days(now));
  }

  async function fetchAll() {
    try {
      /** @type {Met[]} */
      const all = [];
      for (let turn = 0, after = ''; turn < PAGES_AT_MOST; turn += 1) {
        const { data } = await call('GET', `/events/people?limit=${PAGE}&event=${encodeURIComponent(name)}${after}`);
        all.push(...data.items);
        if (!data.next) break;
        after = `&after=${encodeURIComponent(data.next)}`;
      }
      if (!current()) return;
      state.offline = false;
      met = all;
      line.textContent = met.length ? '' : P.nobodyThere;
      draw();
      await keepSeen('event', name, met);
    } catch (error) {
      await trouble(error);
      if (current()) line.textContent = met ? P.eventKept : P.eventOffline;
    }
  }

  redraw = draw;
  met = (await seen('event', name)) ?? null;
  if (!current()) return;
  draw();
  main.replaceChildren(page);
  await fetchAll();
}

/** Something changed while the page is shown. */
export const again = () => redraw();

/** What the sort pass has decided and the server does not know yet. @param {Met} met @returns {Met} */
function sortedNow(met) {
  const said = mine().filter((op) => op.what === 'sort' && op.state !== 'parked').flatMap((op) => op.body.items)
    .findLast((each) => each.encounter_id === met.encounter_id && each.contact_id === met.contact.id);
  return said?.follow_up === 'none' && met.state === 'open' ? { ...met, state: 'let_go' } : met;
}

/** "9 of 14 followed up, 3 open, 2 let go": each person once. @param {Met[]} met */
function coverage(met) {
  /** @type {Map<string, number>} */
  const best = new Map();
  for (const { contact, state: how } of met) {
    best.set(contact.id, Math.min(best.get(contact.id) ?? BEST.length, BEST.indexOf(how)));
  }
  const count = (/** @type {string} */ how) => [...best.values()].filter((each) => BEST[each] === how).length;
  return P.coverage(count('followed_up'), best.size, count('open'), count('let_go'));
}

/** A card of the sort pass. @param {Met} met */
function asCard({ encounter_id: meeting, contact, recall }) {
  const task = /** @type {Task} */ ({ encounter_id: meeting, contact_id: contact.id, contact, recall });
  return { key: `${meeting}/${contact.id}`, task };
}

/** @param {Met[]} met */
function days(met) {
  const byDay = Map.groupBy(met, (each) => day(each.occurred_at));
  return [...byDay].flatMap(([label, some]) => {
    const list = clone('t-people-list');
    list.append(...some.map((each) => {
      const row = clone('t-met-row', {
        name: nameOf(each.contact), company: each.contact.company, recall: each.recall, state: P.followUp[each.state],
      });
      row.classList.toggle('person-row--done', each.state === 'followed_up');
      $('a', row).setAttribute('href', `/people/${each.contact.id}`);
      return row;
    }));
    return [clone('t-part-of', { label }), list];
  });
}

/**
 * The stacks of this event, each walked from here.
 * @param {HTMLElement} list @param {string} name @param {() => void} draw
 */
function stacks(list, name, draw) {
  if (!state.view) return;
  const { sky, me } = state;
  const view = project(state.view, state.ops, new Date(), { sky, boundary: me?.day_boundary });
  const here = (/** @type {Task} */ task) => task.stack && fold(view.events[eventOf(task.stack)] ?? '') === fold(name);
  const pressed = (/** @type {string} */ verb, /** @type {Task} */ task) => act(verb, task, view.sundown);
  const rows = view.groups.flatMap((group) => rowsOf(group.tasks.filter(here)).filter(isStack)
    .flatMap((stack) => stackRows(stack, group.name, view, draw, pressed)));
  for (const row of rows) {
    row.querySelector('[data-verb="sort"]')?.remove(); // the page sorts everyone
    for (const place of row.querySelectorAll('[data-text="event"], [data-text="followed"]')) place.remove();
  }
  list.replaceChildren(...rows);
}
