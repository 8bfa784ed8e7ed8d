/** What the page knows: the account, the last view and the queue; every tab hears of a change. */

import { call, NoAnswer, Refused } from './api.js';
import * as db from './db.js';
import { zone } from './note.js';

const SKY_DAYS_FRESH = 7;
const PAGES_AT_MOST = 20;

/**
 * @type {{me: Me | null, view: View | null, sky: Sky | undefined, ops: Op[], signedOut: boolean, offline: boolean,
 *   fetched: boolean, written: string[], sorted: string[]}}
 */
export const state = {
  me: null, view: null, sky: undefined, ops: [], signedOut: false, offline: false, fetched: false,
  written: [], sorted: [],
};
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {BroadcastChannel | undefined} */
let others;

/** @param {() => void} listener */
export function subscribe(listener) {
  listeners.add(listener);
}

export async function load() {
  if (!others && 'BroadcastChannel' in globalThis) {
    others = new BroadcastChannel('sundown');
    others.onmessage = () => load();
  }
  const [me, view, sky, signedOut, written, sorted, ops] = await Promise.all([
    db.get('me'), db.get('view'), db.get('sky'), db.get('signedOut'), db.get('written'), db.get('sorted'), db.ops(),
  ]);
  Object.assign(state, { me: me ?? null, view: view ?? null, sky: sky?.value, signedOut: Boolean(signedOut), ops });
  Object.assign(state, { written: written ?? [], sorted: sorted ?? [] });
  for (const listener of listeners) listener();
}

/** Stored something: read it again here and in the other tabs. */
export async function changed() {
  await load();
  others?.postMessage('changed');
}

/** Calls of the account in use. */
export function mine() {
  return state.ops.filter((op) => op.user === null || op.user === state.me?.id);
}

export const waiting = () => mine().filter((op) => op.state === 'queued' || op.state === 'flying');

/** Fetch what is due. What was sent before this question is part of its answer, so it leaves the queue. */
export async function refresh() {
  if (!state.me || state.signedOut) return;
  const asked = Date.now();
  try {
    const data = await wholeView();
    const sent = (/** @type {Op} */ op) => op.state === 'sent' && (op.sentAt ?? asked) < asked;
    await db.changeOps((op) => (sent(op) ? null : op), { view: data });
    Object.assign(state, { offline: false, fetched: true });
    await refreshSky();
  } catch (error) {
    await trouble(error);
  }
  await changed();
}

/** Whether all of them are notes, for how they are spoken of. */
export const onlyNotes = (ops = waiting()) => ops.every((op) => op.what === 'capture');

/** What signing out would lose: what waits, and what waits for a decision. */
export const unsent = () => mine().filter((op) => op.state !== 'sent');

/** Upcoming with every page of its long groups, so that nothing is missing without signal. @returns {Promise<View>} */
async function wholeView() {
  const query = `/upcoming?timezone=${encodeURIComponent(zone())}`;
  /** @type {View} */
  const view = (await call('GET', query)).data;
  for (const group of view.groups) {
    for (let page = 0; group.next && page < PAGES_AT_MOST; page += 1) {
      const { data } = await call('GET', `${query}&group=${group.name}&after=${encodeURIComponent(group.next)}`);
      const [more] = data.groups;
      group.tasks.push(...more.tasks);
      group.next = more.next;
    }
  }
  const stacked = view.groups.some((group) => group.stacks?.length);
  return { ...view, met: stacked ? (await call('GET', '/events?limit=50')).data.items : [] };
}

/** 400 sundowns, asked for once a week or after a change of place. */
export async function refreshSky() {
  const kept = await db.get('sky');
  const fresh = kept && Date.now() - kept.at < SKY_DAYS_FRESH * 86400000;
  if (!fresh) await db.put('sky', { at: Date.now(), value: (await call('GET', '/sky?days=400')).data });
}

/** The sundowns may be others now; until there is signal the old ones are better than none. */
export async function staleSky() {
  const kept = await db.get('sky');
  if (kept) await db.put('sky', { ...kept, at: 0 });
}

/** Signed out or no signal: remember which. @param {unknown} error */
export async function trouble(error) {
  state.offline = error instanceof NoAnswer; // a refusal is an answer, too
  if (state.offline) return;
  if (error instanceof Refused && error.status === 401) await db.put('signedOut', true);
  else if (!(error instanceof Refused)) throw error;
}

/** Remember on this phone alone which notes are written, and which cards sorted. @param {'written' | 'sorted'} what */
export async function remember(what, /** @type {string} */ id, yes = true) {
  const rest = state[what].filter((each) => each !== id);
  state[what] = yes ? [...rest, id] : rest; // at once: the next one may follow before this is kept
  await db.put(what, state[what]);
  await changed();
}
