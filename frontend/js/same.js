/** Who may be the same person: suggested on a card, merged only when asked to, and taken back by Undo. */

import { open } from './actions.js';
import { call, Refused } from './api.js';
import { $, clone, on } from './dom.js';
import { flush } from './outbox.js';
import { say } from './status.js';
import { refresh, trouble, waiting } from './store.js';
import { S } from './strings.js';
import { nameOf } from './task-row.js';

const AT_MOST = 3;

/** None where nobody answers: a card is of use without. @param {string} id @returns {Promise<any[]>} */
export const fetchSame = (id) => call('GET', `/contacts/${id}/duplicates?limit=${AT_MOST}`).then(
  ({ data }) => data.items, () => []);

/**
 * @param {HTMLElement} page @param {any} card @param {any[]} found
 * @param {{changed: () => boolean, again: () => void, more: () => void}} how whether something typed is not saved;
 *   show the card anew; ask for suggestions anew
 */
export function showSame(page, card, found, { changed, again, more }) {
  const rows = found.map(({ contact, because }) => {
    const row = clone('t-same', { name: nameOf(contact), company: contact.company, because: reasons(because, card) });
    $('a', row).setAttribute('href', `/people/${contact.id}`);
    on($('[data-do="merge"]', row), 'click', () => askMerge(card, contact, changed, again));
    on($('[data-do="apart"]', row), 'click', () => keepApart(card, contact, more));
    return row;
  });
  $('.same .people', page).replaceChildren(...rows);
  $('.same', page).hidden = !rows.length;
}

/** @param {{field: string, value: string}[]} because @param {any} card */
function reasons(because, card) {
  const said = because.map(({ field, value }) => (field === 'name' && value.toLowerCase() === nameOf(card).toLowerCase()
    ? S.because.sameName : S.because[/** @type {'email'} */ (field)](value)));
  return `${[...new Set(said)].join('. ')}.`;
}

/** @param {any} card @param {any} other @param {() => boolean} changed @param {() => void} again */
function askMerge(card, other, changed, again) {
  const names = [nameOf(other), nameOf(card)];
  const sheet = /** @type {HTMLDialogElement} */ (clone('t-merge', { what: S.mergeMoves(names[0], names[1]) }));
  const merge = /** @type {HTMLButtonElement} */ ($('.primary', sheet));
  on(merge, 'click', async () => {
    $('.form__error', sheet).textContent = changed() ? S.saveFirst : '';
    if (changed()) return;
    merge.disabled = true;
    try {
      if (waiting().length) await flush({ now: true });
      const { data } = await call('POST', `/contacts/${other.id}/merge`, { into: card.id });
      sheet.close();
      say(S.merged, { undo: () => tell(call('POST', `/merges/${data.merge_id}/undo`), S.parted, again) });
      await refresh();
      again();
    } catch (error) {
      await trouble(error);
      $('.form__error', sheet).textContent = why(error);
    }
    merge.disabled = false;
  });
  open(sheet);
}

/** @param {any} card @param {any} other @param {() => void} more */
function keepApart(card, other, more) {
  const path = `/contacts/${card.id}/not-duplicates/${other.id}`;
  tell(call('PUT', path), S.apart, more, () => tell(call('DELETE', path), S.suggestedAgain, more));
}

/** @param {Promise<any>} asked @param {string} said @param {() => void} then @param {() => void} [undo] */
async function tell(asked, said, then, undo) {
  try {
    await asked;
    say(said, { undo });
    await refresh();
    then();
  } catch (error) {
    await trouble(error);
    say(why(error));
  }
}

/** @param {unknown} error */
const why = (error) => (error instanceof Refused ? error.problem.detail : S.offline);
