// Copy the address of this page: it holds the whole plan.
import { say } from './say.js';

document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy-link]');
  if (!button) return;
  if (!await copy(location.href)) {
    offer(location.href);
    return;
  }
  const label = button.dataset.label ??= button.textContent.trim();
  button.textContent = 'Copied';
  say(button.textContent);
  setTimeout(() => { button.textContent = label; }, 2500);
});

/** Shows the text in a field, selected, to be copied by hand. */
function offer(text) {
  const field = document.getElementById('copy-by-hand-address');
  field.value = text;
  document.getElementById('copy-by-hand').showModal();
  field.select();
}

/** Browsers give the clipboard only to secure pages; a self-hosted server may be reached by plain HTTP. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
