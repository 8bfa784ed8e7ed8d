/** What has not left this phone yet, and what the server refused. */

import * as db from './db.js';
import { $, clone, on } from './dom.js';
import { clock } from './format.js';
import { flush } from './outbox.js';
import { changed, mine, state, waiting } from './store.js';
import { S } from './strings.js';
import { belongs } from './verdict.js';

/** Notes waiting for signal, so that nobody wonders whether they are safe. */
export function waitingRows() {
  const notes = waiting().filter((op) => op.what === 'capture');
  if (!notes.length || !(state.offline || state.signedOut)) return [];
  const part = group(S.onThisPhone, S.kept(notes.length));
  const list = $('ul', part);
  for (const op of notes) list.append(clone('t-waiting', { text: op.body.text, when: clock(new Date(op.at)) }));
  return [part];
}

/** Each with its reason in plain words; a note can be edited, anything can be tried again or let go. */
export function refusedRows() {
  const parked = mine().filter((op) => op.state === 'parked');
  if (!parked.length) return [];
  const part = group(S.refused, null);
  const list = $('ul', part);
  for (const op of parked) {
    const text = op.what === 'capture' ? op.body.text : S.whats[op.verb ?? op.what];
    const row = clone('t-refused', { text, why: reason(op.problem) });
    for (const button of row.querySelectorAll('button')) {
      on(button, 'click', () => decide(/** @type {HTMLElement} */ (button).dataset.do ?? '', op));
    }
    if (op.what !== 'capture') $('[data-do="edit"]', row).remove();
    list.append(row);
  }
  return [part];
}

/** @param {string} name @param {string | null} note */
function group(name, note) {
  const part = clone('t-group', { name, minutes: null, note });
  const heading = $('h2', part);
  heading.id = `group-${name.replaceAll(' ', '-').toLowerCase()}`;
  part.setAttribute('aria-labelledby', heading.id);
  part.append(clone('t-list'));
  return part;
}

/** @param {Problem | undefined} problem */
function reason(problem) {
  if (problem?.status === 404 || problem?.status === 410) return S.refusals.gone;
  if (problem?.status === 413) return S.refusals.large;
  return problem?.errors?.map((error) => error.detail).join(' ') || problem?.detail || S.refusals.other;
}

/** @param {string} what @param {Op} op */
async function decide(what, op) {
  const retry = (/** @type {Op} */ each) => ({ ...each, state: /** @type {const} */ ('queued'), problem: undefined });
  // Into the draft first, so that no kill in between can lose the text.
  if (what === 'edit') document.dispatchEvent(new CustomEvent('restore-note', { detail: op }));
  await db.changeOps((each) => {
    if (what !== 'retry' && belongs(each, op)) return null;
    if (each.seq !== op.seq) return each;
    return what === 'retry' ? retry(each) : null;
  });
  await changed();
  if (what === 'retry') flush({ now: true });
}
