/** What this phone keeps of people, to be seen at once and without signal; it goes when somebody signs out. */

import { call } from './api.js';
import * as db from './db.js';
import { laidOver, learned } from './people-list.js';
import { changed, mine, state, trouble } from './store.js';

const PAGE = 200;
const PAGES_AT_MOST = 3;
const FRESH_MS = 3600000;
const CARDS_AT_MOST = 50;
const EVENTS_AT_MOST = 10;

/** Everyone known here, the ones changed last first. @returns {Promise<any[]>} */
export async function people() {
  return laidOver((await db.seen('people'))?.items ?? [], mine());
}

/**
 * Take in people as the server has just told them.
 * @param {any[]} items @param {{top?: boolean, whole?: boolean}} [page]
 */
export async function learn(items, page) {
  const { me } = state;
  const was = (await db.seen('people')) ?? { at: 0, items: [] };
  const now = learned(was.items, items, page);
  if (me?.id !== state.me?.id || JSON.stringify(now) === JSON.stringify(was.items)) return;
  await db.keepSeen('people', { ...was, items: now });
  await changed();
}

/** Somebody's card is deleted here. @param {string} id */
export async function forget(id) {
  const was = (await db.seen('people')) ?? { at: 0, items: [] };
  await db.keepSeen('people', { ...was, items: was.items.filter((/** @type {any} */ each) => each.id !== id) });
  await keepSeen('card', id, undefined);
}

/** Fetch the list while nothing else is to be done. */
export async function prefetch() {
  const { me } = state;
  if (!me || state.signedOut || state.offline) return;
  const was = await db.seen('people');
  if (was && Date.now() - was.at < FRESH_MS) return;
  /** @type {any[]} */
  const items = [];
  try {
    for (let page = 0, after = ''; page < PAGES_AT_MOST; page += 1) {
      const { data } = await call('GET', `/contacts?sort=recent&limit=${PAGE}${after}`);
      items.push(...data.items);
      if (!data.next) break;
      after = `&after=${encodeURIComponent(data.next)}`;
    }
    if (me.id !== state.me?.id) return;
    await db.keepSeen('people', { at: Date.now(), items: learned([], items) });
    await changed();
  } catch (error) {
    await trouble(error);
  }
}

/** Says whether something that waited has arrived since it was asked last: what is shown may be old then. */
export function arrivals() {
  /** @type {Set<string>} */
  let unsent = new Set();
  return () => {
    const left = new Set(mine().filter((op) => op.state !== 'sent').map((op) => op.id));
    const some = [...unsent].some((each) => !left.has(each));
    unsent = left;
    return some;
  };
}

/** @param {'card' | 'meeting' | 'event'} kind @param {string} id @returns {Promise<any>} */
export const seen = (kind, id) => db.seen(`${kind}/${id}`);

/** @param {'card' | 'meeting' | 'event'} kind @param {string} id @param {any} value */
export async function keepSeen(kind, id, value) {
  if (!state.me) return; // signed out while it was fetched
  await db.keepSeen(`${kind}/${id}`, value, kind === 'event' ? EVENTS_AT_MOST : CARDS_AT_MOST);
}
