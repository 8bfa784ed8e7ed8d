/** The list of people a phone keeps: what it takes in, and how it stands with what is queued. Pure. */

import { TOLD } from './words.js';

const MOST = 600;
const KEPT = ['id', 'name', 'salutation', 'descriptor', 'company', ...TOLD, 'next_task', 'updated_at'];

/** What is kept of a person. @param {any} person */
const brief = (person) => Object.fromEntries(KEPT.map((name) => [name, person[name] ?? null]));

/**
 * The list after an answer, the ones changed last first. A page that begins at the top says who is gone, too.
 * @param {any[]} kept @param {any[]} fresh
 * @param {{top?: boolean, whole?: boolean}} [page] from the top; and to the end
 */
export function learned(kept, fresh, { top = false, whole = false } = {}) {
  const known = new Set(fresh.map(({ id }) => id));
  const last = fresh.at(-1)?.updated_at ?? '';
  const stays = (/** @type {any} */ person) => !known.has(person.id) && !(top && (whole || person.updated_at > last));
  return [...fresh.map(brief), ...kept.filter(stays)]
    .toSorted((one, other) => (one.updated_at < other.updated_at ? 1 : one.updated_at > other.updated_at ? -1 : 0))
    .slice(0, MOST);
}

/** A card with the changes that wait. @param {any} card @param {Op[]} ops */
export function patched(card, ops) {
  const mine = ops.filter((op) => op.what === 'contact' && op.target === card.id && op.state !== 'sent');
  return mine.filter((op) => op.method === 'PATCH' && op.path.startsWith('/contacts/'))
    .reduce((shown, op) => ({ ...shown, ...op.body }), card);
}

/** @param {any[]} people @param {Op[]} ops those of this account, oldest first */
export function laidOver(people, ops) {
  const live = ops.filter((op) => op.state !== 'parked');
  const made = live.filter((op) => op.method === 'POST' && op.path === '/contacts').map((op) => op.body).toReversed();
  const gone = new Set(live.filter((op) => op.method === 'DELETE' && op.what === 'contact').map((op) => op.target));
  const known = new Set(people.map(({ id }) => id));
  const done = new Set(live.filter((op) => op.verb === 'complete' || op.verb === 'skip')
    .flatMap((op) => op.ids ?? [op.target]));
  return [...made.filter(({ id }) => !known.has(id)), ...people].filter(({ id }) => !gone.has(id)).map((person) => {
    const shown = patched(person, live);
    return done.has(shown.next_task?.id) ? { ...shown, next_task: null } : shown;
  });
}
