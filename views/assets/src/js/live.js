// Live recompute. A form with data-live is sent when typing rests; htmx merges the answer into the page.
//
//   <form data-live hx-post="/" hx-trigger="submit, live" hx-sync="this:replace" hx-target="#planner"
//         hx-select="#planner" hx-swap="outerMorph">
//
// The newest input wins: an answer to older input is dropped, however late it comes.
import htmx, { afterSwap } from './htmx.js';
import { say } from './say.js';

const IDLE = 180; // milliseconds; with server and merging the answer is there within 300
const edits = new WeakMap(); // form -> count of edits so far
const answered = new WeakMap(); // form -> count of edits when the newest answer was asked for
const timers = new WeakMap(); // form -> pending timer

const isLive = (form) => form instanceof HTMLFormElement && 'live' in form.dataset;

document.addEventListener('input', ({ target }) => {
  const form = target.form;
  if (!isLive(form) || !target.name) return;
  edits.set(form, (edits.get(form) ?? 0) + 1);
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => htmx.trigger(form, 'live'), isTyped(target) ? IDLE : 0),
  );
});

document.addEventListener('submit', ({ target }) => clearTimeout(timers.get(target)), true);

// A form with data-after-live sends what is on the screen, such as a save: it waits until the newest input is answered.
let waiting; // { id, button } of such a form

document.addEventListener(
  'submit',
  (event) => {
    const { target, submitter } = event;
    const live = document.querySelector('form[data-live]');
    if (!('afterLive' in target.dataset) || !live || answered.get(live) === edits.get(live)) return;
    event.preventDefault();
    clearTimeout(timers.get(live));
    waiting = { id: target.id, button: submitter?.getAttribute('formaction') };
    htmx.trigger(live, 'live');
  },
  true,
);

document.addEventListener('htmx:error', () => {
  waiting = undefined;
});
document.addEventListener('htmx:before:swap', ({ detail: { ctx } }) => {
  if (ctx.response?.status >= 400) waiting = undefined;
});

function sendWaiting() {
  const form = waiting && document.getElementById(waiting.id);
  const { button } = waiting ?? {};
  waiting = undefined;
  // A form that was refused meanwhile says so in its place.
  if (!(form instanceof HTMLFormElement)) return;
  form.requestSubmit(
    [...form.querySelectorAll('button')].find((b) => b.getAttribute('formaction') === (button ?? null)),
  );
}

document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
  if (isLive(ctx.sourceElement)) ctx.edit = edits.get(ctx.sourceElement);
});

document.addEventListener('htmx:before:swap', (event) => {
  const { ctx, tasks } = event.detail;
  if (!isLive(ctx.sourceElement)) return;
  if (ctx.edit !== edits.get(ctx.sourceElement)) event.preventDefault();
  else answered.set(ctx.sourceElement, ctx.edit);
  // The focus stays where somebody types; it goes to the error summary only after an explicit submit.
  if (ctx.sourceEvent?.type !== 'submit') {
    for (const { fragment } of tasks)
      fragment?.querySelectorAll('[autofocus]').forEach((e) => e.removeAttribute('autofocus'));
  }
});

afterSwap((source) => {
  document.querySelectorAll('form[data-live]').forEach(syncChoices);
  if (source && 'lazy' in source.dataset) return say('The ranges are drawn.');
  say(document.querySelector('[data-announce]')?.textContent.trim());
  sendWaiting();
  if (source?.classList?.contains('sort')) say(`Sorted: ${source.textContent}`);
});

/** A choice the person touched ignores new attributes: set it to what the server answered. */
function syncChoices(form) {
  for (const control of form.elements) {
    if (control.type === 'radio' || control.type === 'checkbox') {
      if (control.name) control.checked = control.defaultChecked;
    } else if (control.options) {
      for (const option of control.options) option.selected = option.defaultSelected;
    }
  }
}

function isTyped(control) {
  return (
    control.tagName === 'TEXTAREA' ||
    (control.tagName === 'INPUT' && !['radio', 'checkbox', 'range', 'file'].includes(control.type))
  );
}
