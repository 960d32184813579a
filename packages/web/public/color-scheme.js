// Runs before the first paint, so that a dark page never flashes white. A file, because the content policy
// allows no inline script. The key is the one given to Mantine in src/app/theme.ts.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('kizashi.color-scheme');
  } catch {
    // Storage may be blocked; the system's choice is used then.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
