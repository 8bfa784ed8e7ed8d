/** One verb for many tasks: as calls of at most a hundred, and as single calls where the server refused one of them. */

import { newOp } from './note.js';

const MOST = 100;

/**
 * @param {string[]} ids @param {string} verb complete, skip, snooze, reopen or plan @param {any} [words]
 * @returns {Op[]}
 */
export function batch(ids, verb, words = {}) {
  return Array.from({ length: Math.ceil(ids.length / MOST) }, (_, part) => {
    const some = ids.slice(part * MOST, (part + 1) * MOST);
    const back = verb === 'plan' ? { do: 'plan', planned_on: null } : { do: 'reopen' };
    const undo = { method: 'POST', path: '/tasks/batch', body: { ids: some, ...back }, verb: back.do, ids: some };
    return newOp('POST', '/tasks/batch', { ids: some, do: verb, ...words }, { verb, ids: some, undo });
  });
}

/**
 * A batch is all or nothing: refused for one task, each goes on its own, so that the others are not held up.
 * @param {Op} op @returns {Op[]}
 */
export function apart(op) {
  const { ids = [], do: verb, ...words } = op.body;
  return ids.map((/** @type {string} */ id) => {
    const more = { target: id, verb, user: op.user };
    if (verb === 'plan') return newOp('PATCH', `/tasks/${id}`, words, more);
    return newOp('POST', `/tasks/${id}/${verb}`, words, more);
  });
}
