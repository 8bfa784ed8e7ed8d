/** The queue leaves here: one call at a time, in order, by one tab at a time. */

import { call, NoAnswer, Refused } from './api.js';
import { apart } from './batch.js';
import * as db from './db.js';
import { newOp } from './note.js';
import { standing } from './status.js';
import { changed, refresh, state, trouble } from './store.js';
import { belongs, merge, next, pause, verdict } from './verdict.js';

const SOON_MS = 4000;
let failures = 0;
let notBefore = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;
/** @type {Promise<void> | null} */
let flying = null;
let again = false;

/** Send what waits. @param {{now?: boolean}} [how] `now` does not wait out the pause after a failure */
export function flush(how = {}) {
  if (!how.now && Date.now() < notBefore) return flying ?? Promise.resolve();
  again = true;
  flying ??= run().finally(() => {
    flying = null;
  });
  return flying;
}

async function run() {
  while (again) {
    again = false;
    await alone(sendAll);
  }
}

/** @param {() => Promise<void>} work */
async function alone(work) {
  if (navigator.locks) await navigator.locks.request('sundown-outbox', work);
  else await work(); // no locks over plain http; the Idempotency-Keys keep two tabs from doing a thing twice
}

async function sendAll() {
  const me = await db.get('me');
  if (!me || (await db.get('signedOut'))) return;
  let sent = false;
  for (;;) {
    const op = await claim(me.id);
    if (!op || !(await send(op))) break;
    sent = true;
  }
  if (sent) await refresh();
}

/**
 * The next call, found and marked as under way in one transaction: what Undo took out of the queue is never sent.
 * @param {string} user @returns {Promise<Op | undefined>}
 */
async function claim(user) {
  /** @type {Op | undefined} */
  let claimed;
  await db.changeOps((each, all) => {
    if (claimed || each !== next(all, user)) return each;
    claimed = { ...each, user, state: 'flying' };
    return claimed;
  });
  return claimed;
}

/** @param {Op} op @returns {Promise<boolean>} whether to go on with the next */
async function send(op) {
  let status = 200;
  /** @type {Problem | undefined} */
  let problem;
  try {
    /** @type {Record<string, string>} */
    const headers = { ...(op.method === 'POST' && { 'Idempotency-Key': op.id }), ...ifMatch(op) };
    const raw = op.what === 'picture' && op.method === 'PUT';
    const { etag } = await call(op.method, op.path, raw ? await picture(op) : op.body, headers);
    if (etag) mineSince.set(`${op.path} ${headers['If-Match']}`, etag);
  } catch (error) {
    if (error instanceof NoAnswer) return later(op, error);
    if (!(error instanceof Refused)) throw error;
    ({ status, problem } = error);
    const means = verdict(op, status);
    if (means === 'later' || means === 'signed-out') return later(op, error);
    if (means === 'changed' && problem.current) {
      const theirs = problem.current;
      await replace({ ...op, state: 'queued', body: merge(op.base.seen, op.body, theirs), base: { seen: theirs } });
      return true;
    }
  }
  [failures, notBefore] = [0, 0];
  state.offline = false;
  if (verdict(op, status) === 'sent') await replace({ ...op, state: 'sent', sentAt: Date.now() });
  else if (op.ids && op.ids.length > 1) await db.replaceOp(op, apart(op));
  else await replace({ ...op, state: 'parked', problem });
  await changed();
  return true;
}

/** The bytes of a picture as it was kept. @param {Op} op */
async function picture(op) {
  const kept = await db.get(op.target, 'pictures');
  return new Blob([kept?.bytes ?? ''], { type: kept?.type ?? 'image/jpeg' });
}

/** What I made of a version: what I change next goes on from there. @type {Map<string, string>} */
const mineSince = new Map();

/** @param {Op} op @returns {Record<string, string>} */
function ifMatch({ path, base }) {
  let etag = base?.etag;
  for (let newer = etag; newer; newer = mineSince.get(`${path} ${newer}`)) etag = newer;
  return etag ? { 'If-Match': etag } : {};
}

/** @param {Op} op @param {unknown} error */
async function later(op, error) {
  await replace({ ...op, state: 'queued' });
  await trouble(error);
  failures += 1;
  const wait = pause(failures, Math.random());
  notBefore = Date.now() + wait;
  clearTimeout(retry);
  if (document.visibilityState === 'visible' && navigator.onLine) retry = setTimeout(() => flush({ now: true }), wait);
  await changed();
  return false;
}

/** No timer runs while nobody looks. */
export function rest() {
  clearTimeout(retry);
}

/** Only where it still stands: a call that was taken back meanwhile is not put in again. @param {Op} op */
async function replace(op) {
  await db.changeOps((each) => (each.seq === op.seq ? op : each));
}

/** @param {Op[]} ops */
export async function enqueue(...ops) {
  standing('');
  await db.queue(ops);
  await changed();
  flush({ now: navigator.onLine });
}

/**
 * Queue them, and say how it went as far as that is known soon. What the server refuses is taken out again while
 * `stays` says that somebody looks at what they typed.
 * @param {Op[]} ops @param {() => boolean} stays
 * @returns {Promise<{sent: boolean, problem: Problem | null}>}
 */
export async function submit(ops, stays) {
  await enqueue(...ops);
  const patience = navigator.onLine ? SOON_MS : 0;
  await Promise.race([flush({ now: true }), new Promise((resolve) => setTimeout(resolve, patience))]);
  const mine = new Set(ops.map((op) => op.id));
  const left = (await db.ops()).filter((op) => mine.has(op.id) && op.state !== 'sent');
  const refused = left.find((op) => op.state === 'parked');
  if (refused && stays()) {
    await db.changeOps((each) => (mine.has(each.id) && each.state === 'parked' ? null : each));
    await changed();
  }
  return { sent: !left.length, problem: (stays() && refused?.problem) || null };
}

/**
 * Take back what an op did: out of the queue while it has not left, else by the call that undoes it.
 * @param {Op} op @returns {Promise<void>}
 */
export async function takeBack(op) {
  let left = true;
  await db.changeOps((each) => {
    if (belongs(each, op)) return null;
    if (each.id !== op.id || (each.state !== 'queued' && each.state !== 'parked')) return each;
    left = false;
    return null;
  });
  if (!left) await changed();
  else if (op.what === 'capture') {
    await enqueue(newOp('DELETE', `/captures/${op.target}`, undefined, { what: 'undo', target: op.target }));
  } else if (op.undo) {
    const { method, path, body, ...more } = op.undo;
    await enqueue(newOp(method, path, body, more));
  } else {
    await enqueue(newOp('POST', `/tasks/${op.target}/reopen`, {}, { target: op.target, verb: 'reopen' }));
  }
}
