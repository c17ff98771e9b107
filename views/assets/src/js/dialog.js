// A figure that opens how it was computed: the link leads to a page; here its content is shown in a dialog.
import { afterSwap } from './htmx.js';

afterSwap((source) => {
  if (source?.dataset && 'how' in source.dataset) {
    const dialog = document.getElementById('how');
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }
});

// What is closed is gone: no heading or figure twice on the page.
document.getElementById('how')?.addEventListener('close', () => document.getElementById('how-body').replaceChildren());

// A click beside the dialog closes it, as Escape does.
document.addEventListener('click', ({ target }) => {
  if (target instanceof HTMLDialogElement && target.open && target.matches(':modal')) target.close();
});
