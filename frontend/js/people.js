/** Everyone on the cards, found by whatever is remembered of them. */

import { call } from './api.js';
import { $, clone, field, on } from './dom.js';
import { day } from './format.js';
import { trouble } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';

/**
 * @param {HTMLElement} main @param {string | undefined} _id
 * @param {() => boolean} current whether this page is still wanted
 */
export async function show(main, _id, current) {
  const page = clone('t-people');
  const list = $('.people', page);
  const state = $('.people__state', page);
  const more = $('.more', page);
  const find = field(page, 'find');
  let asked = '';
  /** @type {string | null} */
  let next = null;

  /** @param {boolean} further the next page, else a new list */
  async function fetchPeople(further) {
    const q = find.value.trim();
    const after = further ? `&after=${encodeURIComponent(next ?? '')}` : '';
    const query = q ? `q=${encodeURIComponent(q)}` : `sort=recent${after}`;
    asked = query;
    try {
      const { data } = await call('GET', `/contacts?${query}`);
      if (query !== asked || !current()) return;
      if (!further) list.replaceChildren();
      list.append(...data.items.map(personRow));
      next = data.next;
      more.hidden = !next;
      state.textContent = data.items.length || further ? '' : q ? S.nobodyFound : S.nobodyYet;
    } catch (error) {
      if (query === asked) state.textContent = S.peopleOffline;
      await trouble(error);
    }
  }

  on(find, 'input', () => fetchPeople(false));
  on(more, 'click', () => fetchPeople(true));
  main.replaceChildren(page);
  await fetchPeople(false);
}

/** @param {any} person */
function personRow(person) {
  const { match, next_task: task } = person;
  const row = clone('t-person-row', {
    name: nameOf(person),
    company: person.company,
    match: match && match.field !== 'name' ? match.excerpt : null,
    then: task ? S.nextTask(task.title, day(task.act_at ?? task.due_at)) : null,
  });
  $('a', row).setAttribute('href', `/people/${person.id}`);
  return row;
}
