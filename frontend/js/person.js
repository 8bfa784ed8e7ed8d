/** Somebody's page: what to recall, what is due, how to reach them, what there was, and what is on their card. */

import { open } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, on } from './dom.js';
import { facts } from './facts.js';
import { arrivals, forget, keepSeen, learn, people, seen } from './known.js';
import { tell } from './meeting-draft.js';
import { newOp } from './note.js';
import { enqueue, submit } from './outbox.js';
import { patched } from './people-list.js';
import { P } from './people-strings.js';
import { drawRecall, drawTasks, headline } from './person-parts.js';
import { recallOf } from './recall.js';
import { reconcile } from './rows.js';
import { fetchSame, showSame } from './same.js';
import { say } from './status.js';
import { mine, state, trouble } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';
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
  let opened = false;
  /** @type {Promise<void> | null} */
  let fetching = null;
  let edits = 0;
  const card = () => patched(kept?.card ?? {}, mine());
  const details = facts($('.details', page), card, save);
  const path = `/contacts/${id}`;

  function draw() {
    const shown = card();
    headline(page, shown);
    const { meetings = [], timeline = [], next = null } = kept ?? {};
    drawRecall(page, recallOf({ ...shown, id }, meetings));
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

  /** @returns {Promise<void>} */
  async function fetchOnce() {
    const before = edits;
    try {
      const [{ data, etag }, met, told, twins] = await Promise.all([
        call('GET', path), call('GET', `/encounters?contact_id=${id}&limit=${MEETINGS}`),
        call('GET', `${path}/timeline`), fetchSame(id),
      ]);
      if (!current()) return undefined;
      if (edits !== before) return fetchOnce(); // asked before the last change, and answered after it
      state.offline = false;
      line.textContent = '';
      const fresh = { card: data, etag, meetings: met.data.items, timeline: told.data.items, next: told.data.next };
      kept = { ...fresh, ...withOlder(fresh) };
      same = twins;
      draw();
      suggest();
      await keepSeen('card', id, fresh);
      await learn([data]);
    } catch (error) {
      const gone = error instanceof Refused && [404, 410].includes(error.status);
      const into = error instanceof Refused && error.problem.into;
      await trouble(error);
      if (!current()) return undefined;
      if (into) document.dispatchEvent(new CustomEvent('go', { detail: `/people/${into}` }));
      else if (!gone) line.textContent = kept ? P.cardKept : S.cardOffline;
      else if (!mine().some((op) => op.method === 'POST' && op.body?.id === id)) line.textContent = S.cardGone;
    }
    return undefined;
  }

  /** Pages of the past that are open stay open. @param {Kept} fresh */
  function withOlder({ timeline, next }) {
    const last = timeline.at(-1)?.at ?? '';
    const older = opened ? (kept?.timeline ?? []).filter((each) => each.at < last) : [];
    return older.length ? { timeline: [...timeline, ...older], next: kept?.next ?? null } : { timeline, next };
  }

  async function further() {
    try {
      const { data } = await call('GET', `${path}/timeline?after=${encodeURIComponent(kept?.next ?? '')}`);
      opened = true;
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
    if (sent) {
      edits += 1;
      fetchCard();
    }
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
    const sheet = /** @type {HTMLDialogElement} */ (clone('t-delete-card', { what: P.deleteWhat(nameOf(card())) }));
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

/** What the last view knows of them. @param {string} id @returns {any} */
function fromView(id) {
  const tasks = state.view?.groups.flatMap((group) => group.tasks) ?? [];
  return tasks.find((task) => task.contact_id === id)?.contact;
}
