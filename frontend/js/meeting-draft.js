/** A meeting that is being told, kept on the phone with each keystroke. */

import * as db from './db.js';
import { blank } from './meeting-body.js';

/** @typedef {import('./meeting-body.js').Draft} Draft */
/**
 * One for the new meeting, and one for each that is being changed.
 * @param {string} [id] @returns {Promise<Draft | undefined>}
 */
export const kept = (id = 'new') => db.meeting(id);
/** @param {Draft | undefined} draft none once it is sent @param {string} [id] */
export const keep = (draft, id = 'new') => db.keepDraft(draft, id, 'meetings');

/** Go on with the meeting that is being told, or begin one. @param {(draft: Draft) => void} change */
export async function tell(change) {
  const draft = (await kept()) ?? blank(new Date());
  change(draft);
  await keep(draft);
  document.dispatchEvent(new CustomEvent('go', { detail: '/interviews/new' }));
}
