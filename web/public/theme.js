// Sets the chosen theme before the first paint, so that the page never flashes in the other one.
try {
  const theme = localStorage.getItem('castellan.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // storage is switched off: the system's theme it is
}
