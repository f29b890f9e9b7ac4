// Runs before the first paint: a page that flashes white at 3 a.m. hurts.
(() => {
  try {
    const theme = localStorage.getItem('sitrep.theme');
    if (theme === '"light"' || theme === '"dark"') {
      document.documentElement.dataset.theme = theme.slice(1, -1);
    }
  } catch {
    // Storage is switched off: the system's choice stands.
  }
})();
