/** The settings: a short list of parts, each at an address of its own, and the way out. */

import { $, clone, on, style } from './dom.js';
import { city } from './format.js';
import { refreshMe, signOut } from './session.js';
import { W } from './settings-strings.js';
import { onlyNotes, state, unsent } from './store.js';
import { S } from './strings.js';

/** @type {Record<string, () => Promise<SettingsPart>>} */
const PARTS = {
  day: () => import('./profile.js'),
  letters: () => import('./profile.js'),
  playbook: () => import('./playbook.js'),
  phone: () => import('./phone.js'),
  access: () => import('./access.js'),
  programs: () => import('./programs.js'),
  data: () => import('./own-data.js'),
};
/** @type {(() => void) | void} */
let renew;

/** @param {HTMLElement} main @param {string | undefined} part @param {() => boolean} current */
export async function show(main, part, current) {
  renew = undefined;
  const load = Object.hasOwn(PARTS, part ?? '') ? PARTS[part ?? ''] : undefined;
  const module = load ? load() : { show: list };
  const [shown] = await Promise.all([module, style('settings')]).catch(() => []);
  if (!current()) return;
  const page = shown ? clone(load ? `t-settings-${part}` : 't-settings') : clone('t-hint', { text: S.offline });
  renew = shown?.show(page, part ?? '');
  main.replaceChildren(page);
  if (document.activeElement === document.body) page.querySelector('h1')?.focus({ preventScroll: true });
}

/** Something changed, perhaps elsewhere. */
export function again() {
  renew?.();
}

/** @param {HTMLElement} page */
function list(page) {
  const fillIn = () => {
    const { me } = state;
    if (!me) return;
    const texts = {
      email: me.email,
      day: W.dayInShort(city(me.timezone), me.sundown_at),
      letters: [me.name, me.phone].filter(Boolean).join(', '),
    };
    for (const [name, text] of Object.entries(texts)) $(`[data-text="${name}"]`, page).textContent = text;
  };
  fillIn();
  refreshMe().catch(() => null);
  const button = $('#sign-out', page);
  on(button, 'click', async () => {
    const question = $('.sure', page);
    const lost = unsent();
    if (lost.length && question.hidden) {
      question.hidden = false;
      question.textContent = S.signOutPending(lost.length, onlyNotes(lost));
      button.textContent = S.signOutAnyway;
      return;
    }
    await signOut();
    document.dispatchEvent(new CustomEvent('go', { detail: '/sign-in' }));
  });
  return fillIn;
}
