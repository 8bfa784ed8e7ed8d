/** What an answer means for a call in the queue. Pure. */

/**
 * `sent` it is there; `later` try again; `signed-out` keep it until someone signs in; `changed` merge and try
 * again; `park` the person decides.
 * @param {Op} op @param {number} status @returns {'sent' | 'later' | 'signed-out' | 'changed' | 'park'}
 */
export function verdict(op, status) {
  if (status < 300) return 'sent';
  if (status === 401) return 'signed-out';
  if (status === 412) return 'changed';
  if (status === 410 && op.method === 'POST') return 'sent'; // taken back elsewhere: never made again
  if (status === 404 && op.method === 'DELETE') return 'sent';
  if ((status === 404 || status === 410) && op.what === 'picture') return 'sent'; // its note is gone
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'later';
  return 'park';
}

/** @param {Op} op */
const waits = (op) => op.state === 'queued' || op.state === 'flying';

/**
 * Which call leaves next: text before pictures, and a picture after its note.
 * @param {Op[]} ops @param {string} user @returns {Op | undefined}
 */
export function next(ops, user) {
  const mine = ops.filter((op) => waits(op) && (op.user === null || op.user === user));
  const notes = ops.filter((op) => op.what === 'capture' && op.state !== 'sent');
  return mine.find((op) => op.what !== 'picture') ?? mine.find((op) => !notes.some((note) => belongs(op, note)));
}

/** Whether it is a picture of this note. @param {Op} op @param {Op} note */
export const belongs = (op, note) => op.what === 'picture' && op.path.startsWith(`/encounters/${note.target}/`);

/** Milliseconds until the next try: doubling from two seconds to five minutes, half of it by chance. */
export function pause(/** @type {number} */ failures, /** @type {number} */ chance) {
  const longest = Math.min(2000 * 2 ** Math.max(0, failures - 1), 300000);
  return Math.round(longest * (0.5 + chance / 2));
}

/**
 * Mine onto a card that changed meanwhile: field by field, and of two texts neither is dropped.
 * @param {Record<string, any>} base what I saw @param {Record<string, any>} mine what I changed
 * @param {Record<string, any>} theirs how it stands
 */
export function merge(base, mine, theirs) {
  /** @type {Record<string, any>} */
  const merged = {};
  for (const [name, value] of Object.entries(mine)) {
    const [was, is] = [base[name] ?? null, theirs[name] ?? null];
    const same = JSON.stringify(was) === JSON.stringify(is) || JSON.stringify(is) === JSON.stringify(value);
    if (same || is === null || value === null) merged[name] = value ?? is;
    else if (Array.isArray(value)) merged[name] = both(is, value);
    else if (typeof value === 'string' && value.includes(is)) merged[name] = value;
    else if (LONG.includes(name)) merged[name] = is.includes(value) ? is : `${is}\n\n${value}`;
    else merged[name] = value;
    if (value === null && same) merged[name] = null;
  }
  return merged;
}

const LONG = [
  'notes', 'how_met', 'how_i_can_help', 'about_company', 'postal_address', 'card_note', 'talked_about', 'benefit',
];

/** Two lists as one; an entry that is in both stands as it is in mine. @param {any[]} theirs @param {any[]} mine */
function both(theirs, mine) {
  const nameOf = (/** @type {any} */ each) => each?.id ?? each?.contact_id ?? each?.asked ?? each?.what ?? each;
  const named = new Set(mine.map(nameOf));
  return [...theirs.filter((each) => !named.has(nameOf(each))), ...mine];
}
