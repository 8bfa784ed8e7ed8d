/** What the settings say, apart from strings.js: the composer does not wait for it. */

/** @param {number} count @param {string} one @param {string} many */
const some = (count, one, many) => (count === 1 ? `one ${one}` : `${count} ${many}`);

export const W = {
  needsSignal: 'This needs a signal. It shows up here when there is.',
  notNow: 'No answer from the server. Nothing was changed; try again when there is signal.',
  used: (/** @type {string} */ when) => `Last used ${when}`,
  never: 'Never used',
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
