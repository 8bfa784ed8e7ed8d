// Runs before the first paint, so that neither /log nor the chosen colours flash: a classic script, modules wait.
{
  const root = document.documentElement;
  const place = location.pathname.split('/')[1];
  root.dataset.view = { '': 'home', log: 'home', 'sign-in': 'account', join: 'account' }[place] ?? 'page';
  if (place === 'log') root.dataset.dim = '';

  const wear = () => {
    for (const name of ['theme', 'hand']) {
      const chosen = localStorage.getItem(name); // eslint-disable-line no-restricted-globals -- js/device.js says why
      if (chosen) root.dataset[name] = chosen;
      else delete root.dataset[name];
    }
  };
  try {
    wear();
    addEventListener('storage', wear); // chosen in another tab
  } catch {
    // No storage here: the page looks as the phone does.
  }

  /** The bar around the page has its colours, too. */
  const paint = () => {
    const worn = 'dim' in root.dataset ? 'dim' : root.dataset.theme;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      const { scheme } = /** @type {HTMLElement} */ (meta).dataset;
      const media = worn ? (scheme === worn ? 'all' : 'not all') : `(prefers-color-scheme: ${scheme})`;
      meta.setAttribute('media', media);
    }
  };
  paint();
  new MutationObserver(paint).observe(root, { attributeFilter: ['data-theme', 'data-dim'] });

  // Asked for in the settings and after the first note, not whenever a browser thinks of it.
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    globalThis.installing = /** @type {InstallPrompt} */ (event);
  });
}
