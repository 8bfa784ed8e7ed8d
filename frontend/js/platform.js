/** What phones and browsers bring: the service worker, the badge, storage that stays, the keyboard's height. */

import { on } from './dom.js';

/** @param {() => boolean} writing whether a note is being written */
export async function keepShell(writing) {
  const workers = navigator.serviceWorker;
  if (!workers) return; // plain http over the network
  const had = Boolean(workers.controller);
  let outdated = false;
  const quiet = () => document.visibilityState === 'hidden' && !writing();
  on(workers, 'controllerchange', () => {
    outdated = had;
    renew();
  });
  const policy = globalThis.trustedTypes?.createPolicy('sw', { createScriptURL: (/** @type {string} */ url) => url });
  const script = /** @type {string} */ (policy ? policy.createScriptURL('/sw.js') : '/sw.js');
  const registration = await workers.register(script, { updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;

  /** A new version takes over while nobody looks and nothing is half written. */
  function renew() {
    if (!quiet()) return;
    if (outdated) location.reload();
    else registration?.waiting?.postMessage('take-over');
  }
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => null);
    else renew();
  });
}

/** Ask once that the browser keeps what is not sent yet. */
export async function keepStorage() {
  if (navigator.storage?.persist && !(await navigator.storage.persisted())) await navigator.storage.persist();
}

/** @param {number} count what is due today */
export function badge(count) {
  if (!('setAppBadge' in navigator)) return;
  (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => null);
}

/** Where the keyboard covers the page instead of shrinking it, end the page above the keyboard. */
export function mindKeyboard() {
  const seen = window.visualViewport;
  if (!seen) return;
  on(seen, 'resize', () => {
    const covered = seen.scale === 1 && innerHeight - seen.height > 1;
    document.body.style.blockSize = covered ? `${seen.height}px` : '';
  });
}
