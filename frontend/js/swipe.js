/** Swipes on a row: to the right Done, to the left Snooze. Each has its button, so nothing depends on them. */

import { on } from './dom.js';

/** Pixels until a touch is a swipe, and until it counts. */
const [BEGINS, COUNTS] = [12, 88];

/** @param {HTMLElement} row @param {(verb: 'complete' | 'snooze') => void} act */
export function swipes(row, act) {
  /** @type {{x: number, y: number, moving: boolean} | null} */
  let from = null;
  const end = () => {
    from = null;
    row.style.translate = '';
    delete row.dataset.swipe;
  };

  on(row, 'pointerdown', (event) => {
    const control = event.target.closest('a, button');
    from = event.isPrimary && event.pointerType !== 'mouse' && !control
      ? { x: event.clientX, y: event.clientY, moving: false } : null;
  });
  on(row, 'pointermove', (event) => {
    if (!from) return;
    const across = event.clientX - from.x;
    if (!from.moving) {
      if (Math.abs(event.clientY - from.y) > BEGINS) from = null;
      if (!from || Math.abs(across) < BEGINS) return;
      from.moving = true;
      row.setPointerCapture(event.pointerId);
    }
    row.style.translate = `${across}px`;
    if (Math.abs(across) < COUNTS) delete row.dataset.swipe;
    else row.dataset.swipe = across > 0 ? 'complete' : 'snooze';
  });
  on(row, 'pointerup', () => {
    const verb = /** @type {'complete' | 'snooze' | undefined} */ (row.dataset.swipe);
    end();
    if (verb) act(verb);
  });
  on(row, 'pointercancel', end);
}
