// A link to a field of this page, from an error summary or a warning, opens the panel around it and focuses it.
document.addEventListener('click', ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field?.matches('input, select, textarea')) return;
  for (let panel = field.closest('details'); panel; panel = panel.parentElement.closest('details')) panel.open = true;
  field.focus();
});
