/** Everything behind the composer; imported when the page is idle. */

import * as db from './db.js';
import { keep } from './device.js';
import { $, clone, dressed, idle, on, style, templates } from './dom.js';
import { city } from './format.js';
import { hint } from './install.js';
import { prefetch } from './known.js';
import { zone } from './note.js';
import { flush, rest, takeBack } from './outbox.js';
import { badge, keepShell, keepStorage, mindKeyboard } from './platform.js';
import { project } from './project.js';
import { go, returned, route } from './routes.js';
import { rowsOf } from './stacks.js';
import { changeMe } from './session.js';
import { say, standing } from './status.js';
import { changed, load, onlyNotes, refresh, state, subscribe, waiting } from './store.js';
import { S } from './strings.js';

const MINUTE = 60000;
const MODULES = ['upcoming', 'people', 'person', 'settings', 'profile', 'sort', 'walk', 'attach'];
const LATER = ['sheets', 'people', 'settings', 'card', 'capture'];
/** @type {ReturnType<typeof setInterval> | undefined} */
let clockwork;
/** @type {{restore: (text: string) => void, account: (known: boolean) => void, writing: () => boolean,
 *   leave: () => void}} */
let composer;

/** One sentence on top when something is not as usual. @param {boolean} moving the page looks different now anyway */
function banner(moving) {
  const count = waiting().length;
  if (state.me && state.signedOut) return [clone('t-banner-signed-out', { text: S.signedOut(count, onlyNotes()) })];
  if (state.me && state.me.timezone !== zone()) {
    const line = clone('t-banner-zone', { text: S.travelled(city(zone())) });
    on($('button', line), 'click', () => changeMe({ timezone: zone() }));
    return [line];
  }
  return hint(moving);
}

function sayOnTop(moving = false) {
  $('#banner').replaceChildren(...banner(moving));
}

function stand() {
  const count = waiting().length;
  const others = state.ops.filter((op) => op.user !== null && state.me && op.user !== state.me.id).length;
  if (others) standing(S.someoneElse(others));
  else if (count && (state.offline || !navigator.onLine)) standing(S.waiting(count, onlyNotes()));
  else if (!count && synced()) standing(S.synced);
  else standing('');
}

let sentSome = false;
/** Something was on its way, and now nothing is. */
function synced() {
  sentSome ||= state.ops.some((op) => op.state === 'sent');
  return sentSome && !state.offline;
}

/** The rows of today, as the badge counts them: a stack is one. */
function dueToday() {
  if (!state.view) return 0;
  const view = project(state.view, state.ops, new Date(), { sky: state.sky, boundary: state.me?.day_boundary });
  const now = view.groups.filter((group) => ['replies', 'today'].includes(group.name));
  return now.reduce((sum, group) => sum + rowsOf(group.tasks).length, 0);
}

function tick() {
  flush();
  prefetch();
  if (location.pathname === '/' && state.me) route();
}

function awake() {
  clearInterval(clockwork);
  if (document.visibilityState === 'visible') clockwork = setInterval(tick, MINUTE);
  flush({ now: true }).then(refresh).then(idle).then(prefetch);
}

/** A note that was taken back is in the composer again, with what came along. @param {Op} op */
function giveBack(op) {
  composer.restore(op.body.text);
  if (op.what === 'capture') import('./attach.js').then((attach) => attach.giveBack(op));
}

/** @param {typeof composer} given */
export async function start(given) {
  composer = given;
  await Promise.all([style('tasks'), templates('tasks')]);
  subscribe(() => {
    composer.account(Boolean(state.me));
    $('.top__ways').hidden = !state.me;
    sayOnTop($('main').firstElementChild?.className === 'unseen');
    stand();
    badge(dueToday());
    route();
  });
  const light = () => 'dim' in document.documentElement.dataset || sayOnTop(true);
  new MutationObserver(light).observe(document.documentElement, { attributeFilter: ['data-dim'] });
  await load();
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') return awake();
    clearInterval(clockwork);
    return rest();
  });
  on(window, 'online', awake);
  on(window, 'pageshow', (event) => event.persisted && awake());
  on(window, 'popstate', returned);
  on(document, 'undo-op', async ({ detail }) => {
    await takeBack(detail);
    giveBack(detail);
    say(S.backInComposer);
  });
  on(document, 'restore-note', ({ detail }) => giveBack(detail));
  on(document, 'go', ({ detail }) => go(detail));
  on(document, 'click', follow);
  on($('#more-about'), 'click', () => moreAbout());
  awake();
  await idle();
  mindKeyboard();
  db.sweep().catch(() => null);
  const later = MODULES.map((name) => import(`./${name}.js`));
  await Promise.all([...LATER.map(dressed), ...later]).catch(() => null);
  import('./card.js').then((card) => card.keepCode()).catch(() => null);
  await keepShell(composer.writing);
}

/** A note was saved. */
export async function saved() {
  keepStorage();
  keep('noted', 'yes');
  await changed();
  flush({ now: navigator.onLine });
}

/** An interview in full, begun with the words in the composer: kept there before they leave it. */
async function moreAbout() {
  const note = /** @type {HTMLTextAreaElement} */ ($('#note'));
  const text = note.value.trim();
  const { tell } = await import('./meeting-draft.js');
  await tell((draft) => {
    if (text) draft.card_note = [draft.card_note, text].filter(Boolean).join('\n');
  });
  composer.leave();
  note.value = '';
  note.dispatchEvent(new Event('input'));
}

/** Links within the page need no new page. @param {MouseEvent} click */
function follow(click) {
  const link = /** @type {Element} */ (click.target).closest?.('a');
  if (!link || click.defaultPrevented || click.button || click.metaKey || click.ctrlKey || click.shiftKey) return;
  if (link.origin !== location.origin || link.hasAttribute('download')) return;
  click.preventDefault();
  delete document.documentElement.dataset.dim;
  go(link.pathname);
  if (link.id === 'said-link') say('');
}
