/** Creating an account, signing in, signing out. */

import { call, NoAnswer, Refused } from './api.js';
import * as db from './db.js';
import { newOp, zone } from './note.js';
import { enqueue, flush } from './outbox.js';
import { changed, mine, refresh, refreshSky, staleSky, state } from './store.js';

/** @param {{email: string, password: string, name: string, setup_code?: string, invite?: string}} given */
export async function createAccount(given) {
  const { data } = await call('POST', '/accounts', { ...given, timezone: zone() });
  await enter(data);
}

/** @param {string} email @param {string} password */
export async function signIn(email, password) {
  await call('POST', '/session', { email, password });
  await enter((await call('GET', '/me')).data);
}

/** Notes written before there was an account join the first one. @param {Me} me */
async function enter(me) {
  const other = state.me && state.me.id !== me.id;
  const adopt = (/** @type {Op} */ op) => (op.user === null ? { ...op, user: me.id } : op);
  const theirs = other && { view: undefined, sky: undefined, written: [], sorted: [] };
  if (other) await db.forgetSeen();
  await db.changeOps(adopt, { me, signedOut: false, ...theirs });
  await changed();
  await flush({ now: true });
  await refresh();
}

/** The server's session ends, and nothing private stays on the phone. */
export async function signOut() {
  await call('DELETE', '/session').catch(() => null);
  await db.wipe();
  await changed();
}

/** Look whether the settings changed elsewhere; what waits in the queue stays changed here. */
export async function refreshMe() {
  if (!state.me || state.signedOut) return;
  const { data } = await call('GET', '/me');
  const waiting = mine().filter((op) => op.what === 'me' && op.state !== 'sent' && op.state !== 'parked');
  await db.put('me', Object.assign(data, ...waiting.map((op) => op.body)));
  await changed();
}

/**
 * Change the settings: at once, or where nobody answers, as soon as there is signal.
 * @param {Record<string, any>} changes @returns {Promise<boolean>} whether the server has them
 */
export async function changeMe(changes) {
  if (!state.me || !Object.keys(changes).length) return true;
  try {
    await db.put('me', (await call('PATCH', '/me', changes)).data);
  } catch (error) {
    const later = error instanceof NoAnswer || (error instanceof Refused && error.status === 401);
    if (!later) throw error;
    await db.put('me', { ...state.me, ...changes });
    await staleSky();
    await enqueue(newOp('PATCH', '/me', changes, { what: 'me', target: state.me.id }));
    return false;
  }
  await staleSky();
  await refreshSky().catch(() => null);
  await changed();
  refresh();
  return true;
}
