/** The line above the composer: what just happened, with Undo for eight seconds, and how the queue stands. */

import { $, on } from './dom.js';

const UNDO_MS = 8000;
/** @type {(() => void) | null} */
let undo = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {string} text
 * @param {{undo?: () => void, link?: {href: string, text: string}}} [more]
 */
export function say(text, more = {}) {
  clearTimeout(timer);
  undo = more.undo ?? null;
  $('#said').textContent = text;
  $('#undo').hidden = !undo;
  const link = /** @type {HTMLAnchorElement} */ ($('#said-link'));
  link.hidden = !more.link;
  link.textContent = more.link?.text ?? '';
  link.href = more.link?.href ?? '/';
  if (text && !more.link) timer = setTimeout(() => say(''), UNDO_MS);
}

/** How the queue stands. @param {string} text */
export function standing(text) {
  if ($('#standing').textContent !== text) $('#standing').textContent = text;
}

export function listen() {
  on($('#undo'), 'click', () => {
    const act = undo;
    say('');
    act?.();
  });
}
