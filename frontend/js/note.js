/** A note as the server takes it. Pure: no page, no storage. */

/** What the chips mean. @type {Record<string, {kind: Kind, round?: number}>} */
export const CHOICES = {
  mixer: { kind: 'networking' },
  social: { kind: 'social' },
  interview: { kind: 'interview', round: 1 },
  later: { kind: 'interview', round: 2 },
  other: { kind: 'other' },
};
export const HABIT_HOURS = 12;

/** A UUID of version 7: it sorts by time. @param {number} [now] */
export function newId(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let index = 0; index < 6; index += 1) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** RFC 3339 with the phone's own offset. @param {Date} date */
export function withOffset(date) {
  const minutes = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + minutes * 60000).toISOString().slice(0, 23);
  const size = Math.abs(minutes);
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

/** The phone's zone, or UTC where the browser will not say. */
export function zone() {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return name && name !== 'Etc/Unknown' ? name : 'UTC';
}

/** @param {string} method @param {string} path @param {any} body @param {Partial<Op>} more @returns {Op} */
export function newOp(method, path, body, more) {
  const at = Date.now();
  return { id: newId(at), user: null, method, path, body, what: 'task', target: '', at, state: 'queued', ...more };
}

/** @param {string} text @param {string} choice @param {string} event @returns {Op} */
export function captureOp(text, choice, event) {
  const id = newId();
  const body = { id, text, captured_at: withOffset(new Date()), timezone: zone(), ...CHOICES[choice] };
  return newOp('POST', '/captures', event ? { ...body, event } : body, { what: 'capture', target: id });
}

/** What was chosen last, unless that is half a day ago. @param {Habit | undefined} habit @param {number} now */
export function current(habit, now) {
  const fresh = habit && now - habit.at < HABIT_HOURS * 3600000;
  return fresh ? habit : { choice: 'mixer', event: '', at: now };
}
