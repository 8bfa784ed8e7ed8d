/** The form that creates an account or signs in; one at a time. */

import { Refused } from './api.js';
import { $, clone, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { createAccount, signIn } from './session.js';
import { waiting } from './store.js';
import { S } from './strings.js';

/** @param {HTMLElement} main @param {boolean} creating @param {(path: string) => void} go */
export function showAccount(main, creating, go) {
  const count = waiting().length;
  const notes = count ? S.welcomeNotes(count) : null;
  const page = clone(creating ? 't-join' : 't-sign-in', creating ? { notes } : {});
  const form = $('form', page);
  let busy = false;

  /** @returns {Promise<void>} */
  function submit() {
    const value = (/** @type {string} */ name) => field(form, name).value.trim();
    const password = field(form, 'password').value;
    const code = form.querySelector('[name="code"]');
    if (!creating) return signIn(value('email'), password);
    const key = code?.getAttribute('data-for') ?? '';
    const extra = code && value('code') ? { [key]: value('code') } : {};
    return createAccount({ email: value('email'), password, name: value('name'), ...extra });
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    clearBad(form);
    try {
      await submit();
      go('/');
    } catch (error) {
      explain(form, error);
    } finally {
      busy = false;
    }
  });
  main.replaceChildren(page);
}

/** @param {HTMLElement} form @param {unknown} error */
function explain(form, error) {
  const kind = error instanceof Refused ? error.kind : '';
  if (kind === 'setup-code-needed') askFor(form, 'setup_code', 't-setup-code', S.setupCode);
  else if (kind === 'invite-needed') askFor(form, 'invite', 't-invite', S.invite);
  else if (kind === 'sign-up-closed') badFields(form, null, S.closed);
  else if (error instanceof Refused) badFields(form, error.problem, error.problem.detail);
  else badFields(form, null, S.offline);
}

/** One more field, only where it is needed; asked twice, the code given was not right. */
function askFor(/** @type {HTMLElement} */ form, /** @type {string} */ name, /** @type {string} */ template,
  /** @type {string} */ text) {
  if (!form.querySelector('[name="code"]')) $('.form__error', form).before(clone(template));
  field(form, 'code').dataset.for = name;
  badFields(form, null, text);
  field(form, 'code').focus();
}
