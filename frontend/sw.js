/// <reference lib="webworker" />
// Keeps the whole shell of one version, so that the page opens in a basement. The API never goes through a cache.

const sw = /** @type {ServiceWorkerGlobalScope & {PRECACHE: {version: string, files: string[]}}} */ (
  /** @type {unknown} */ (self)
);
const policy = globalThis.trustedTypes?.createPolicy('sw', { createScriptURL: (/** @type {string} */ url) => url });
const listed = '/precache.js';
importScripts(/** @type {string} */ (policy ? policy.createScriptURL(listed) : listed));

const { version, files } = sw.PRECACHE;
const SHELL = `shell-${version}`;

sw.addEventListener('install', (event) => {
  const fresh = files.map((file) => new Request(file, { cache: 'no-cache' }));
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(fresh)));
});

sw.addEventListener('activate', (event) => {
  const old = (/** @type {string} */ name) => name.startsWith('shell-') && name !== SHELL;
  const clean = async () => {
    await Promise.all((await caches.keys()).filter(old).map((name) => caches.delete(name)));
    await sw.clients.claim();
  };
  event.waitUntil(clean());
});

// A new version waits until a page says that nobody is looking and nothing is being written.
sw.addEventListener('message', (event) => {
  if (event.data === 'take-over') sw.skipWaiting();
});

sw.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === 'POST' && origin === location.origin && pathname === '/log') event.respondWith(take(request));
  if (request.method !== 'GET' || origin !== location.origin || !ours(request, pathname)) return;
  event.respondWith(answer(request.mode === 'navigate' ? '/' : pathname, request));
});

/** @param {Request} request @param {string} pathname */
function ours(request, pathname) {
  if (request.mode !== 'navigate') return files.includes(pathname);
  if (pathname.startsWith('/events/')) return true; // a name may have a full stop in it
  return !/^\/(api|docs|problems|healthz|readyz)(\/|$)/.test(pathname) && !/\.[^/]*$/.test(pathname);
}

/** @param {string} file @param {Request} request */
async function answer(file, request) {
  const kept = await (await caches.open(SHELL)).match(file);
  return kept ?? fetch(request);
}

/** What another app shares is kept beside the draft; the composer puts it where it belongs. @param {Request} request */
async function take(request) {
  try {
    const form = await request.formData();
    const texts = ['title', 'text', 'url'].map((name) => form.get(name)).filter(Boolean);
    const given = /** @type {File[]} */ (form.getAll('files')).filter((file) => file.size);
    await keepShared({
      text: [...new Set(texts)].join('\n'),
      files: await Promise.all(given.map(async (file) => (
        { bytes: await file.arrayBuffer(), type: file.type, name: file.name }))),
    });
    return Response.redirect('/log', 303);
  } catch {
    return Response.redirect('/log?shared=lost', 303);
  }
}

/** @param {unknown} shared @returns {Promise<void>} */
function keepShared(shared) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('sundown');
    opening.onupgradeneeded = () => opening.transaction?.abort(); // no page was here yet that made the stores
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      try {
        const tx = db.transaction('draft', 'readwrite');
        tx.objectStore('draft').put(shared, 'shared');
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error);
      } catch (error) {
        reject(error);
      } finally {
        db.close();
      }
    };
  });
}
