// Runs before the first paint, so that /log never flashes: a classic script, because modules wait.
{
  const root = document.documentElement;
  const place = location.pathname.split('/')[1];
  root.dataset.view = { '': 'home', log: 'home', 'sign-in': 'account', join: 'account' }[place] ?? 'page';
  if (place === 'log') root.dataset.dim = '';
}
