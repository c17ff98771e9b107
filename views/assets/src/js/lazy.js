// Parts of a page that take a moment: loaded after the page, and again when they are of another plan.
//
//   <section data-lazy="PLAN" hx-get="/..." hx-trigger="lazy" hx-sync="this:replace" hx-target="#content">
//     <div id="content" hx-morph-skip>a link to the same as a page</div>
//
// What is typed comes first: while an answer to it is fetched, nothing lazy is.
import htmx, { afterSwap } from './htmx.js';

const asked = new WeakMap(); // content -> what it was asked for
const lazy = () => document.querySelectorAll('[data-lazy]');
const content = (part) => document.querySelector(part.getAttribute('hx-target'));

function load() {
  for (const part of lazy()) {
    if (asked.get(content(part)) === part.dataset.lazy) continue;
    asked.set(content(part), part.dataset.lazy);
    htmx.trigger(part, 'lazy');
  }
}

document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (!('live' in (ctx.sourceElement?.dataset ?? {}))) return;
  for (const part of lazy()) {
    if (!part.classList.contains('htmx-request')) continue;
    asked.delete(content(part));
    htmx.trigger(part, 'htmx:abort');
  }
});

const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 1));
if (document.readyState === 'complete') whenIdle(load);
else addEventListener('load', () => whenIdle(load));

afterSwap(load);
