/** Onto the home screen: whether this browser can put the page there, how, and the one time it is spoken of. */

import { keep, kept } from './device.js';
import { clone, on } from './dom.js';

/**
 * `there` it runs from the home screen; `plain` only https brings it there; `button` the browser asks when it is told
 * to; `share` Safari on a phone, by hand; `menu` any other browser, by hand.
 * @returns {'there' | 'plain' | 'button' | 'share' | 'menu'}
 */
export function way() {
  const { standalone } = /** @type {{standalone?: boolean}} */ (navigator); // Safari on a phone alone has it
  if (standalone || matchMedia('(display-mode: standalone)').matches) return 'there';
  if (!isSecureContext) return 'plain';
  if (globalThis.installing) return 'button';
  return standalone === false ? 'share' : 'menu';
}

/** The browser's own question. A prompt can be asked once. */
export async function install() {
  const asking = globalThis.installing;
  globalThis.installing = undefined;
  await asking?.prompt();
}

/** Which line stands on top. @type {'' | 'button' | 'share' | 'plain'} */
let told = '';

/**
 * One quiet line: after the first note how the page gets onto the home screen, over plain http what is missing. Put
 * away once, it does not come back.
 * @param {boolean} moving whether the page looks different now anyway: only then it comes, so that nothing moves for it
 */
export function hint(moving) {
  if (moving) {
    const now = way();
    told = now === 'plain' || (kept('noted') && (now === 'button' || now === 'share')) ? now : '';
  }
  if (!told || kept(`told-${told}`)) return [];
  const line = clone(`t-banner-${told}`);
  const away = () => {
    keep(`told-${told}`, 'yes');
    line.remove();
  };
  for (const button of line.querySelectorAll('button')) {
    on(button, 'click', () => {
      away();
      if (button.dataset.do === 'install') install();
    });
  }
  return [line];
}

on(window, 'appinstalled', () => keep('told-button', 'yes'));
