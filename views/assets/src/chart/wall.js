// The chart of a wall: who wants to be served, who is, the ceilings, and a marker where growth stops. Lines differ in
// form as well as colour: demand thin, served thick, ceilings dashed steps. Red is for the wall alone.
import { hatch } from './hatch.js';

const LETTER = 6.6; // pixels a letter of a label takes on average
const LINE = 15; // pixels a line of text takes

/** The series of the chart: the area between wanted and served first, then the lines, the marker last. */
export function wallSeries(data, colours) {
  const lines = data.series.map((s, i) => line(s, i, data, colours));
  return data.wall ? [...lines, ...gap(data, colours), marker(data, colours)] : lines;
}

/** The axis ends above demand; a ceiling far above it leaves the plot. */
export function wallTop(data) {
  const most = Math.max(...data.series.filter((s) => s.role !== 'ceiling').flatMap((s) => s.values));
  if (!(most > 0)) return undefined;
  const step = 10 ** Math.floor(Math.log10(most)) / 4;
  return Math.ceil((most * 1.1) / step) * step;
}

/** The colour of a series: ink for demand, the accent for what is served, grey for ceilings. */
export function roleColour(role, colours) {
  return { wanted: colours.ink, served: colours.accent }[role] ?? colours.ink3;
}

function line(s, i, data, colours) {
  const color = roleColour(s.role, colours);
  const ceiling = s.role === 'ceiling';
  return {
    type: 'line',
    name: s.name,
    data: s.values,
    showSymbol: false,
    emphasis: { disabled: true },
    clip: true,
    step: ceiling ? 'middle' : false,
    z: s.role === 'served' ? 4 : 3,
    lineStyle: {
      color,
      width: s.role === 'served' ? 3 : ceiling ? 1.25 : 1.75,
      type: ceiling
        ? [
            [5, 4],
            [1.5, 3.5],
            [8, 3, 2, 3],
            [2, 2],
          ][(i + 2) % 4]
        : 'solid',
    },
    itemStyle: { color },
    areaStyle: s.role === 'served' ? { color: colours.accent, opacity: 0.09 } : undefined,
  };
}

/** Who is turned away: an area between the two lines, hatched in the colour of walls. */
function gap(data, colours) {
  const [wanted, served] = ['wanted', 'served'].map((role) => data.series.find((s) => s.role === role).values);
  const plain = {
    type: 'line',
    stack: 'gap',
    showSymbol: false,
    silent: true,
    emphasis: { disabled: true },
    tooltip: { show: false },
    lineStyle: { opacity: 0, width: 0 },
    z: 1,
  };
  return [
    { ...plain, name: 'below', data: served, areaStyle: { opacity: 0 } },
    {
      ...plain,
      name: 'gap',
      data: wanted.map((v, i) => Math.max(0, v - served[i])),
      areaStyle: { color: colours.wall, opacity: 0.12 },
      itemStyle: { color: colours.wall, decal: hatch(1, colours.wall) },
    },
  ];
}

function marker(data, colours) {
  return {
    type: 'line',
    name: 'wall',
    z: 6,
    silent: true,
    emphasis: { disabled: true },
    tooltip: { show: false },
    symbol: 'circle',
    symbolSize: 11,
    showSymbol: true,
    showAllSymbol: true,
    data: data.categories.map((_, i) => (i === data.wall.at ? data.wall.users : null)),
    itemStyle: { color: colours.wall, borderColor: colours.paper, borderWidth: 2 },
    markLine: {
      silent: true,
      symbol: 'none',
      animation: false,
      label: { show: false },
      lineStyle: { color: colours.wall, width: 2, type: 'solid' },
      data: [{ xAxis: data.wall.at }],
    },
  };
}

/**
 * The money between wanted and served, written into that area at its right end where it fits: the amount over its
 * words.
 */
export function gapLabel(chart, data, colours) {
  if (!data.wall?.behind) return [];
  const [wanted, served] = ['wanted', 'served'].map((role) => data.series.find((s) => s.role === role).values);
  const x = (i) => chart.convertToPixel({ xAxisIndex: 0 }, i);
  const y = (v) => chart.convertToPixel({ yAxisIndex: 0 }, v);
  const right = x(wanted.length - 1) - 6;
  const floor = y(Math.max(...served.slice(-3))) - 4;
  const lines = [
    [data.wall.behindNote, 400],
    [data.wall.behind, 600],
  ];
  const fits = ([words], i) => {
    const at = wanted.findIndex((_, m) => x(m) >= right - words.length * LETTER);
    return at > data.wall.at && floor - (i + 1) * LINE > y(wanted[at]);
  };
  if (!lines.every(fits)) return [];
  return lines.map(([words, fontWeight], i) => ({
    type: 'text',
    silent: true,
    x: right,
    y: floor - (i + 1) * LINE,
    z: 20,
    style: {
      text: words,
      fill: colours.wall,
      fontWeight,
      fontSize: 12,
      fontFamily: colours.font,
      align: 'right',
      stroke: colours.paper,
      lineWidth: 3,
    },
  }));
}

/** What is written at the wall: on its right, or on its left where the room ends. */
export function wallLabel(chart, data, colours, right) {
  if (!data.wall) return [];
  const x = chart.convertToPixel({ xAxisIndex: 0 }, data.wall.at);
  const widest = Math.max(data.wall.label.length, (data.wall.note ?? '').length) * LETTER;
  const left = x + 10 + widest > right && x > widest;
  const at = left ? x - 8 : Math.min(x + 8, Math.max(8, right - widest));
  const text = (words, y, fill, fontWeight) => ({
    type: 'text',
    silent: true,
    x: at,
    y,
    z: 20,
    style: {
      text: words,
      fill,
      fontWeight,
      fontSize: 12,
      fontFamily: colours.font,
      align: left ? 'right' : 'left',
      stroke: colours.paper,
      lineWidth: 3,
    },
  });
  return [
    text(data.wall.label, 2, colours.wall, 600),
    ...(data.wall.note ? [text(data.wall.note, 18, colours.ink2, 400)] : []),
  ];
}
