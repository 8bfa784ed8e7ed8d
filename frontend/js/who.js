/** Who was there: found among the people this phone knows, then everywhere, or written down as somebody new. */

import { call } from './api.js';
import { $, clone, field, on } from './dom.js';
import { people } from './known.js';
import { newId } from './note.js';
import { P } from './people-strings.js';
import { nameOf } from './task-row.js';
import { search } from './words.js';

const OFFERED = 5;
const TYPING_MS = 150;

/**
 * @param {HTMLElement} form @param {import('./meeting-body.js').Draft} draft @param {() => void} changed
 */
export function who(form, draft, changed) {
  const find = field(form, 'people');
  const offers = $('.offers', form);
  const list = $('.present', form);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  function draw() {
    list.replaceChildren(...draft.people.map((person) => {
      const name = draft.names[person.contact_id] ?? P.someone;
      const row = clone('t-present', { name, fresh: draft.fresh.includes(person.contact_id) ? P.newCard : null });
      const role = /** @type {HTMLSelectElement} */ ($('select', row));
      role.value = person.role ?? '';
      role.setAttribute('aria-label', P.roleOf(name));
      $('button', row).setAttribute('aria-label', P.notThere(name));
      on(role, 'change', () => {
        person.role = role.value;
        changed();
      });
      on($('button', row), 'click', () => {
        draft.people = draft.people.filter((each) => each !== person);
        done();
      });
      return row;
    }));
  }

  /** @param {string} id @param {string} name */
  function add(id, name) {
    draft.people.push({ contact_id: id, role: '' });
    draft.names[id] = name;
    done();
  }

  function done() {
    find.value = '';
    offers.replaceChildren();
    changed();
    draw();
    find.focus();
  }

  /** @param {any[]} found */
  function offer(found) {
    const typed = find.value.trim();
    const there = new Set(draft.people.map((each) => each.contact_id));
    const rows = found.filter((each) => !there.has(each.id)).slice(0, OFFERED).map((each) => {
      const row = clone('t-offer', { name: nameOf(each), more: each.company });
      on($('button', row), 'click', () => add(each.id, nameOf(each)));
      return row;
    });
    const anew = clone('t-offer', { name: P.addNew(typed), more: null });
    on($('button', anew), 'click', () => {
      const id = newId();
      draft.fresh.push(id);
      add(id, typed);
    });
    offers.replaceChildren(...(typed ? [...rows, anew] : []));
  }

  on(find, 'input', async () => {
    const typed = find.value.trim();
    const known = search(await people(), typed);
    if (typed === find.value.trim()) offer(known);
    clearTimeout(pause);
    pause = setTimeout(async () => {
      const found = typed && await call('GET', `/contacts?limit=${OFFERED}&q=${encodeURIComponent(typed)}`)
        .then(({ data }) => data.items, () => null);
      if (found && typed === find.value.trim()) offer(found);
    }, TYPING_MS);
  });
  on(find, 'keydown', (pressed) => {
    if (pressed.key !== 'Enter' || !find.value.trim()) return;
    pressed.preventDefault();
    $('button', offers).click();
  });
  draw();
}
