// Turns our chart data (views.Chart in Go) into ECharts options. Values are drawn; the texts shown for them come from
// the server, so that chart, table and file say the same.
import { flow, readFlow } from './flow.js';
import { fanSeries } from './fan.js';
import { hatch } from './hatch.js';
import { points } from './points.js';
import { wallSeries, wallTop } from './wall.js';

/** Below this width there is no room for labels at the right of the plot. */
export const NARROW = 560; // pixels
/** What labels at the right take. */
export const LABEL_ROOM = 180; // pixels

export function options(data, colours, width) {
  const shape = shapes[data.kind]?.(data, colours, width) ?? months(data, colours, width);
  return {
    animation: false,
    aria: { enabled: false }, // the plot has its own name and description; see keyboard.js
    textStyle: { fontFamily: colours.font, fontSize: 12, color: colours.ink2 },
    tooltip: {
      trigger: data.kind === 'points' || data.kind === 'flow' ? 'item' : 'axis',
      renderMode: 'richText', // drawn in the SVG: no HTML and no inline styles
      axisPointer: {
        type: isLines(data) ? 'line' : 'shadow',
        shadowStyle: { color: colours.ink3, opacity: 0.12 },
        lineStyle: { color: colours.ink3 },
      },
      confine: true,
      backgroundColor: colours.raised,
      borderColor: colours.ink3,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: colours.ink, fontSize: 12, lineHeight: 18 },
      formatter: (at) => (data.kind === 'flow' ? readFlow(data, at) : readOut(data, (at[0] ?? at).dataIndex)),
    },
    ...shape,
  };
}

/** The drawings that are not of months. */
const shapes = {
  flow,
  bars,
  points: (data, colours, width) => points(data, colours, width < NARROW, LABEL_ROOM, compact),
};

/** A value as the server wrote it, with its currency; an unknown one is never a zero. */
export function shownValue(data, series, at) {
  const value = series.values[at];
  return value === null ? 'unknown' : data.prefix + (series.texts?.[at] ?? compact(value));
}

/** The values at one place, line by line: for the tooltip and for the keyboard. */
export function readOut(data, at) {
  const said = data.kind === 'points' ? data.series.filter((s) => s.values[at] !== null) : data.series;
  const lines = said.map((s) => `${s.name}: ${shownValue(data, s, at)}`);
  const total = data.totals?.[at] && data.series.length > 1 ? [`Total: ${data.prefix}${data.totals[at]}`] : [];
  return [data.categories[at], ...lines, ...total].join('\n');
}

function months(data, colours, width) {
  const narrow = width < NARROW;
  const short = data.categories.map(shortMonth);
  return {
    grid: {
      left: 4,
      right: narrow ? 8 : LABEL_ROOM,
      top: topRoom(data, narrow),
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: short,
      boundaryGap: !isLines(data),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.ink2 } },
      axisLabel: {
        color: colours.ink3,
        interval: every(data.categories, width),
        showMinLabel: true,
        alignMinLabel: 'left',
      },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      max: data.kind === 'wall' ? wallTop(data) : undefined,
      splitLine: { lineStyle: { color: colours.rule } },
      axisLabel: { color: colours.ink3, formatter: (v) => data.prefix + compact(v) },
    },
    series: seriesOf(data, colours),
  };
}

function seriesOf(data, colours) {
  if (data.kind === 'wall') return wallSeries(data, colours);
  if (data.kind === 'fan') return fanSeries(data, colours);
  return data.series.map((s, i) => (data.kind === 'lines' ? line(s, i, colours) : column(s, i, colours)));
}

/** Lines stand on the months, columns between them. */
export const isLines = (data) => data.kind === 'lines' || data.kind === 'wall' || data.kind === 'fan';

/** What stands above the plot: names where it is narrow, and the two lines of a wall's label. */
export function topRoom(data, narrow) {
  return 12 + (narrow ? 20 * data.series.length : 0) + (data.wall ? 28 : 0);
}

function column(s, i, colours) {
  return {
    type: 'bar',
    name: s.name,
    data: s.values,
    stack: 'all',
    barCategoryGap: '22%',
    emphasis: { disabled: true },
    itemStyle: {
      color: colours.series[i % 6],
      decal: hatch(i, colours.paper),
      borderColor: colours.paper,
      borderWidth: 0.5,
    },
  };
}

function line(s, i, colours) {
  return {
    type: 'line',
    name: s.name,
    data: s.values,
    showSymbol: false,
    emphasis: { disabled: true },
    lineStyle: {
      color: colours.series[i % 6],
      width: s.strong ? 3 : 1.75,
      type: ['solid', 'dashed', 'dotted'][i % 3],
    },
    itemStyle: { color: colours.series[i % 6] },
  };
}

function bars(data, colours, width) {
  const [series] = data.series;
  const names = data.categories.map(
    (name, i) => name + mark(data, name) + (series.values[i] === null ? ' (unknown)' : ''),
  );
  return {
    grid: {
      left: 4,
      right: width < NARROW ? 84 : 112,
      top: 4,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: { type: 'value', min: 0, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.ink2 } },
      axisLabel: { color: colours.ink, width: Math.min(240, width * 0.45), overflow: 'break', lineHeight: 15 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 18,
        barCategoryGap: '40%',
        emphasis: { disabled: true },
        data: series.values.map((value, i) => ({ value, itemStyle: barStyle(data, i, colours) })),
        label: {
          show: true,
          position: 'right',
          color: colours.ink,
          formatter: (p) => shownValue(data, series, p.dataIndex),
        },
      },
    ],
  };
}

function barStyle(data, i, colours) {
  const [name, baseline] = [data.categories[i], data.categories[i] === data.baseline];
  const color = name === data.best ? colours.accent : baseline ? colours.ink3 : colours.accentMid;
  return { color, decal: hatch(baseline ? 1 : 0, colours.paper) };
}

/** Colour never stands alone: the word is in the label too. */
function mark(data, name) {
  const words = [name === data.baseline && 'baseline', name === data.best && 'lowest'].filter(Boolean);
  return words.length ? `, ${words.join(' and ')}` : '';
}

/** Ticks of an axis are our own round numbers, not data: 50k, 1.2M. */
export function compact(v) {
  for (const [size, unit] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]) {
    if (Math.abs(v) >= size) return Number((v / size).toPrecision(3)) + unit;
  }
  return String(Number(v.toPrecision(3)));
}

/** "Jan 2027" stays for January and the first month; others lose their year. */
function shortMonth(text, i) {
  return i > 0 && /^[A-Z][a-z]{2} \d{4}$/.test(text) && !text.startsWith('Jan') ? text.slice(0, 3) : text;
}

/** Which labels of the month axis are shown: quarters, halves or years, starting at January. */
function every(categories, width) {
  const step = [1, 3, 6, 12].find((n) => (categories.length / n) * 64 < width) ?? 12;
  const january = Math.max(
    0,
    categories.findIndex((c) => c.startsWith('Jan')),
  );
  return (i) => i === 0 || ((i - january) % step === 0 && i >= Math.min(2, step));
}
