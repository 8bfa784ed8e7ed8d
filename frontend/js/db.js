/** What stays on this phone: the draft, the queue and the last view. */

import { openDB } from '../vendor/idb.js';

/** @typedef {import('idb').IDBPDatabase} Database */
/** @type {Promise<Database> | undefined} */
let opening;
/** It stays open, so that a transaction begins in the task that asks for it. @type {Database | undefined} */
let live;

/** For what a module of its own keeps beside the text. @returns {Promise<Database>} */
export async function database() {
  opening ??= openDB('sundown', 5, {
    upgrade(db, from) {
      if (from < 1) db.createObjectStore('kv');
      if (from < 1) db.createObjectStore('ops', { keyPath: 'seq', autoIncrement: true });
      if (from < 2) db.createObjectStore('draft'); // of its own: no other write is ever waited for
      if (from < 3) db.createObjectStore('seen');
      if (from < 4) db.createObjectStore('pictures');
      if (from < 5) db.createObjectStore('meetings');
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
 * an answer: a page that is left at once has kept it.
 * @param {any} draft a note's text, or a meeting @param {string} [key] @param {string} [store] @returns {Promise<void>}
 */
export function keepDraft(draft, key = 'text', store = 'draft') {
  return live ? putDraft(live, draft, key, store) : database().then((db) => putDraft(db, draft, key, store));
}

/** @param {Database} db @param {any} draft @param {string} key @param {string} store */
function putDraft(db, draft, key, store) {
  const tx = db.transaction(store, 'readwrite');
  tx.store.put(draft, key).catch(() => {}); // the transaction says it, too
  tx.commit();
  return tx.done;
}

/** A meeting that is being told. @param {string} key @returns {Promise<any>} */
export async function meeting(key) {
  return (await database()).get('meetings', key);
}

/** @param {string} key @returns {Promise<any>} */
export async function get(key) {
  return (await database()).get('kv', key);
}

/** @param {string} key @param {any} value */
export async function put(key, value) {
  await (await database()).put('kv', value, key);
}

/** What the composer begins with; `more` where there are pictures, a scanned card or something shared beside it.
 * @returns {Promise<{draft?: string, habit?: Habit, me?: Me, more: boolean}>} */
export async function beginnings() {
  const tx = (await database()).transaction(['kv', 'draft']);
  const kv = tx.objectStore('kv');
  const beside = tx.objectStore('draft');
  const [draft, keys, habit, me] = await Promise.all([
    beside.get('text'), beside.getAllKeys(), kv.get('habit'), kv.get('me'),
  ]);
  return { draft, habit, me, more: keys.some((key) => key !== 'text') };
}

/** One transaction: the draft becomes a call in the queue, or neither happens. @param {Op} op @param {Habit} habit */
export async function saveNote(op, habit) {
  const tx = (await database()).transaction(['kv', 'ops', 'draft'], 'readwrite', { durability: 'strict' });
  const kv = tx.objectStore('kv');
  const draft = tx.objectStore('draft');
  const [me, card, pictures] = await Promise.all([kv.get('me'), draft.get('card'), draft.get('pictures')]);
  op.user = me?.id ?? null;
  Object.assign(op.body, card);
  op.pictures = pictures;
  draft.clear();
  kv.put(habit, 'habit');
  tx.objectStore('ops').add(op);
  for (const id of pictures ?? []) tx.objectStore('ops').add(pictureOp(op, id));
  tx.commit();
  await tx.done;
}

/** The call that brings a picture after its note. @param {Op} note @param {string} id @returns {Op} */
export function pictureOp(note, id) {
  const { user, at } = note;
  const path = `/encounters/${note.target}/pictures/${id}`;
  return { id, user, method: 'PUT', path, body: undefined, what: 'picture', target: id, at, state: 'queued' };
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
 * @param {(op: Op, all: Op[]) => Op | null} change
 * @param {Record<string, any>} [kept] values stored in the same transaction
 */
export async function changeOps(change, kept = {}) {
  const tx = (await database()).transaction(['kv', 'ops'], 'readwrite');
  const store = tx.objectStore('ops');
  const all = await store.getAll();
  for (const op of all) {
    const changed = change(op, all);
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
  const tx = (await database()).transaction(['seen', 'meetings'], 'readwrite');
  tx.objectStore('seen').clear();
  tx.objectStore('meetings').clear();
  await tx.done;
}

/**
 * Everything private of this account goes. A half-written note stays, it belongs to whoever holds the phone, and so do
 * notes of another account that wait for its return.
 */
export async function wipe() {
  const tx = (await database()).transaction(['kv', 'ops', 'seen', 'meetings', 'draft', 'pictures'], 'readwrite');
  const [kv, calls] = [tx.objectStore('kv'), tx.objectStore('ops')];
  tx.objectStore('seen').clear();
  tx.objectStore('meetings').clear();
  const [habit, me] = [await kv.get('habit'), await kv.get('me')];
  kv.clear();
  if (habit) kv.put(habit, 'habit');
  for (const op of await calls.getAll()) if (op.user === null || op.user === me?.id) calls.delete(op.seq);
  await sweepIn(tx);
  await tx.done;
}

/** Pictures that neither the composer nor a call in the queue speaks of any more leave this phone. */
export async function sweep() {
  const tx = (await database()).transaction(['ops', 'draft', 'pictures'], 'readwrite');
  await sweepIn(tx);
  await tx.done;
}

/** @param {import('idb').IDBPTransaction<unknown, string[], 'readwrite'>} tx */
async function sweepIn(tx) {
  const [pictures, drafted] = [tx.objectStore('pictures'), await tx.objectStore('draft').get('pictures')];
  const stay = new Set(drafted);
  for (const op of await tx.objectStore('ops').getAll()) stay.add(op.target);
  for (const id of await pictures.getAllKeys()) if (!stay.has(id)) pictures.delete(id);
}
