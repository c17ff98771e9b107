// Loads the chart bundle after the page is there, and only on pages with a chart.
import { afterSwap } from './htmx.js';

const file = document.querySelector('script[data-chart]')?.dataset.chart;
let library;
let drawInto; // once the library is loaded

async function draw() {
  const plots = document.querySelectorAll('[data-chart-for]');
  if (!file || !plots.length) return;
  library ??= import(file);
  ({ drawInto } = await library);
  plots.forEach(drawInto);
}

/** Charts are drawings of a size and in colours: on paper they are drawn again, for its width and its white. */
function onPaper(printing) {
  document.documentElement.classList.toggle('on-paper', printing);
  if (drawInto) document.querySelectorAll('[data-chart-for]').forEach(drawInto);
}

const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 1));
if (document.readyState === 'complete') whenIdle(draw);
else addEventListener('load', () => whenIdle(draw));

afterSwap(draw);
document.addEventListener('themechange', draw);
addEventListener('beforeprint', () => onPaper(true));
addEventListener('afterprint', () => onPaper(false));
