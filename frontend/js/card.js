/** My own card: a code for the camera of whoever I just met. */

import { call } from './api.js';
import * as db from './db.js';
import { $, clone } from './dom.js';
import { refreshMe } from './session.js';
import { state, trouble } from './store.js';
import { S } from './strings.js';

/** What may stand on it beside the name, in the order of the code. @type {(keyof Me)[]} */
const FIELDS = ['phone', 'contact_email', 'linkedin_url', 'website', 'postal_address'];

/** @param {Me} me */
const written = (me) => [me.name, ...FIELDS.map((name) => String(me[name] ?? ''))];

/** The code as it was drawn last, and for which words. @returns {Promise<{of: string, svg: string} | undefined>} */
const kept = () => db.get('card');

/**
 * Have the code on this phone before it is needed in a basement; asked for only where it is missing or another.
 * @returns {Promise<void>}
 */
export async function keepCode() {
  const { me } = state;
  if (!me || state.signedOut) return;
  const of = JSON.stringify(written(me));
  if ((await kept())?.of === of) return;
  const { data } = await call('GET', '/me/card.svg');
  if (me.id === state.me?.id) await db.put('card', { of, svg: await data.text() });
}

/** @param {HTMLElement} main @param {string | undefined} _id @param {() => boolean} current */
export async function show(main, _id, current) {
  const page = clone('t-my-card');
  const fillIn = async () => {
    const { me } = state;
    if (!me) return;
    const [name, ...lines] = written(me);
    $('.my-card__name', page).textContent = name;
    $('.my-card__lines', page).replaceChildren(
      ...lines.filter(Boolean).map((text) => clone('t-my-card-line', { text })));
    $('.notice', page).hidden = lines.some(Boolean);
    const code = await kept();
    $('img', page).hidden = !code;
    if (code) $('img', page).setAttribute('src', `data:image/svg+xml,${encodeURIComponent(code.svg)}`);
    $('[role="status"]', page).textContent = code?.of === JSON.stringify(written(me)) ? ''
      : code ? S.codeOfBefore : S.noCode;
  };
  await fillIn();
  if (!current()) return;
  main.replaceChildren(page);
  if (document.activeElement === document.body) $('h1', page).focus({ preventScroll: true });
  try {
    await refreshMe();
    await keepCode();
  } catch (error) {
    await trouble(error);
  }
  if (current()) await fillIn();
}
