// When the server is away or answers with an error, the page and what was typed stay; a banner says so.
// 422 is not trouble: it is the form again, with its messages.
import htmx from './htmx.js';

document.addEventListener('htmx:before:swap', (event) => {
  const { response, sourceElement } = event.detail.ctx;
  if (!response || response.status < 400 || response.status === 422) {
    document.querySelector('.trouble')?.remove();
    return;
  }
  event.preventDefault();
  const id = response.headers.get('X-Request-ID');
  show(
    `The server answered ${response.status}.`,
    `What you typed is kept.${id ? ` Request ${id}.` : ''}`,
    sourceElement,
  );
});

document.addEventListener('htmx:error', ({ detail: { ctx } }) => {
  if (ctx && !ctx.response) show('Not connected.', 'What you typed is kept in this tab.', ctx.sourceElement);
});

function show(title, text, source) {
  const template = document.getElementById('trouble');
  if (!template) return;
  document.querySelector('.trouble')?.remove();
  const banner = template.content.firstElementChild.cloneNode(true);
  banner.querySelector('b').textContent = title;
  banner.querySelector('[data-text]').textContent = text;
  banner.querySelector('button').addEventListener('click', () => retry(source));
  document.getElementById('notices').append(banner);
}

function retry(source) {
  if (source instanceof HTMLFormElement) htmx.trigger(source, 'live' in source.dataset ? 'live' : 'submit');
  else source?.click();
}
