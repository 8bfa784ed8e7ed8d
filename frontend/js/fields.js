/** What the server says about a field, next to that field. */

import { $ } from './dom.js';

/** @param {HTMLElement} form */
export function clearBad(form) {
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    control.removeAttribute('aria-describedby');
  }
  for (const message of form.querySelectorAll('.field__error')) message.remove();
  $('.form__error', form).textContent = '';
}

/**
 * Each error stands below its field; what belongs to none, and `otherwise`, below the form.
 * @param {HTMLElement} form @param {Problem | null} problem @param {string} otherwise
 */
export function badFields(form, problem, otherwise) {
  const rest = [];
  /** @type {HTMLElement | null} */
  let first = null;
  for (const { pointer, detail } of problem?.errors ?? []) {
    const name = pointer.split('/')[1] ?? '';
    const control = /** @type {HTMLElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]`));
    if (!control) rest.push(detail);
    else {
      const message = document.createElement('p');
      message.className = 'field__error';
      message.id = `bad-${name}`;
      message.textContent = detail;
      (control.closest('label') ?? control).after(message); // inside, it would become part of the name
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', message.id);
      first ??= control;
    }
  }
  $('.form__error', form).textContent = first ? rest.join(' ') : rest.join(' ') || otherwise;
  first?.focus();
}
