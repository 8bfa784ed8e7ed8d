/** A plain card: who they are, how to reach them, what is due, and what was written about them. */

import { act } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { dayAndClock } from './format.js';
import { newOp } from './note.js';
import { enqueue, flush } from './outbox.js';
import { project } from './project.js';
import { fetchSame, showSame } from './same.js';
import { say } from './status.js';
import { mine, state, trouble, waiting } from './store.js';
import { S } from './strings.js';
import { nameOf, taskRow } from './task-row.js';

const LISTS = ['emails', 'phones'];
const FIELDS = ['name', 'company', 'title', ...LISTS, 'postal_address', 'notes'];

/** @param {HTMLElement} main @param {string} id @param {() => boolean} current whether this card is still wanted */
export async function show(main, id, current) {
  const page = clone('t-person');
  const form = $('form', page);
  /** @type {{seen: any, etag: string | null}} */
  let base = { seen: fromView(id), etag: null };
  headline(page, base.seen);
  main.replaceChildren(page);
  again(page, id);
  on(form, 'submit', (event) => {
    event.preventDefault();
    save();
  });
  try {
    const [{ data, etag }, meetings, same] = await Promise.all([
      call('GET', `/contacts/${id}`),
      call('GET', `/encounters?contact_id=${id}`),
      fetchSame(id),
    ]);
    if (!current()) return;
    base = { seen: data, etag };
    const shown = { ...data };
    for (const op of mine()) if (op.target === id && op.state !== 'sent') Object.assign(shown, op.body);
    headline(page, shown);
    for (const name of FIELDS) field(form, name).value = asText(shown[name]);
    form.hidden = false;
    const meetingList = $('.meetings', page);
    for (const met of meetings.data.items) {
      meetingList.append(clone('t-meeting', {
        when: dayAndClock(met.occurred_at), event: met.event ?? met.place, text: met.card_note,
      }));
    }
    $('.met', page).hidden = !meetings.data.items.length;
    suggest(shown, same);
  } catch (error) {
    const gone = error instanceof Refused && [404, 410].includes(error.status);
    const into = error instanceof Refused && error.problem.into;
    if (current() && into) document.dispatchEvent(new CustomEvent('go', { detail: `/people/${into}` }));
    else if (current()) $('.person__state', page).textContent = gone ? S.cardGone : S.cardOffline;
    await trouble(error);
  }

  /** @param {any} card @param {any[]} same */
  function suggest(card, same) {
    const changed = () => Object.keys(changes()).length > 0;
    const more = async () => suggest(card, await fetchSame(id));
    const anew = async () => {
      if (!current()) return;
      await (changed() ? more() : show(main, id, current));
      $('h1', main).focus({ preventScroll: true }); // the button that was pressed is gone
    };
    showSame(page, card, same, { changed, again: anew, more });
  }

  /** What is typed and not saved. */
  function changes() {
    /** @type {Record<string, any>} */
    const typed = {};
    for (const name of FIELDS) {
      const value = fromText(name, field(form, name).value);
      if (asText(value) !== asText(base.seen[name])) typed[name] = value;
    }
    return typed;
  }

  async function save() {
    clearBad(form);
    const mineNow = changes();
    if (!Object.keys(mineNow).length) return say(S.changesKept);
    const op = newOp('PATCH', `/contacts/${id}`, mineNow, { what: 'contact', target: id, base });
    if (waiting().length) await flush({ now: true });
    if (state.offline || waiting().length) return keep(op);
    try {
      const { data, etag } = await call('PATCH', op.path, op.body, base.etag ? { 'If-Match': base.etag } : {});
      base = { seen: data, etag };
      headline(page, data);
      say(S.changesKept);
    } catch (error) {
      if (error instanceof Refused && error.status === 422) badFields(form, error.problem, error.problem.detail);
      else await keep(op);
    }
    return undefined;
  }

  async function keep(/** @type {Op} */ op) {
    await enqueue(op);
    headline(page, { ...base.seen, ...op.body });
    base = { ...base, seen: { ...base.seen, ...op.body } };
    say(S.changesQueued);
  }
}

/** @param {HTMLElement} page @param {string} id */
export function again(page, id) {
  const list = $('.tasks', page);
  if (!state.view) return;
  const { sky, me } = state;
  const view = project(state.view, state.ops, new Date(), { sky, boundary: me?.day_boundary });
  const rows = view.groups.flatMap((group) => group.tasks.filter((task) => task.contact_id === id)
    .map((task) => taskRow(task, group.name, {
      sundown: view.sundown, person: false, act: (verb) => act(verb, task, view.sundown),
    })));
  list.replaceChildren(...rows);
  $('.no-tasks', page).hidden = rows.length > 0;
}

/** What the last view knows of them. @param {string} id @returns {any} */
function fromView(id) {
  const tasks = state.view?.groups.flatMap((group) => group.tasks) ?? [];
  return tasks.find((task) => task.contact_id === id)?.contact ?? {};
}

/** @param {HTMLElement} page @param {any} card */
function headline(page, card) {
  $('h1', page).textContent = nameOf(card);
  $('.person__company', page).textContent = [card.title, card.company].filter(Boolean).join(' · ');
  const ways = [
    ...(card.emails ?? []).map((/** @type {string} */ each) => ({ href: `mailto:${each}`, text: each })),
    ...(card.phones ?? []).map((/** @type {string} */ each) => ({ href: telephone(each), text: each })),
    ...(card.linkedin_url ? [{ href: card.linkedin_url, text: 'LinkedIn' }] : []),
  ];
  $('.ways', page).replaceChildren(...ways.map(({ href, text }) => {
    const way = clone('t-way', { text });
    $('a', way).setAttribute('href', href);
    return way;
  }));
}

const telephone = (/** @type {string} */ number) => `tel:${number.replaceAll(' ', '')}`;

/** @param {any} value */
const asText = (value) => (Array.isArray(value) ? value.join('\n') : (value ?? ''));

/** @param {string} name @param {string} text */
function fromText(name, text) {
  if (LISTS.includes(name)) return text.split('\n').map((line) => line.trim()).filter(Boolean);
  return text.trim() ? text : null;
}

