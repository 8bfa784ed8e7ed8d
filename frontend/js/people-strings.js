/** Every word the pages of people, meetings and events say; the first screen does without them. */

export const P = {
  // a person's page
  firstMet: (/** @type {string} */ when) => `First met ${when}`,
  promisedMine: 'You promised',
  promisedTheirs: 'They promised',
  talkedAbout: 'You talked about',
  howICanHelp: 'How you can help',
  neverMet: 'No meeting with them is noted yet.',
  kinds: /** @type {Record<string, string>} */ ({
    interview: 'Interview', networking: 'Mixer', social: 'Social', other: 'Meeting',
  }),
  kindOf: (/** @type {string} */ kind, /** @type {number | null} */ round) =>
    (kind === 'interview' && typeof round === 'number' ? `Interview, round ${round}` : P.kinds[kind]),
  channels: /** @type {Record<string, [string, string]>} */ ({
    email: ['wrote an e-mail', 'by e-mail'], letter: ['wrote a letter', 'by post'], phone: ['called', 'by phone'],
    voicemail: ['left a voicemail', 'by voicemail'], linkedin: ['wrote on LinkedIn', 'on LinkedIn'],
    sms: ['sent a text', 'by text'], in_person: ['spoke in person', 'in person'], other: ['got in touch', ''],
  }),
  touched: (/** @type {string} */ direction, /** @type {string} */ channel) =>
    `${direction === 'in' ? 'They' : 'You'} ${P.channels[channel][0]}`,
  doneBy: (/** @type {string} */ channel) => ['Done', P.channels[channel][1]].filter(Boolean).join(' '),
  letGo: 'Let go',
  needsAnswer: 'It needs an answer.',
  waitsForSignal: 'On this phone, waiting for signal',
  logged: 'Logged',
  takenBack: 'Taken back.',
  cardKept: 'No signal. This is what this phone keeps of this card.',
  cardDeleted: 'Card deleted',
  deleteWhat: (/** @type {string} */ name) =>
    `Everything about ${name} goes along: tasks, messages, promises, and meetings with nobody else.`,
  // an event
  /** @param {number} done @param {number} all @param {number} waits @param {number} gone */
  coverage: (done, all, waits, gone) =>
    [`${done} of ${all} followed up`, waits && `${waits} open`, gone && `${gone} let go`].filter(Boolean).join(', '),
  followUp: /** @type {Record<string, string>} */ ({
    followed_up: 'Followed up', open: 'Open', let_go: 'Let go', nothing_planned: 'Nothing planned',
  }),
  nobodyThere: 'Nobody is noted for this event.',
  eventKept: 'No signal. This is how it stood last time.',
  eventOffline: 'No signal. Everyone from here shows up when there is.',
  // a meeting
  logMeeting: 'Log a meeting',
  changeMeeting: 'Meeting',
  someone: 'Someone',
  newCard: 'a new card',
  addNew: (/** @type {string} */ name) => `Add “${name}” as a new card`,
  roleOf: (/** @type {string} */ name) => `Role of ${name}`,
  notThere: (/** @type {string} */ name) => `Remove ${name}`,
  missing: /** @type {Record<string, string>} */ ({
    people: 'Who was it? A first name is enough.', occurred_at: 'When did it begin?',
  }),
  comesWithSignal: 'Kept on this phone. What follows shows up when there is signal.',
  facts: /** @type {Record<string, {name: string, label?: string, choices?: Record<string, string>,
    shown?: (value: any) => string}>} */ ({
      name: { name: 'Name' },
      company: { name: 'Company' },
      title: { name: 'Their position' },
      emails: { name: 'E-mail', label: 'E-mail addresses, one a line' },
      phones: { name: 'Telephone', label: 'Telephone numbers, one a line' },
      postal_address: { name: 'Postal address' },
      notes: { name: 'Notes' },
      how_i_can_help: { name: 'How I can help' },
      how_met: { name: 'How it came about' },
      about_company: { name: 'About their company' },
      linkedin_url: { name: 'LinkedIn page' },
      linkedin_state: {
        name: 'LinkedIn', choices: { none: 'Not asked yet', invited: 'Asked', connected: 'Connected' },
      },
      website: { name: 'Website' },
      tags: { name: 'Tags', label: 'Tags, one a line' },
      tier: { name: 'Tier', choices: { '': 'None', A: 'A', B: 'B', C: 'C' } },
      keep_in_touch_days: {
        name: 'Keep in touch', label: 'Keep in touch, every so many days', shown: (days) => `every ${days} days`,
      },
      new_year_card: { name: 'New Year card', choices: { '': 'Not decided', true: 'Yes', false: 'No' } },
      do_not_contact: { name: 'Do not contact', choices: { false: 'No', true: 'Yes, let them be' } },
      descriptor: { name: 'Words on the card' },
      salutation: { name: 'Salutation', label: 'How you address them' },
    }),
};
