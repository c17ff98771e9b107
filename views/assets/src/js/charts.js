// Loads the chart bundle after the page is there, and only on pages with a chart.
import { afterSwap } from './htmx.js';

const file = document.querySelector('script[data-chart]')?.dataset.chart;
let library;

async function draw() {
  const plots = document.querySelectorAll('[data-chart-for]');
  if (!file || !plots.length) return;
  library ??= import(file);
  const { drawInto } = await library;
  plots.forEach(drawInto);
}

const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 1));
if (document.readyState === 'complete') whenIdle(draw);
else addEventListener('load', () => whenIdle(draw));

afterSwap(draw);
document.addEventListener('themechange', draw);
