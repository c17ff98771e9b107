// Entry of the chart bundle: reads the JSON block beside a plot and draws it as SVG. The summary and the table below
// the plot hold the same numbers and do not need this script.
import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import {
  AriaComponent,
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { readColours } from './chart/colours.js';
import { directLabels } from './chart/labels.js';
import { options } from './chart/options.js';
import { readByKeyboard } from './chart/keyboard.js';

echarts.use([
  BarChart,
  LineChart,
  SankeyChart,
  AriaComponent,
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => drawInto(target)));

/** Draws or redraws one plot. A plot without width (in a closed panel) is drawn when it gets one. */
export function drawInto(plot) {
  const block = document.getElementById(plot.dataset.chartFor);
  if (!block) return;
  sizes.observe(plot);
  if (!plot.clientWidth) return;
  const data = JSON.parse(block.textContent);
  // The plot is left out of merging, so its size follows the data here.
  plot.dataset.kind = data.kind;
  plot.dataset.rows = Math.min(24, data.categories.length);
  const colours = readColours(plot);
  const known = echarts.getInstanceByDom(plot);
  const chart = known ?? echarts.init(plot, null, { renderer: 'svg' });
  if (known) chart.resize();
  chart.setOption(options(data, colours, plot.clientWidth), { notMerge: true });
  const labels = directLabels(chart, data, colours, plot.clientWidth);
  if (labels.length) chart.setOption({ graphic: labels });
  chart.getZr().flush(); // at once: a page that is about to be printed has no next frame
  readByKeyboard(plot, chart, data);
}
