/** Times and lengths of time in plain words. Pure. */

const language = typeof navigator !== 'undefined' && navigator.language.startsWith('en') ? navigator.language : 'en-GB';
const HOUR = /** @type {const} */ ({ hour: 'numeric', minute: '2-digit' });
const WEEKDAY = /** @type {const} */ ({ weekday: 'long' });
const DAY = /** @type {const} */ ({ weekday: 'long', day: 'numeric', month: 'long' });
const DATE = /** @type {const} */ ({ day: 'numeric', month: 'long', year: 'numeric' });
const words = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(language, options);
const [clockWords, weekdayWords, dayWords, dateWords] = [HOUR, WEEKDAY, DAY, DATE].map(words);

/** @param {string | Date} instant */
export const clock = (instant) => clockWords.format(new Date(instant));
/** @param {string | Date} instant */
export const day = (instant) => dayWords.format(new Date(instant));
/** With its year, for what may be far off. @param {string | Date} instant */
export const dated = (instant) => dateWords.format(new Date(instant));
/** Within a week the name of the day is enough. @param {Date} instant @param {Date} now */
export function soon(instant, now) {
  if (instant.toDateString() === now.toDateString()) return clock(instant);
  const near = Math.abs(instant.getTime() - now.getTime()) < 6 * 86400000;
  return near ? `${weekdayWords.format(instant)}, ${clock(instant)}` : dayAndClock(instant);
}
/** @param {string | Date} instant */
export const dayAndClock = (instant) => `${day(instant)}, ${clock(instant)}`;

/** What is past names its year once that is over. @param {string} instant @param {Date} [now] */
export function past(instant, now = new Date()) {
  const date = new Date(instant);
  const year = date.getFullYear() === now.getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${day(date)}${year}, ${clock(date)}`;
}

/** The time on their clock, where it is not ours. @param {string} instant @param {string} timezone */
export function theirClock(instant, timezone) {
  try {
    const theirs = words({ ...HOUR, timeZone: timezone }).format(new Date(instant));
    return theirs === clock(instant) ? null : { time: theirs, city: city(timezone) };
  } catch {
    return null; // a zone this browser has never heard of
  }
}

/** "America/New_York" is New York. @param {string} timezone */
export const city = (timezone) => (timezone.split('/').at(-1) ?? '').replaceAll('_', ' ');

/** "2 h 14 m" @param {number} minutes */
export function span(minutes) {
  const whole = Math.round(minutes);
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  if (!hours) return `${rest} m`;
  return rest ? `${hours} h ${rest} m` : `${hours} h`;
}

/** What a datetime-local field shows. @param {Date} date */
export function localInput(date) {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/**
 * What Snooze offers at `now`: this evening while it is ahead, tomorrow morning, the next sundown.
 * @param {Date} now @param {{today: string, tomorrow: string}} sundown
 */
export function snoozes(now, sundown) {
  const at = (/** @type {number} */ days, /** @type {number} */ hour) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const early = now.getHours() < 4 ? 0 : 1;
  const next = [sundown.today, sundown.tomorrow].find((instant) => Date.parse(instant) > now.getTime());
  const choices = [
    { name: 'evening', until: at(0, 19) },
    { name: 'morning', until: at(early, 8) },
    { name: 'sundown', until: next ? new Date(next) : null },
  ];
  return choices.flatMap(({ name, until }) => (until && until > now ? [{ name, until }] : []));
}

/** The page of an event. @param {string} name */
export const eventPage = (name) => `/events/${encodeURIComponent(name)}`;
