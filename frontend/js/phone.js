/** This phone: its colours, the hand that holds it, and how the page gets onto its home screen. */

import { kept, wear } from './device.js';
import { $, on } from './dom.js';
import { install, way } from './install.js';

/** @param {HTMLElement} page */
export function show(page) {
  const choices = /** @type {HTMLInputElement[]} */ ([...page.querySelectorAll('input[type="radio"]')]);
  for (const choice of choices) {
    choice.checked = choice.value === kept(choice.name);
    on(choice, 'change', () => wear(choice.name, choice.value));
  }
  const fillIn = () => {
    const now = way();
    for (const line of page.querySelectorAll('[data-way]')) {
      /** @type {HTMLElement} */ (line).hidden = /** @type {HTMLElement} */ (line).dataset.way !== now;
    }
  };
  on($('#install', page), 'click', () => install().then(fillIn));
  on(window, 'appinstalled', fillIn);
  fillIn();
  return fillIn;
}
