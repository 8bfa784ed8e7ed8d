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
    const [, ...parts] = pointer.split('/');
    const name = [parts.join('/'), parts[0] ?? ''].find((each) => named(form, each)) ?? '';
    const control = named(form, name);
    if (!control) rest.push(detail);
    else {
      const message = document.createElement('p');
      message.className = 'field__error';
      message.id = `bad-${name.replaceAll('/', '-')}`;
      message.textContent = detail;
      (control.closest('label') ?? control).after(message); // inside, it would become part of the name
      control.setAttribute('aria-invalid', 'true');
      control.setAttribute('aria-describedby', message.id);
      control.closest('details')?.setAttribute('open', '');
      first ??= control;
    }
  }
  $('.form__error', form).textContent = first ? rest.join(' ') : rest.join(' ') || otherwise;
  first?.focus();
}

/** @param {HTMLElement} form @param {string} name @returns {HTMLElement | null} */
const named = (form, name) => (name ? form.querySelector(`[name="${CSS.escape(name)}"]`) : null);
