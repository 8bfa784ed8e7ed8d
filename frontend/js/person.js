/** Somebody's page: what to recall, what is due, how to reach them, what there was, and what is on their card. */

import { act, open } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, on } from './dom.js';
import { facts } from './facts.js';
import { eventPage, past } from './format.js';
import { arrivals, forget, keepSeen, learn, people, seen } from './known.js';
import { tell } from './meeting-draft.js';
import { newOp } from './note.js';
import { enqueue, submit } from './outbox.js';
import { patched } from './people-list.js';
import { P } from './people-strings.js';
import { project } from './project.js';
import { recallOf } from './recall.js';
import { reconcile } from './rows.js';
import { fetchSame, showSame } from './same.js';
import { say } from './status.js';
import { mine, state, trouble } from './store.js';
import { S } from './strings.js';
import { nameOf, taskRow } from './task-row.js';
import { timelineRow, waitingItems } from './timeline.js';
import { logTouch } from './touch.js';

/** @typedef {{card: any, etag: string | null, meetings: any[], timeline: any[], next: string | null}} Kept */
const MEETINGS = 20;
/** @type {() => void} */
let redraw = () => {};

/** @param {HTMLElement} main @param {string} id @param {() => boolean} current whether this card is still wanted */
export async function show(main, id, current) {
  const page = clone('t-person');
  const line = $('.person__state', page);
  /** @type {Kept | null} */
  let kept = null;
  /** @type {any[]} */
  let same = [];
  const arrived = arrivals();
  /** @type {Promise<void> | null} */
  let fetching = null;
  const card = () => patched(kept?.card ?? {}, mine());
  const details = facts($('.details', page), card, save);
  const path = `/contacts/${id}`;

  function draw() {
    const shown = card();
    headline(page, shown);
    const { meetings = [], timeline = [], next = null } = kept ?? {};
    recall(page, recallOf({ ...shown, id }, meetings));
    drawTasks(page, id);
    const waiting = waitingItems(mine(), id).filter((item) => !timeline.some((each) => each.id === item.id));
    reconcile($('.events', page), [
      ...waiting.map((item) => timelineRow(item, true)), ...timeline.map((item) => timelineRow(item, false)),
    ]);
    $('.more', page).hidden = !next;
    for (const part of page.querySelectorAll('.whole')) /** @type {HTMLElement} */ (part).hidden = !kept;
    details.draw();
    if (arrived()) fetchCard();
  }

  const fetchCard = () => (fetching ??= fetchOnce().finally(() => {
    fetching = null;
  }));

  async function fetchOnce() {
    try {
      const [{ data, etag }, met, told, twins] = await Promise.all([
        call('GET', path), call('GET', `/encounters?contact_id=${id}&limit=${MEETINGS}`),
        call('GET', `${path}/timeline`), fetchSame(id),
      ]);
      if (!current()) return;
      state.offline = false;
      line.textContent = '';
      kept = { card: data, etag, meetings: met.data.items, timeline: told.data.items, next: told.data.next };
      same = twins;
      draw();
      suggest();
      await keepSeen('card', id, kept);
      await learn([data]);
    } catch (error) {
      const gone = error instanceof Refused && [404, 410].includes(error.status);
      const into = error instanceof Refused && error.problem.into;
      await trouble(error);
      if (!current()) return;
      if (into) document.dispatchEvent(new CustomEvent('go', { detail: `/people/${into}` }));
      else if (!gone) line.textContent = kept ? P.cardKept : S.cardOffline;
      else if (!mine().some((op) => op.method === 'POST' && op.body?.id === id)) line.textContent = S.cardGone;
    }
  }

  async function further() {
    try {
      const { data } = await call('GET', `${path}/timeline?after=${encodeURIComponent(kept?.next ?? '')}`);
      if (kept) kept = { ...kept, timeline: [...kept.timeline, ...data.items], next: data.next };
      draw();
    } catch (error) {
      await trouble(error);
      say(S.offline);
    }
  }

  /** @param {string} name @param {any} value @returns {Promise<Problem | null>} */
  async function save(name, value) {
    const base = { seen: card(), etag: kept?.etag ?? null };
    const op = newOp('PATCH', path, { [name]: value }, { what: 'contact', target: id, base });
    const { sent, problem } = await submit([op], current);
    if (problem) return problem;
    if (kept) kept.card = { ...kept.card, [name]: value };
    say(sent ? S.changesKept : S.changesQueued);
    if (sent) fetchCard();
    return null;
  }

  function suggest() {
    const more = async () => {
      same = await fetchSame(id);
      suggest();
    };
    const anew = async () => {
      if (!current()) return;
      await fetchCard();
      $('h1', main).focus({ preventScroll: true }); // the button that was pressed is gone
    };
    showSame(page, card(), same, { changed: details.editing, again: anew, more });
  }

  function askDelete() {
    const sheet = /** @type {HTMLDialogElement} */ (clone('t-delete', { what: P.deleteWhat(nameOf(card())) }));
    on($('.primary', sheet), 'click', async () => {
      sheet.close();
      await enqueue(newOp('DELETE', path, undefined, { what: 'contact', target: id }));
      await forget(id);
      document.dispatchEvent(new CustomEvent('go', { detail: '/people' }));
      say(P.cardDeleted);
    });
    open(sheet);
  }

  on($('[data-do="touch"]', page), 'click', () => logTouch(id, nameOf(card())));
  on($('[data-do="meeting"]', page), 'click', () => tell((draft) => {
    if (!draft.people.some((each) => each.contact_id === id)) draft.people.push({ contact_id: id, role: '' });
    draft.names[id] = nameOf(card());
  }));
  on($('[data-do="delete"]', page), 'click', askDelete);
  on($('.more', page), 'click', further);
  redraw = draw;
  kept = (await seen('card', id)) ?? await newHere(id);
  if (!current()) return;
  if (kept) draw();
  else headline(page, fromView(id) ?? (await people()).find((each) => each.id === id) ?? {});
  drawTasks(page, id);
  main.replaceChildren(page);
  await fetchCard();
}

/** Something changed while the page is shown. */
export const again = () => redraw();

/** Somebody who was added here and has not left this phone. @param {string} id @returns {Promise<Kept | null>} */
async function newHere(id) {
  const added = (await people()).find((each) => each.id === id && !each.updated_at);
  return added ? { card: added, etag: null, meetings: [], timeline: [], next: null } : null;
}

/** @param {HTMLElement} page @param {string} id */
function drawTasks(page, id) {
  if (!state.view) return;
  const { sky, me } = state;
  const view = project(state.view, state.ops, new Date(), { sky, boundary: me?.day_boundary });
  const rows = view.groups.flatMap((group) => group.tasks.filter((task) => task.contact_id === id)
    .map((task) => taskRow(task, group.name, {
      sundown: view.sundown, person: false, act: (verb) => act(verb, task, view.sundown),
    })));
  $('.tasks', page).replaceChildren(...rows);
  $('.no-tasks', page).hidden = rows.length > 0;
}

/** What the last view knows of them. @param {string} id @returns {any} */
function fromView(id) {
  const tasks = state.view?.groups.flatMap((group) => group.tasks) ?? [];
  return tasks.find((task) => task.contact_id === id)?.contact;
}

/** @param {HTMLElement} page @param {any} card */
function headline(page, card) {
  $('h1', page).textContent = nameOf(card);
  const quiet = card.do_not_contact ? P.facts.do_not_contact.name : null;
  $('.person__company', page).textContent = [card.title, card.company, quiet].filter(Boolean).join(' · ');
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

/** @param {HTMLElement} page @param {import('./recall.js').Recall} known */
function recall(page, { last, first, note, talked, mine: promised, theirs, help, met }) {
  const when = last && past(last.occurred_at);
  const since = first && P.firstMet(past(first.occurred_at));
  const facts_ = [
    [P.talkedAbout, talked], [P.promisedMine, promised.join('\n')], [P.promisedTheirs, theirs.join('\n')],
    [P.howICanHelp, help],
  ];
  const block = clone('t-recall', {
    kind: last && P.kindOf(last.kind, last.round), event: last?.event ?? null, place: last?.place ?? null,
    when: when || null, since: since || null, note, met, none: last || met ? null : P.neverMet,
  });
  for (const [name, text] of facts_) if (text) $('dl', block).append(clone('t-recalled', { name, text }));
  if (!$('dl', block).children.length) $('dl', block).remove();
  block.querySelector('a')?.setAttribute('href', eventPage(last?.event));
  if (!last) $('.recall__where', block).remove();
  $('.met__what', page).replaceChildren(block);
}
