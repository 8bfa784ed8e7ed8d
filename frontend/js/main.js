/** The critical path: a composer that can be typed into. Everything else comes when the page is idle. */

import { compose } from './composer.js';
import * as db from './db.js';
import { $, dressed, idle, mark, style, templates } from './dom.js';
import * as notes from './note.js';
import * as status from './status.js';

/** @type {Promise<typeof import('./app.js')> | undefined} */
let rest;
const app = () => (rest ??= import('./app.js').catch((error) => {
  rest = undefined; // no signal before the service worker was there: the composer works, the rest waits
  throw error;
}));

const saved = () => void app().then((behind) => behind.saved(), () => {});
const composer = compose($('#composer'), { db, notes, status, saved });
mark('interactive');
composer.begin().then(idle).then(begin);

/** @returns {Promise<void>} */
async function begin() {
  ahead().catch(() => null);
  try {
    (await app()).start(composer);
  } catch {
    addEventListener('online', begin, { once: true });
  }
}

/** What the first screen wants beside its modules comes with them, not after them. */
function ahead() {
  const account = document.documentElement.dataset.view === 'account';
  return Promise.all([style('tasks'), templates('tasks'), account && dressed('account')]);
}
