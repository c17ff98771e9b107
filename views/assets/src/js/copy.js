// Copy the address of this page: it holds the whole plan.
import { say } from './say.js';

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy-link]');
  if (!button) return;
  const done = await copy(location.href);
  const label = button.dataset.label ??= button.textContent.trim();
  button.textContent = done ? 'Copied' : 'Copy it from the address bar';
  say(button.textContent);
  setTimeout(() => { button.textContent = label; }, 2500);
});

/** Browsers give the clipboard only to secure pages; a self-hosted server may be reached by plain HTTP. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
