/** The critical path: a composer that can be typed into. Everything else comes when the page is idle. */

import { compose } from './composer.js';
import * as db from './db.js';
import { $, idle, mark } from './dom.js';
import * as notes from './note.js';
import { listen, say } from './status.js';

/** @type {Promise<typeof import('./app.js')> | undefined} */
let rest;
const app = () => (rest ??= import('./app.js'));

const composer = compose($('#composer'), { db, notes, say, saved: () => app().then((behind) => behind.saved()) });
listen();
mark('interactive');
composer.begin().then(async () => {
  await idle();
  (await app()).start(composer);
});
