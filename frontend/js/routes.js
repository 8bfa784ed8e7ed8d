/** Which screen an address names, and the way back to where it was left. */

import { showAccount } from './account.js';
import { $, clone, dressed, style } from './dom.js';
import { state, waiting } from './store.js';
import { S } from './strings.js';

const main = $('main');
const scroll = $('.scroll');
/** Where each address was left, for the way back. @type {Map<string, number>} */
const places = new Map();
let shown = '';

const meeting = () => import('./meeting.js');
/** Screens, each with the templates it wants. @type {Record<string, [string, (id?: string) => Promise<PageModule>]>} */
const SCREENS = {
  people: ['people', (id) => (id ? import('./person.js') : import('./people.js'))],
  events: ['people', () => import('./event.js')],
  interviews: ['meeting', meeting],
  encounters: ['meeting', meeting],
  settings: ['settings', () => import('./settings.js')],
  card: ['card', () => import('./card.js')],
};

/** @param {string} path */
export function go(path) {
  places.set(location.pathname, scroll.scrollTop);
  if (location.pathname !== path) history.pushState(null, '', path);
  route();
  scroll.scrollTop = 0;
}

/** The browser went back or forth. */
export function returned() {
  route().then(() => {
    scroll.scrollTop = places.get(location.pathname) ?? scroll.scrollTop;
  });
}

/** Show what the address names. @returns {Promise<void>} */
export async function route() {
  const [place, id] = location.pathname.split('/').slice(1).map(plain);
  const root = document.documentElement;
  const known = Boolean(state.me);
  const here = `${place}/${id ?? ''}/${known}`;
  const again = here === shown;
  shown = here;
  if (place === 'sign-in' || place === 'join') {
    root.dataset.view = 'account';
    const ready = again || await dressed('account').catch(() => null);
    if (shown !== here || again) return;
    if (ready) showAccount(main, place === 'join', go);
    else notHere();
  } else if (Object.hasOwn(SCREENS, place) && known) {
    root.dataset.view = 'page';
    const [wanted, module] = SCREENS[place];
    const [screen] = await Promise.all([module(id), dressed(wanted), style('people')]).catch(() => []);
    if (shown !== here) return;
    if (!screen) notHere();
    else if (!again) await screen.show(main, id, () => shown === here);
    else if (screen.again) screen.again(main, id);
  } else {
    root.dataset.view = 'home';
    // A stranger's first screen does without.
    const upcoming = known && await import('./upcoming.js').catch(() => null);
    if (shown !== here) return;
    if (upcoming) upcoming.showUpcoming(main);
    else if (known) notHere();
    else welcome();
  }
}

function welcome() {
  const count = waiting().length;
  main.replaceChildren(clone('t-welcome', { notes: count ? S.welcomeNotes(count) : null }));
}

/** @param {string} part of an address, perhaps not one of ours */
function plain(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function notHere() {
  shown = '';
  main.replaceChildren(clone('t-hint', { text: S.offline }));
}
