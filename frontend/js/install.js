/** Onto the home screen: whether this browser can put the page there, and how. */

/**
 * `there` it runs from the home screen; `plain` only https brings it there; `button` the browser asks when it is told
 * to; `share` Safari on a phone, by hand; `menu` any other browser, by hand.
 * @returns {'there' | 'plain' | 'button' | 'share' | 'menu'}
 */
export function way() {
  if (matchMedia('(display-mode: standalone)').matches) return 'there';
  if (!isSecureContext) return 'plain';
  if (globalThis.installing) return 'button';
  if (!('standalone' in navigator)) return 'menu';
  return navigator.standalone ? 'there' : 'share';
}

/** The browser's own question. A prompt can be asked once. */
export async function install() {
  const asking = globalThis.installing;
  globalThis.installing = undefined;
  await asking?.prompt();
}
