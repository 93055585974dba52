// Before anything is drawn: the theme that the reader has chosen, else the system's.
(() => {
  try {
    const theme = localStorage.getItem('theme');
    if (theme !== null) document.documentElement.dataset.theme = theme;
  } catch {
    // A page that was opened from a directory may have no storage.
  }
})();
