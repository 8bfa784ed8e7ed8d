/** What the page knows: the account, the last view and the queue; every tab hears of a change. */

import { call, NoAnswer, Refused } from './api.js';
import * as db from './db.js';
import { zone } from './note.js';

const SKY_DAYS_FRESH = 7;

/**
 * @type {{me: Me | null, view: View | null, sky: Sky | undefined, ops: Op[], signedOut: boolean, offline: boolean,
 *   fetched: boolean}}
 */
export const state = {
  me: null, view: null, sky: undefined, ops: [], signedOut: false, offline: false, fetched: false,
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
  const [me, view, sky, signedOut, ops] = await Promise.all([
    db.get('me'), db.get('view'), db.get('sky'), db.get('signedOut'), db.ops(),
  ]);
  Object.assign(state, { me: me ?? null, view: view ?? null, sky: sky?.value, signedOut: Boolean(signedOut), ops });
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
    const { data } = await call('GET', `/upcoming?timezone=${encodeURIComponent(zone())}`);
    const sent = (/** @type {Op} */ op) => op.state === 'sent' && (op.sentAt ?? asked) < asked;
    await db.changeOps((op) => (sent(op) ? null : op), { view: data });
    Object.assign(state, { offline: false, fetched: true });
    await refreshSky();
  } catch (error) {
    await trouble(error);
  }
  await changed();
}

/** 400 sundowns, asked for once a week or after a change of place. @param {boolean} [force] */
export async function refreshSky(force = false) {
  const kept = await db.get('sky');
  const fresh = kept && Date.now() - kept.at < SKY_DAYS_FRESH * 86400000;
  if (!fresh || force) await db.put('sky', { at: Date.now(), value: (await call('GET', '/sky?days=400')).data });
}

/** Signed out or no signal: remember which. @param {unknown} error */
export async function trouble(error) {
  if (error instanceof NoAnswer) state.offline = true;
  else if (error instanceof Refused && error.status === 401) await db.put('signedOut', true);
  else if (!(error instanceof Refused)) throw error;
}
