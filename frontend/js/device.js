/**
 * What belongs to this device and to no account: its colours, the hand that holds it, hints that were put away.
 * In localStorage, because boot.js has to know before the first paint and IndexedDB answers after it. Nothing of it is
 * private, so it outlives a sign-out.
 */

/* eslint-disable no-restricted-globals -- a setting that a killed page loses is only set again */

/** @param {string} name */
export function kept(name) {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

/** @param {string} name @param {string} value nothing for as it was at first */
export function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // No storage here: it holds until the page is closed.
  }
}

/** Look and lie in the hand like that from now on. @param {string} name @param {string} value */
export function wear(name, value) {
  keep(name, value);
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}
