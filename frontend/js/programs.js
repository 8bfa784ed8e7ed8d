/** Tokens: with one another program may use the account, as far as its scope goes. */

import { call, Refused } from './api.js';
import { $, clone, field, on } from './dom.js';
import { badFields, clearBad } from './fields.js';
import { dated, soon } from './format.js';
import { listOf } from './server-list.js';
import { say } from './status.js';
import { W } from './settings-strings.js';
import { sure } from './sure.js';

/** @param {HTMLElement} page */
export function show(page) {
  const form = /** @type {HTMLFormElement} */ ($('form', page));
  const tokens = listOf($('.tokens', page), '/tokens?limit=200', row, W.noTokens);

  /** @param {any} token */
  function row(token) {
    const { name, scope, expires_at: ends, last_used_at: used } = token;
    const over = ends && Date.parse(ends) <= Date.now();
    const end = ends ? (over ? W.ended : W.until)(dated(ends)) : W.endless;
    const shown = clone('t-token', {
      name, may: `${W.scopes[scope] ?? scope}, ${end}`, used: used ? W.used(soon(new Date(used), new Date())) : W.never,
    });
    const button = $('button', shown);
    button.setAttribute('aria-label', W.revoke(name));
    on(button, 'click', async () => {
      const words = { title: W.revokeTitle(name), text: W.revokeHint, yes: W.revokeIt };
      if (await sure(words)) await tokens.change('DELETE', `/tokens/${token.id}`, W.revoked);
    });
    return shown;
  }

  on(form, 'submit', async (event) => {
    event.preventDefault();
    clearBad(form);
    const days = Number(field(form, 'days').value);
    const given = {
      name: field(form, 'name').value.trim(),
      scope: /** @type {HTMLInputElement} */ ($('[name="scope"]:checked', form)).value,
      expires_at: days ? new Date(Date.now() + days * 86400000).toISOString() : null,
    };
    try {
      const { data } = await call('POST', '/tokens', given);
      form.reset();
      tell(data.token, data.name);
    } catch (error) {
      if (error instanceof Refused) return badFields(form, error.problem, error.problem.detail);
      return badFields(form, null, W.notNow);
    }
    return tokens.load();
  });

  /** The one time it is seen. @param {string} secret @param {string} name */
  function tell(secret, name) {
    const told = clone('t-token-made', { name, secret });
    $('.made', page).replaceChildren(told);
    const shown = $('code', told);
    on($('button', told), 'click', async () => {
      const copied = await navigator.clipboard?.writeText(secret).then(() => true, () => false);
      if (copied) return say(W.copied);
      getSelection()?.selectAllChildren(shown);
      return say(W.copyByHand);
    });
    $('h2', told).focus();
  }

  tokens.load();
  return tokens.again;
}
