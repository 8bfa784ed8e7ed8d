/** From a row to the mail app, the dialler or LinkedIn, and "Sent?" on the way back. */

import { call, Refused } from './api.js';
import { on } from './dom.js';
import { ask } from './status.js';
import { S } from './strings.js';

/** @param {string} scheme @param {{phones: string[]}} card */
const dialled = (scheme, { phones }) => phones[0] && `${scheme}:${phones[0].replaceAll(' ', '')}`;

/** @type {Record<string, {label: string, needs?: string, href: (card: any) => string | undefined}>} */
const WAYS = {
  email: { label: S.reach.email, href: (card) => card.emails[0] && `mailto:${card.emails[0]}` },
  phone: { label: S.reach.phone, href: (card) => dialled('tel', card) },
  voicemail: { label: S.reach.phone, needs: 'phone', href: (card) => dialled('tel', card) },
  sms: { label: S.reach.sms, needs: 'phone', href: (card) => dialled('sms', card) },
  linkedin: { label: S.reach.linkedin, href: (card) => card.linkedin_url ?? undefined },
};

/** What the button says, or nothing where there is no such way or the address is still missing. @param {Task} task */
export function reachLabel(task) {
  if (task.channel === 'letter') return S.reach.letter;
  const needed = WAYS[task.channel]?.needs ?? task.channel;
  return task.needs.includes(needed) ? null : (WAYS[task.channel]?.label ?? null);
}

/**
 * Open the other app; coming back, ask whether it really went out. Without an address the card opens.
 * @param {Task} task @param {() => void} done
 */
export async function reach(task, done) {
  const card = `/people/${task.contact_id}`;
  try {
    const { data } = await call('GET', card.replace('people', 'contacts'));
    const href = WAYS[task.channel].href(data);
    if (!href) return openCard(card);
    location.assign(href);
    const back = () => {
      if (document.visibilityState !== 'visible') return;
      for (const [target, type] of RETURNS) target.removeEventListener(type, back);
      ask(S.sent, { [S.done]: done, [S.notYet]: () => {} });
    };
    for (const [target, type] of RETURNS) on(target, type, back);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) openCard(card);
  }
  return undefined;
}

/** @type {[EventTarget, string][]} */
const RETURNS = [[document, 'visibilitychange'], [window, 'focus']];

/** @param {string} path */
function openCard(path) {
  document.dispatchEvent(new CustomEvent('go', { detail: path }));
}
