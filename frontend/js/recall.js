/** What to recall of a person before writing to them, out of their card and the meetings with them. Pure. */

/** @param {any} meeting @param {string} id @returns {string | null} */
const talked = (meeting, id) => meeting.people?.find((/** @type {any} */ each) => each.contact_id === id)?.talked_about
  || meeting.talked_about || null;

/**
 * @param {any} card @param {any[]} meetings with them, the latest first
 * @typedef {{last: any, first: any, note: string | null, talked: string | null, mine: string[], theirs: string[],
 *   help: string | null, met: string | null}} Recall
 * @returns {Recall}
 */
export function recallOf(card, meetings) {
  const promises = meetings.flatMap((meeting) => meeting.promises ?? []).filter(
    ({ contact_id: whose, kept_at: kept }) => !kept && (!whose || whose === card.id));
  const by = (/** @type {string} */ who) => promises.filter((each) => (each.by ?? 'mine') === who)
    .map(({ what }) => what);
  return {
    last: meetings[0] ?? null,
    first: meetings.length > 1 ? meetings.at(-1) : null,
    note: meetings.find((meeting) => meeting.card_note)?.card_note ?? null,
    talked: meetings.map((meeting) => talked(meeting, card.id)).find(Boolean) ?? null,
    mine: by('mine'),
    theirs: by('theirs'),
    help: card.how_i_can_help ?? null,
    met: card.how_met ?? null,
  };
}
