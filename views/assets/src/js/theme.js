// Light, dark or as the system. The choice lives in a cookie, so that the server sends the next page in the right
// colours; here it changes at once and without a request.
const YEAR = 365 * 24 * 3600;

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!('themeForm' in form.dataset) || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const chosen = theme === 'light' || theme === 'dark';
  document.cookie = `theme=${theme}; path=/; samesite=lax; max-age=${YEAR}`;
  document.documentElement.dataset.theme = chosen ? theme : '';
  document.querySelector('meta[name="color-scheme"]').content = chosen ? theme : 'light dark';
  for (const button of form.querySelectorAll('button'))
    button.setAttribute('aria-pressed', String(button === event.submitter));
  form.hidePopover?.();
  announce();
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', announce);

function announce() {
  document.dispatchEvent(new Event('themechange'));
}
