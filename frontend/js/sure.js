/** One calm question before something that does not come back. */

import { open } from './actions.js';
import { $, clone, field, on } from './dom.js';

/**
 * @param {{title: string, text: string, yes: string}} words
 * @param {{template?: string, word?: string, otherwise?: string}} [how] with a `word` that has to be typed
 * @returns {Promise<boolean>}
 */
export function sure(words, { template = 't-sure', word, otherwise = '' } = {}) {
  const sheet = /** @type {HTMLDialogElement} */ (clone(template, words));
  return new Promise((resolve) => {
    on($('form', sheet), 'submit', (event) => {
      event.preventDefault();
      if (word && field(sheet, 'word').value.trim().toLowerCase() !== word) {
        $('.form__error', sheet).textContent = otherwise;
        field(sheet, 'word').focus();
        return;
      }
      resolve(true);
      sheet.close();
    });
    on(sheet, 'close', () => resolve(false));
    open(sheet);
  });
}
