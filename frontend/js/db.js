/** What stays on this phone: the draft, the queue and the last view. */

import { openDB } from '../vendor/idb.js';

/** @typedef {import('idb').IDBPDatabase} Database */
/** @type {Promise<Database> | undefined} */
let opening;
/** It stays open, so that a transaction begins in the task that asks for it. @type {Database | undefined} */
let live;
/**
 * A page that is left in the middle of one leaves WebKit waiting for it, and no later page gets to the data: what is
 * not committed ends with the page.
 * @type {Set<{abort: () => void}>}
 */
const unfinished = new Set();
/** @typedef {import('idb').IDBPTransaction<unknown, string[], 'readwrite'>} Writing */

globalThis.addEventListener?.('pagehide', () => {
  for (const tx of unfinished) {
    try {
      tx.abort();
    } catch {} // committed meanwhile
  }
});

/**
 * @template {{abort: () => void, done: Promise<void>}} T
 * @param {T} tx
 */
function watched(tx) {
  unfinished.add(tx);
  const ended = () => unfinished.delete(tx);
  tx.done.then(ended, ended);
  return tx;
}

/** @param {string[]} stores */
const reading = async (stores) => watched((await database()).transaction(stores));

/** One to write with; `kept` ends it. @param {string[]} stores @param {IDBTransactionOptions} [options] */
export async function writing(stores, options) {
  return watched((await database()).transaction(stores, 'readwrite', options));
}

/** Everything is asked for: it no longer needs the page to be kept. @param {Writing} tx @returns {Promise<void>} */
export function kept(tx) {
  tx.commit();
  return tx.done;
}

/** @returns {Promise<Database>} */
async function database() {
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
  const tx = watched(db.transaction([store], 'readwrite'));
  tx.objectStore(store).put(draft, key).catch(() => {}); // the transaction says it, too
  return kept(tx);
}

/** @param {string} key @param {string} [store] @returns {Promise<any>} */
export async function get(key, store = 'kv') {
  return (await reading([store])).objectStore(store).get(key);
}

/** @param {string} key @param {any} value @param {string} [store] */
export async function put(key, value, store = 'kv') {
  const tx = await writing([store]);
  tx.objectStore(store).put(value, key);
  await kept(tx);
}

/** @param {string} key @param {string} store */
export async function remove(key, store) {
  const tx = await writing([store]);
  tx.objectStore(store).delete(key);
  await kept(tx);
}

/** A meeting that is being told. @param {string} key */
export const meeting = (key) => get(key, 'meetings');

/** What the composer begins with; `more` where there are pictures, a scanned card or something shared beside it.
 * @returns {Promise<{draft?: string, habit?: Habit, me?: Me, more: boolean}>} */
export async function beginnings() {
  const tx = await reading(['kv', 'draft']);
  const kv = tx.objectStore('kv');
  const beside = tx.objectStore('draft');
  const [draft, keys, habit, me] = await Promise.all([
    beside.get('text'), beside.getAllKeys(), kv.get('habit'), kv.get('me'),
  ]);
  return { draft, habit, me, more: keys.some((key) => key !== 'text') };
}

/** One transaction: the draft becomes a call in the queue, or neither happens. @param {Op} op @param {Habit} habit */
export async function saveNote(op, habit) {
  const tx = await writing(['kv', 'ops', 'draft'], { durability: 'strict' });
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
  await kept(tx);
}

/** The call that brings a picture after its note. @param {Op} note @param {string} id @returns {Op} */
export function pictureOp(note, id) {
  const { user, at } = note;
  const path = `/encounters/${note.target}/pictures/${id}`;
  return { id, user, method: 'PUT', path, body: undefined, what: 'picture', target: id, at, state: 'queued' };
}

/** All of them or none. @param {Op[]} calls */
export async function queue(calls) {
  const tx = await writing(['kv', 'ops'], { durability: 'strict' });
  const user = (await tx.objectStore('kv').get('me'))?.id ?? null;
  const added = calls.map((op) => tx.objectStore('ops').add(Object.assign(op, { user })));
  await kept(tx);
  for (const [place, seq] of (await Promise.all(added)).entries()) calls[place].seq = Number(seq);
}

/** @returns {Promise<Op[]>} */
export async function ops() {
  return (await reading(['ops'])).objectStore('ops').getAll();
}

/**
 * Change the calls for which `change` gives something else: a new call, or null to drop it.
 * @param {(op: Op, all: Op[]) => Op | null} change
 * @param {Record<string, any>} [values] stored in the same transaction
 */
export async function changeOps(change, values = {}) {
  const tx = await writing(['kv', 'ops']);
  const store = tx.objectStore('ops');
  const all = await store.getAll();
  for (const op of all) {
    const changed = change(op, all);
    if (changed === null) store.delete(op.seq);
    else if (changed !== op) store.put(changed);
  }
  for (const [key, value] of Object.entries(values)) tx.objectStore('kv').put(value, key);
  await kept(tx);
}

/** One call makes room for others, or neither happens. @param {Op} op @param {Op[]} others */
export async function replaceOp(op, others) {
  const tx = await writing(['ops']);
  tx.objectStore('ops').delete(Number(op.seq));
  for (const other of others) tx.objectStore('ops').add(other);
  await kept(tx);
}

/** What was fetched before, to be seen without signal. @param {string} key */
export const seen = (key) => get(key, 'seen');

/**
 * Keep it under its key, "kind/id"; of a kind the `most` that were kept last stay.
 * @param {string} key @param {any} value @param {number} [most]
 */
export async function keepSeen(key, value, most = 1) {
  const [kind] = key.split('/');
  const tx = await writing(['seen']);
  const store = tx.objectStore('seen');
  if (kind !== key) {
    const others = ((await store.get(`${kind}/`)) ?? []).filter((/** @type {string} */ each) => each !== key);
    const keys = [...others, key];
    for (const old of keys.splice(0, Math.max(0, keys.length - most))) store.delete(old);
    store.put(keys, `${kind}/`);
  }
  store.put(value, key);
  await kept(tx);
}

/** Somebody else uses this phone now. */
export async function forgetSeen() {
  const tx = await writing(['seen', 'meetings']);
  tx.objectStore('seen').clear();
  tx.objectStore('meetings').clear();
  await kept(tx);
}

/**
 * Everything private of this account goes. A half-written note stays, it belongs to whoever holds the phone, and so do
 * notes of another account that wait for its return.
 */
export async function wipe() {
  const tx = await writing(['kv', 'ops', 'seen', 'meetings', 'draft', 'pictures']);
  const [kv, calls] = [tx.objectStore('kv'), tx.objectStore('ops')];
  tx.objectStore('seen').clear();
  tx.objectStore('meetings').clear();
  const [habit, me] = [await kv.get('habit'), await kv.get('me')];
  kv.clear();
  if (habit) kv.put(habit, 'habit');
  for (const op of await calls.getAll()) if (op.user === null || op.user === me?.id) calls.delete(op.seq);
  await sweepIn(tx);
  await kept(tx);
}

/** Pictures that neither the composer nor a call in the queue speaks of any more leave this phone. */
export async function sweep() {
  const tx = await writing(['ops', 'draft', 'pictures']);
  await sweepIn(tx);
  await kept(tx);
}

/** @param {Writing} tx */
async function sweepIn(tx) {
  const [pictures, drafted] = [tx.objectStore('pictures'), await tx.objectStore('draft').get('pictures')];
  const stay = new Set(drafted);
  for (const op of await tx.objectStore('ops').getAll()) stay.add(op.target);
  for (const id of await pictures.getAllKeys()) if (!stay.has(id)) pictures.delete(id);
}
