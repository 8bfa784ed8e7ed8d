/** What the settings say, apart from strings.js: the composer does not wait for it. */

/** @param {number} count @param {string} one @param {string} many */
const some = (count, one, many) => (count === 1 ? `one ${one}` : `${count} ${many}`);

export const W = {
  needsSignal: 'This needs a signal. It shows up here when there is.',
  notNow: 'No answer from the server. Nothing was changed; try again when there is signal.',
  used: (/** @type {string} */ when) => `Last used ${when}`,
  never: 'Never used',
  // your day
  dayInShort: (/** @type {string} */ city, /** @type {string | null} */ sundownAt) =>
    `${city} time, sundown ${sundownAt ? `at ${sundownAt}` : 'with the sun'}`,
  placeAsked: 'Asking the phone where it is.',
  placeUnknown: 'The phone did not say where it is.',
  placeKnown: (/** @type {number} */ latitude, /** @type {number} */ longitude) =>
    `Sundown is reckoned for ${latitude.toFixed(2)}, ${longitude.toFixed(2)}.`,
  placeZone: 'Sundown is reckoned for your time zone.',
  // the playbook
  after: /** @type {Record<string, string>} */ ({
    networking: 'After a mixer',
    social: 'After a social evening',
    interview: 'After an interview',
    other: 'After another talk',
  }),
  afterAny: 'Whatever kind it was',
  rules: /** @type {Record<string, string>} */ ({
    'R3': 'E-mail the same day, first round',
    'R3.other': 'E-mail the same day',
    'R5': 'Note by hand, first interview',
    'R5.screen': 'Note by hand, first call with who hires',
    'R5.again': 'Note by hand, later interviews too',
    'R6': 'E-mail the same day, later rounds',
    'R6.item': 'Get ready what they asked for',
    'R7': 'Finish a short note',
    'R8': 'Note by hand',
    'R8.social': 'Note by hand',
    'R8.other': 'Note by hand',
    'R9': 'Send what you promised',
    'R10': 'Call, if it helps them',
    'R12': 'Ask once for what they promised',
    'R13': 'Ask to connect on LinkedIn',
    'R13.social': 'Ask to connect on LinkedIn',
    'R13.recruiter': 'Ask recruiters to connect on LinkedIn',
    'R13.interviewer': 'Ask to connect on LinkedIn',
  }),
  rule: (/** @type {string} */ why, /** @type {string} */ minutes) => `${why} About ${minutes}.`,
  nothingAfter: (/** @type {{kind: string, round: number[] | null}} */ { kind, round }) => {
    const [first, last] = round ?? [0, 20];
    const until = last < 20 ? ` to ${last}` : ' or later';
    return `${W.after[kind]}${first || last < 20 ? ` of round ${first}${until}` : ''} nobody gets a task.`;
  },
  rulesKept: 'Rules kept',
  rulesChanged: 'The rules were changed elsewhere meanwhile. Your switches are kept: look through them and save again.',
  aTopic: 'ferries',
  aPosition: 'Engineer',
  by: (/** @type {string} */ when) => `by ${when}`,
  nothingThen: 'Nothing. Nobody you meet there is followed up.',
  previewOffline: 'What this gives shows up here when there is signal.',
  // password and devices
  someDevice: 'A device of an unknown kind',
  onSystem: (/** @type {string} */ browser, /** @type {string} */ system) =>
    [browser, system].filter(Boolean).join(' on '),
  thisOne: 'This one, in use now',
  signOutThere: (/** @type {string} */ device) => `Sign out there, ${device}`,
  signedOutThere: 'Signed out there.',
  passwordChanged: 'Password changed. Other devices are signed out.',
  // other programs
  scopes: /** @type {Record<string, string>} */ ({ capture: 'adds notes', read: 'reads', write: 'reads and changes' }),
  until: (/** @type {string} */ day) => `until ${day}`,
  ended: (/** @type {string} */ day) => `ended ${day}`,
  endless: 'without an end',
  noTokens: 'No program has a token.',
  revoke: (/** @type {string} */ name) => `Revoke ${name}`,
  revokeTitle: (/** @type {string} */ name) => `Revoke ${name}?`,
  revokeIt: 'Revoke',
  revokeHint: 'The program that uses it is refused from then on. What it added stays.',
  revoked: 'Revoked.',
  copied: 'Copied',
  copyByHand: 'It is marked. Copy it by hand.',
  // your data
  importing: 'Taking it over.',
  noFile: 'Choose a file first.',
  imported: (/** @type {Record<string, number>} */ { contacts = 0, encounters = 0, tasks = 0 }) =>
    `Taken over: ${some(contacts, 'person', 'people')}, ${some(encounters, 'meeting', 'meetings')} and `
    + `${some(tasks, 'task', 'tasks')}.`,
  typeDelete: 'Type the word delete first.',
  deleted: 'The account is deleted.',
};
