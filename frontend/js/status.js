/** The line above the composer: what just happened, with Undo for eight seconds, and how the queue stands. */

import { $, clone, on } from './dom.js';
import { S } from './strings.js';

const UNDO_MS = 8000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** What was said goes by itself, once it has been seen for so long. */
let passing = false;

function pass() {
  clearTimeout(timer);
  if (passing && document.visibilityState === 'visible') timer = setTimeout(() => say(''), UNDO_MS);
}
on(document, 'visibilitychange', pass);

/**
 * @param {string} text
 * @param {{undo?: () => void, link?: {href: string, text: string}}} [more]
 */
export function say(text, { undo, link } = {}) {
  ask(text, undo ? { [S.undo]: undo } : {});
  const way = /** @type {HTMLAnchorElement} */ ($('#said-link'));
  way.hidden = !link;
  way.textContent = link?.text ?? '';
  way.href = link?.href ?? '/';
  passing = Boolean(text && !link);
  pass();
}

/**
 * Stays until it is answered or something else is said.
 * @param {string} text @param {Record<string, () => void>} answers
 */
export function ask(text, answers) {
  passing = false;
  clearTimeout(timer);
  $('#said').textContent = text;
  $('#said-link').hidden = true;
  const buttons = Object.entries(answers).map(([label, act]) => {
    const button = clone('t-answer', { label });
    on(button, 'click', () => {
      say('');
      act();
    });
    return button;
  });
  $('#answers').replaceChildren(...buttons);
}

/** How the queue stands. @param {string} text */
export function standing(text) {
  if ($('#standing').textContent !== text) $('#standing').textContent = text;
}
