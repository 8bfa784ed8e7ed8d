/** What stays on this phone: the draft, the queue and the last view. */

import { openDB } from '../vendor/idb.js';

/** @typedef {import('idb').IDBPDatabase} Database */
/** @type {Promise<Database> | undefined} */
let opening;
/** It stays open, so that a transaction begins in the task that asks for it. @type {Database | undefined} */
let live;

async function database() {
  opening ??= openDB('sundown', 3, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore('kv');
      if (from < 1) db.createObjectStore('ops', { keyPath: 'seq', autoIncrement: true });
      if (from < 2) db.createObjectStore('draft'); // of its own: no other write is ever waited for
      if (from < 3) db.createObjectStore('seen');
    },
    blocking(_current, _blocked, event) {
      /** @type {IDBDatabase} */ (event.target).close();
      forget();
    },
    terminated: forget,
  });
  live = await opening.catch((error) => {
    forget();
    throw error;
  });
  return live;
}

function forget() {
  opening = undefined;
  live = undefined;
}

/**
 * Keep what is being written. The write leaves in the task of the keystroke and is committed without waiting for
 * an answer: a page that is left at once has kept it. @param {string} text @returns {Promise<void>}
 */
export function keepDraft(text) {
  return live ? putDraft(live, text) : database().then((db) => putDraft(db, text));
}

/** @param {Database} db @param {string} text */
function putDraft(db, text) {
  const tx = db.transaction('draft', 'readwrite');
  tx.store.put(text, 'text').catch(() => {}); // the transaction says it, too
  tx.commit();
  return tx.done;
}

/** @param {string} key @returns {Promise<any>} */
export async function get(key) {
  return (await database()).get('kv', key);
}

/** @param {string} key @param {any} value */
export async function put(key, value) {
  await (await database()).put('kv', value, key);
}

/** What the composer begins with. @returns {Promise<{draft?: string, habit?: Habit, me?: Me}>} */
export async function beginnings() {
  const tx = (await database()).transaction(['kv', 'draft']);
  const kv = tx.objectStore('kv');
  const [draft, habit, me] = await Promise.all([tx.objectStore('draft').get('text'), kv.get('habit'), kv.get('me')]);
  return { draft, habit, me };
}

/** One transaction: the draft becomes a call in the queue, or neither happens. @param {Op} op @param {Habit} habit */
export async function saveNote(op, habit) {
  const tx = (await database()).transaction(['kv', 'ops', 'draft'], 'readwrite', { durability: 'strict' });
  const kv = tx.objectStore('kv');
  const me = await kv.get('me');
  op.user = me?.id ?? null;
  tx.objectStore('draft').delete('text');
  kv.put(habit, 'habit');
  tx.objectStore('ops').add(op);
  tx.commit();
  await tx.done;
}

/** All of them or none. @param {Op[]} calls */
export async function queue(calls) {
  const tx = (await database()).transaction(['kv', 'ops'], 'readwrite', { durability: 'strict' });
  const user = (await tx.objectStore('kv').get('me'))?.id ?? null;
  for (const op of calls) {
    op.user = user;
    op.seq = Number(await tx.objectStore('ops').add(op));
  }
  await tx.done;
}

/** @returns {Promise<Op[]>} */
export async function ops() {
  return (await database()).getAll('ops');
}

/**
 * Change the calls for which `change` gives something else: a new call, or null to drop it.
 * @param {(op: Op) => Op | null} change
 * @param {Record<string, any>} [kept] values stored in the same transaction
 */
export async function changeOps(change, kept = {}) {
  const tx = (await database()).transaction(['kv', 'ops'], 'readwrite');
  const store = tx.objectStore('ops');
  for (const op of await store.getAll()) {
    const changed = change(op);
    if (changed === null) store.delete(op.seq);
    else if (changed !== op) store.put(changed);
  }
  for (const [key, value] of Object.entries(kept)) tx.objectStore('kv').put(value, key);
  await tx.done;
}

/** One call makes room for others, or neither happens. @param {Op} op @param {Op[]} others */
export async function replaceOp(op, others) {
  const tx = (await database()).transaction('ops', 'readwrite');
  tx.store.delete(Number(op.seq));
  for (const other of others) tx.store.add(other);
  await tx.done;
}

/** What was fetched before, to be seen without signal. @param {string} key @returns {Promise<any>} */
export async function seen(key) {
  return (await database()).get('seen', key);
}

/**
 * Keep it under its key, "kind/id"; of a kind the `most` that were kept last stay.
 * @param {string} key @param {any} value @param {number} [most]
 */
export async function keepSeen(key, value, most = 1) {
  const [kind] = key.split('/');
  const tx = (await database()).transaction('seen', 'readwrite');
  if (kind !== key) {
    const others = ((await tx.store.get(`${kind}/`)) ?? []).filter((/** @type {string} */ each) => each !== key);
    const keys = [...others, key];
    for (const old of keys.splice(0, Math.max(0, keys.length - most))) tx.store.delete(old);
    tx.store.put(keys, `${kind}/`);
  }
  tx.store.put(value, key);
  await tx.done;
}

/** Somebody else uses this phone now. */
export async function forgetSeen() {
  await (await database()).clear('seen');
}

/**
 * Everything private of this account goes. A half-written note stays, it belongs to whoever holds the phone, and so do
 * notes of another account that wait for its return.
 */
export async function wipe() {
  const tx = (await database()).transaction(['kv', 'ops', 'seen'], 'readwrite');
  const [kv, calls] = [tx.objectStore('kv'), tx.objectStore('ops')];
  tx.objectStore('seen').clear();
  const [habit, me] = [await kv.get('habit'), await kv.get('me')];
  kv.clear();
  if (habit) kv.put(habit, 'habit');
  for (const op of await calls.getAll()) if (op.user === null || op.user === me?.id) calls.delete(op.seq);
  await tx.done;
}
