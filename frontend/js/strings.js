/** Every word the scripts say; the words of the page itself stand in index.html. */

/** @param {number} count @param {string} one @param {string} many */
const some = (count, one, many) => `${count === 1 ? one : `${count} ${many}`}`;

const WORDS = 'none one two three four five six seven eight nine ten eleven twelve'.split(' ');
/** "six", but 13. @param {number} count */
const word = (count) => WORDS[count] ?? String(count);
/** @param {number} count */
const Word = (count) => word(count).replace(/^./, (first) => first.toUpperCase());

/**
 * "One note is", "3 changes are": notes where all of them are.
 * @param {number} count @param {boolean} notes @param {string} is @param {string} are
 */
const inAll = (count, notes, is, are) => (notes ? some(count, `One note ${is}`, `notes ${are}`)
  : some(count, `One change ${is}`, `changes ${are}`));

/** Many at once, by action. @type {Record<string, (count: number) => string>} */
const MANY = {
  handwritten_note: (count) => `Write ${count} notes`,
  email_thank_you: (count) => `Send ${count} thank-you e-mails`,
  linkedin_invite: (count) => `Ask ${count} to connect on LinkedIn`,
  send_link: (count) => `Send ${count} links`,
  phone_call: (count) => `Make ${count} calls`,
  requested_item: (count) => `Get ${count} things ready`,
  their_promise: (count) => `Ask ${count} once`,
};

/** @type {Record<string, string>} */
const NEEDS = {
  name: 'their name', topic: 'what you talked about', postal_address: 'a postal address', email: 'an e-mail address',
  phone: 'a telephone number', position: 'the position', number: 'your number', benefit: 'what is in it for them',
};

export const S = {
  app: 'Sundown',
  // the composer
  saved: 'Saved on this phone',
  synced: 'Synced',
  nothingToSave: 'Write a word about them first. It need not be a name.',
  sharedLost: 'What was shared did not arrive. Sundown is ready for it now: share it once more.',
  cardAlone: 'Photographed card',
  needsAccount: 'Create your account to see what is due',
  notKept: 'This browser could not keep the note. It is still here: copy it before you leave.',
  full: 'This phone is out of space. The note is still here; make some room and save again.',
  backInComposer: 'The note is back in the composer.',
  event: (/** @type {string} */ name) => (name ? name : 'Event'),
  // the line above the composer
  waiting: (/** @type {number} */ count, /** @type {boolean} */ notes) =>
    `${inAll(count, notes, 'is', 'are')} waiting for signal`,
  kept: (/** @type {number} */ count) =>
    `Kept on this phone. ${count === 1 ? 'It' : 'They'} will travel when there is signal.`,
  signedOut: (/** @type {number} */ count, /** @type {boolean} */ notes) =>
    (count ? `Signed out. ${inAll(count, notes, 'is', 'are')} safe on this phone.` : 'Signed out.'),
  someoneElse: (/** @type {number} */ count) =>
    `${some(count, 'One note', 'notes')} of another account ${count === 1 ? 'is' : 'are'} kept on this phone.`,
  // verbs
  undo: 'Undo',
  done: 'Done',
  sent: 'Sent?',
  notYet: 'Not yet',
  reach: { email: 'Write', letter: 'Write', phone: 'Call', sms: 'Message', linkedin: 'LinkedIn' },
  skipped: 'Skipped',
  undone: 'Back on the list.',
  snoozed: (/** @type {string} */ until) => `Snoozed until ${until}`,
  // upcoming
  groups: /** @type {Record<string, string>} */ ({
    replies: 'Replies',
    today: 'Today',
    overdue: 'Slipped, still worth sending',
    tomorrow: 'Tomorrow',
    this_week: 'This week',
    later: 'Later',
    cards: 'Finish these cards',
  }),
  goThrough: (/** @type {number} */ count) => (count === 1 ? 'Finish it now' : `Go through all ${count}`),
  placeOf: (/** @type {number} */ place, /** @type {number} */ total) => `${place} of ${total}`,
  cardsNote: 'Two minutes each, while you remember.',
  needs: (/** @type {string[]} */ needs) => `Still needed: ${needs.map((need) => NEEDS[need] ?? need).join(', ')}.`,
  bySundown: (/** @type {string} */ time) => `By sundown, ${time}`,
  byMidnight: 'Before midnight',
  byHour: 'At their hour',
  by: (/** @type {string} */ time) => `by ${time}`,
  bySundownShort: (/** @type {string} */ time) => `by sundown, ${time}`,
  since: (/** @type {string} */ day) => `was due ${day}`,
  snoozedTo: (/** @type {string} */ time) => `snoozed to ${time}`,
  there: (/** @type {string} */ time, /** @type {string} */ city) => `${time} in ${city}`,
  minutes: (/** @type {string} */ total) => `about ${total}`,
  lateIsFine: 'A day late still arrives. No need to explain.',
  more: (/** @type {number} */ count) => `Show ${count} more`,
  nothing: 'Nothing due. The evening is yours.',
  nothingHint: 'Note someone you met, and what is due shows up here.',
  loading: 'Fetching what is due.',
  stale: 'No signal. This is how it stood last time.',
  noView: 'No signal yet. What is due shows up here when there is.',
  unnamed: 'Someone you met',
  daylight: (/** @type {string} */ left) => `${left} of daylight left`,
  sunIsDown: 'The sun is down.',
  stillInTime: (/** @type {number} */ count, /** @type {boolean} */ emails) => {
    const what = emails ? ` e-mail${count === 1 ? '' : 's'}` : '';
    return `The sun is down. ${Word(count)}${what} ${count === 1 ? 'is' : 'are'} still in time before midnight.`;
  },
  // when there are too many
  oneMessage: 'Send one short message',
  many: (/** @type {string} */ action, /** @type {string} */ title, /** @type {number} */ count) =>
    (title === S.oneMessage ? `Send ${count} short messages` : (MANY[action]?.(count) ?? `${title}, ${count} times`)),
  names: (/** @type {string[]} */ names, /** @type {number} */ more) =>
    (more ? `${names.join(', ')} and ${more} more` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`),
  followed: (/** @type {number} */ done, /** @type {number} */ people) => `${done} of ${people} people followed up`,
  begin: 'Begin',
  goOn: 'Go on',
  showEach: 'Show each',
  showAsOne: 'Show as one',
  allWritten: (/** @type {number} */ count) => `${Word(count)} written. All in the mail?`,
  written: 'Written, not mailed yet',
  inTheMail: (/** @type {number} */ count) => (count === 1 ? 'In the mail' : `All ${word(count)} in the mail`),
  fits: (/** @type {number} */ count, /** @type {number} */ total, /** @type {boolean} */ notes) =>
    (count
      ? `About ${count} of ${total}${notes ? ' notes' : ''} ${count === 1 ? 'fits' : 'fit'} before sundown. ` +
        `Which ${word(count)}?`
      : 'Sundown is close. A day late still arrives.'),
  which: (/** @type {number} */ count) => (count ? `Which ${word(count)}?` : 'Which ones?'),
  othersStay: (/** @type {string} */ when) => `The others stay due and are planned for ${when}.`,
  chosen: (/** @type {number} */ count, /** @type {string} */ total) => `${Word(count)} chosen, about ${total}`,
  planFor: (/** @type {string} */ when) => `Plan these for ${when}`,
  days: { today: 'today', tomorrow: 'tomorrow', after: 'the day after' },
  planned: 'Planned',
  plannedFor: (/** @type {string} */ when) => `planned for ${when}`,
  plannedLater: 'Planned for another day',
  letGo: 'Let these go',
  letGoHint: 'They are kept as skipped, with your reason. Undo brings them back.',
  letGoNow: (/** @type {number} */ count) => (count === 1 ? 'Let it go' : `Let ${word(count)} go`),
  letGone: (/** @type {number} */ count) => `${Word(count)} let go`,
  noneChosen: 'Choose at least one.',
  walkAddress: 'The address shows up when there is signal.',
  noAddress: 'No postal address on this card yet.',
  noEmail: 'No e-mail address on this card yet.',
  sorted: 'Sorted',
  // what waits or was refused
  refused: 'Not taken yet',
  onThisPhone: 'On this phone',
  refusals: {
    gone: 'This is no longer there.',
    large: 'This is longer than the server takes.',
    other: 'The server did not take this.',
  },
  whats: /** @type {Record<string, string>} */ ({
    complete: 'Marking a task done',
    skip: 'Skipping a task',
    snooze: 'Snoozing a task',
    plan: 'Planning a task',
    sort: 'Sorting a card',
    reopen: 'Putting a task back',
    contact: 'Changes to a card',
    touch: 'A message or call you logged',
    encounter: 'A meeting you logged',
    undo: 'Taking a note back',
    me: 'Changes to your settings',
    picture: 'A picture of a card',
  }),
  // snooze
  snooze: { evening: 'This evening', morning: 'Tomorrow morning', sundown: 'Next sundown' },
  // account
  offline: 'No answer from the server. Check the signal and try again.',
  wrongPassword: 'E-mail or password is not right.',
  closed: 'This server takes no new accounts. Ask whoever runs it.',
  setupCode: 'The server printed a setup code when it started. It is needed once.',
  invite: 'An invitation code is needed here.',
  welcomeNotes: (/** @type {number} */ count) =>
    `${some(count, 'One note is', 'notes are')} kept on this phone. Create your account to see what is due.`,
  signOutPending: (/** @type {number} */ count, /** @type {boolean} */ notes) =>
    `${inAll(count, notes, 'has', 'have')} not been sent. ` +
    `Signing out deletes ${count === 1 ? 'it' : 'them'} from this phone.`,
  signOutAnyway: 'Sign out and delete them',
  // people
  nobodyFound: 'Nobody by these words. Fewer of them find more.',
  nobodyYet: 'Nobody yet. Note someone you met, and they are here.',
  peopleOffline: 'No signal. People show up here when there is.',
  peopleKnown: 'No signal. These are the people this phone knows.',
  nobodyKnown: 'No signal, and nobody this phone knows by these words.',
  nextTask: (/** @type {string} */ title, /** @type {string} */ when) => `${title}, ${when}`,
  // cards and settings
  // my card
  noCode: 'The code shows up here when there is signal.',
  codeOfBefore: 'No signal. The code still says what your card said before.',
  changesKept: 'Changes kept',
  changesQueued: 'Changes kept on this phone. They will travel when there is signal.',
  cardOffline: 'No signal. The rest of this card shows up when there is.',
  cardGone: 'This card is no longer there.',
  because: {
    email: (/** @type {string} */ address) => `Same e-mail, ${address}`,
    linkedin_url: () => 'Same LinkedIn page',
    phone: (/** @type {string} */ number) => `Same number, ${number}`,
    name: () => 'Similar name',
    sameName: 'Same name',
    descriptor: () => 'Same words on the card',
    company: (/** @type {string} */ name) => `Both at ${name}`,
    event: (/** @type {string} */ name) => `Both met at ${name}`,
  },
  mergeMoves: (/** @type {string} */ other, /** @type {string} */ name) =>
    `Everything of ${other === name ? 'the other card' : other} moves to ${other === name ? 'this one' : name}: `
    + 'meetings, tasks, messages, promises and notes.',
  saveFirst: 'Save what you changed on this card first.',
  merged: 'Merged into one card',
  parted: 'Two cards again.',
  apart: 'Kept as two people',
  suggestedAgain: 'Suggested again.',
  noTasks: 'Nothing to do for them right now.',
  travelled: (/** @type {string} */ city) => `This phone is on ${city} time. Your settings say otherwise.`,
};
