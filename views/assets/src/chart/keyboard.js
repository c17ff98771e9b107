// What a pointer can read, arrow keys can: left and right move through the plot, Escape closes the read-out.
import { readOut } from './options.js';

const places = new WeakMap(); // plot -> index that is read

export function readByKeyboard(plot, chart, data) {
  const figure = plot.closest('figure');
  plot.tabIndex = 0;
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-roledescription', 'chart; arrow keys read its values');
  plot.setAttribute('aria-label', figure.querySelector('.chart-title').textContent);
  plot.setAttribute('aria-describedby', figure.querySelector('figcaption').id);
  plot.onkeydown = (event) => move(event, plot, chart, data);
  plot.onblur = () => chart.dispatchAction({ type: 'hideTip' });
}

function move(event, plot, chart, data) {
  if (event.key === 'Escape') {
    chart.dispatchAction({ type: 'hideTip' });
    return;
  }
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (!(event.key in steps)) return;
  event.preventDefault();
  const last = data.categories.length - 1;
  const at = Math.min(last, Math.max(0, (places.get(plot) ?? -1) + steps[event.key]));
  places.set(plot, at);
  chart.dispatchAction({
    type: 'showTip',
    seriesIndex: 0,
    dataIndex: at,
    ...(data.kind === 'flow' && { dataType: 'edge' }),
  });
  const live = document.getElementById('live');
  if (live) live.textContent = readOut(data, at).replaceAll('\n', '. ');
}
