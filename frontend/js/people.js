/** Everyone on the cards, found by whatever is remembered: at once by what this phone knows, then completely. */

import { call } from './api.js';
import { $, clone, field, on } from './dom.js';
import { day } from './format.js';
import { learn, people } from './known.js';
import { reconcile } from './rows.js';
import { state, trouble } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';
import { search } from './words.js';

const PAGE = 50;
const TYPING_MS = 120;
/** @type {() => void} */
let redraw = () => {};

/**
 * @param {HTMLElement} main @param {string | undefined} _id
 * @param {() => boolean} current whether this page is still wanted
 */
export async function show(main, _id, current) {
  const page = clone('t-people');
  const list = $('.people', page);
  const line = $('.people__state', page);
  const more = $('.more', page);
  const find = field(page, 'find');
  let [asked, answered, shown] = ['', false, PAGE];
  /** @type {any[]} */
  let rows = [];
  /** @type {string | null} */
  let next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  const typed = () => find.value.trim();

  /** Those this phone knows, until the server has answered for the same words. */
  async function known() {
    const all = await people();
    const now = new Map(all.map((each) => [each.id, each]));
    if (!typed()) rows = answered ? all.slice(0, rows.length) : all;
    else if (answered) rows = rows.map((row) => ({ ...row, ...now.get(row.id) }));
    else rows = search(all, typed());
    draw();
  }

  function draw() {
    reconcile(list, rows.slice(0, shown).map(personRow));
    more.hidden = answered ? !next : rows.length <= shown;
    const none = typed() ? S.nobodyFound : S.nobodyYet;
    if (answered) line.textContent = rows.length ? '' : none;
    else if (!state.offline) line.textContent = '';
    else line.textContent = rows.length ? S.peopleKnown : typed() ? S.nobodyKnown : S.peopleOffline;
  }

  /** @param {boolean} further the next page, else a new list */
  async function complete(further) {
    const q = typed();
    const after = further ? `&after=${encodeURIComponent(next ?? '')}` : '';
    const query = q ? `q=${encodeURIComponent(q)}` : `sort=recent${after}`;
    asked = query;
    try {
      const { data } = await call('GET', `/contacts?${query}`);
      if (query !== asked || !current()) return;
      state.offline = false;
      answered = true;
      rows = further ? [...rows, ...data.items] : data.items;
      next = data.next;
      shown = Math.max(shown, rows.length);
      draw();
      await learn(data.items, q ? {} : { top: !further, whole: !data.next });
    } catch (error) {
      await trouble(error);
      if (query === asked && current()) draw();
    }
  }

  on(find, 'input', () => {
    [answered, shown] = [false, PAGE];
    known();
    clearTimeout(pause);
    pause = setTimeout(() => complete(false), TYPING_MS);
  });
  on(more, 'click', () => {
    if (answered) return complete(true);
    shown += PAGE;
    return draw();
  });
  redraw = known;
  await known();
  if (!current()) return;
  main.replaceChildren(page);
  await complete(false);
}

/** Something changed while the page is shown. */
export const again = () => redraw();

/** @param {any} person */
function personRow(person) {
  const { match, next_task: task } = person;
  const texts = {
    name: nameOf(person),
    company: person.company,
    match: match && match.field !== 'name' ? match.excerpt : null,
    then: task ? S.nextTask(task.title, day(task.act_at ?? task.due_at)) : null,
  };
  const row = clone('t-person-row', texts);
  row.dataset.key = JSON.stringify([person.id, ...Object.values(texts)]);
  $('a', row).setAttribute('href', `/people/${person.id}`);
  return row;
}
