// Names beside what they name, instead of a legend to look up: at the right end of the plot, or above it where the
// plot is narrow.
import { LABEL_ROOM, NARROW } from './options.js';

const STEP = 16; // pixels between two labels

/** Answers graphic elements to set on a chart that has been drawn. */
export function directLabels(chart, data, colours, width) {
  if (data.kind === 'bars') return [];
  const ends = data.series.map((s, i) => ({ name: s.name, text: s.texts?.at(-1), colour: colours.series[i % 6], y: endOf(chart, data, i) }));
  return width < NARROW ? above(ends, colours) : atRight(ends, colours, width);
}

/** The height of a series at the last month: the middle of its part of a column, or the end of its line. */
function endOf(chart, data, i) {
  const last = data.categories.length - 1;
  const value = (s) => s.values[last] ?? 0;
  const below = data.kind === 'lines' ? 0 : data.series.slice(0, i).reduce((sum, s) => sum + value(s), 0);
  const own = value(data.series[i]);
  return chart.convertToPixel({ yAxisIndex: 0 }, below + (data.kind === 'lines' ? own : own / 2));
}

function atRight(ends, colours, width) {
  const placed = spread(ends);
  return placed.flatMap((end) => key(end, width - LABEL_ROOM + 4, end.y, colours));
}

function above(ends, colours) {
  return ends.flatMap((end, i) => key(end, 4, 10 + i * 20, colours));
}

/** Moves labels apart from top to bottom, so that none covers another. */
function spread(ends) {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  let free = -Infinity;
  for (const end of sorted) {
    end.y = Math.max(end.y, free);
    free = end.y + STEP * (end.text ? 2 : 1);
  }
  return sorted;
}

function key(end, x, y, colours) {
  const rich = { n: { fill: colours.ink, fontWeight: 600, fontSize: 12 }, v: { fill: colours.ink2, fontSize: 12 } };
  const room = x > 4 ? LABEL_ROOM - 12 : undefined;
  return [
    { type: 'rect', silent: true, shape: { x, y: y - 5, width: 3, height: 10 }, style: { fill: end.colour } },
    { type: 'text', silent: true, x: x + 8, y, style: { text: `{n|${end.name}}`, rich, width: room, overflow: room && 'truncate', verticalAlign: 'middle', fontFamily: colours.font } },
    ...(end.text && x > 4 ? [{ type: 'text', silent: true, x: x + 8, y: y + 15, style: { text: `{v|${end.text}}`, rich, verticalAlign: 'middle', fontFamily: colours.font } }] : []),
  ];
}
