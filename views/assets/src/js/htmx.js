// The one place that imports htmx, so that every module shares the same copy.
import htmx from 'htmx.org/dist/htmx.esm.js';

export default htmx;

/** Calls the function after every swap with the element that asked for it. */
export function afterSwap(then) {
  document.addEventListener('htmx:after:swap', (event) => then(event.detail.ctx.sourceElement, event.detail.ctx));
}
