/** Where the account is signed in, and the password. */

import { call, Refused } from './api.js';
import { browserName } from './browser-name.js';
import { $, clone, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { soon } from './format.js';
import { listOf } from './server-list.js';
import { say } from './status.js';
import { state } from './store.js';
import { W } from './settings-strings.js';

/** @param {HTMLElement} page */
export function show(page) {
  const form = /** @type {HTMLFormElement} */ ($('form', page));
  const devices = listOf($('.devices', page), '/sessions?limit=200', row);
  field(form, 'username').value = state.me?.email ?? '';

  /** @param {any} session */
  function row(session) {
    const { browser, system } = browserName(session.user_agent);
    const device = W.onSystem(browser, system) || W.someDevice;
    const used = session.current ? W.thisOne : W.used(soon(new Date(session.last_used_at), new Date()));
    const shown = clone('t-session', { device, used });
    const button = $('button', shown);
    if (session.current) button.remove();
    button.setAttribute('aria-label', W.signOutThere(device));
    on(button, 'click', () => devices.change('DELETE', `/sessions/${session.id}`, W.signedOutThere));
    return shown;
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    clearBad(form);
    const [current, fresh] = [field(form, 'current'), field(form, 'new')];
    try {
      await call('PUT', '/me/password', { current: current.value, new: fresh.value });
    } catch (error) {
      if (error instanceof Refused) return badFields(form, error.problem, error.problem.detail);
      return badFields(form, null, W.notNow);
    }
    form.reset();
    say(W.passwordChanged);
    return devices.load();
  });
  devices.load();
  return devices.again;
}
