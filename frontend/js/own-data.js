/** Everything out as one file, in from one, or gone. */

import { call, Refused } from './api.js';
import * as db from './db.js';
import { $, clone, field, on } from './dom.js';
import { refreshMe } from './session.js';
import { say } from './status.js';
import { changed, refresh, staleSky } from './store.js';
import { W } from './settings-strings.js';
import { sure } from './sure.js';

/** @param {HTMLElement} page */
export function show(page) {
  const form = $('form', page);
  const told = $('.told', page);
  const tell = (/** @type {string} */ text, /** @type {Node[]} */ ...more) => {
    told.replaceChildren(clone('t-told', { text }), ...more);
  };

  on(form, 'submit', async (event) => {
    event.preventDefault();
    const [file] = field(form, 'archive').files ?? [];
    if (!file) return tell(W.noFile);
    tell(W.importing);
    try {
      const { data } = await call('POST', '/me/import', file);
      tell(W.imported(data.imported));
    } catch (error) {
      if (!(error instanceof Refused)) return tell(W.notNow);
      const faults = error.problem.errors ?? [];
      return tell(error.problem.detail, ...faults.map(({ pointer, detail }) => clone('t-fault', { pointer, detail })));
    }
    await staleSky();
    await refreshMe();
    return refresh();
  });

  on($('#delete', page), 'click', async () => {
    const text = { title: '', text: '', yes: '' };
    if (!await sure(text, { template: 't-delete-account', word: 'delete', otherwise: W.typeDelete })) return undefined;
    try {
      await call('DELETE', '/me');
    } catch (error) {
      return say(error instanceof Refused ? error.problem.detail : W.notNow);
    }
    await db.wipe();
    await changed();
    document.dispatchEvent(new CustomEvent('go', { detail: '/' }));
    return say(W.deleted);
  });
}
