// Names beside what they name, instead of a legend to look up: at the right end of the plot, or above it where the
// plot is narrow.
import { fanColour } from './fan.js';
import { isLines, LABEL_ROOM, NARROW, shownValue } from './options.js';
import { pointColour, pointEnd } from './points.js';
import { gapLabel, roleColour, wallLabel } from './wall.js';

const LINE = 15; // pixels a line of text takes
const LETTER = 6.8; // pixels a letter takes on average; only decides how many lines a name needs
const INSET = 12; // pixels between the plot, the coloured key and the text

/** Answers graphic elements to set on a chart that has been drawn. */
export function directLabels(chart, data, colours, width) {
  if (data.kind === 'bars' || data.kind === 'flow') return [];
  const ends = data.series.map((s, i) =>
    data.kind === 'points'
      ? pointOf(chart, data, s, i, colours)
      : {
          name: s.name,
          text: shownValue(data, s, data.categories.length - 1),
          y: endOf(chart, data, i),
          colour: colourOf(data, s, i, colours),
        },
  );
  const names = width < NARROW ? above(ends, colours, data.wall ? 32 : 0) : atRight(chart, ends, colours, width);
  return [
    ...names,
    ...gapLabel(chart, data, colours),
    ...wallLabel(chart, data, colours, width < NARROW ? width : width - LABEL_ROOM),
  ];
}

function colourOf(data, series, i, colours) {
  if (data.kind === 'wall') return roleColour(series.role, colours);
  return data.kind === 'fan' ? fanColour(series.role, colours) : colours.series[i % 6];
}

function pointOf(chart, data, s, i, colours) {
  const { at, y } = pointEnd(chart, data, s);
  return {
    name: s.name,
    text: s.role === 'fit' ? '' : shownValue(data, s, at),
    y,
    colour: pointColour(s, i, colours),
  };
}

/** The height of a series at the last month: the middle of its part of a column, or the end of its line. */
function endOf(chart, data, i) {
  const last = data.categories.length - 1;
  const value = (s) => s.values[last] ?? 0;
  const below = isLines(data) ? 0 : data.series.slice(0, i).reduce((sum, s) => sum + value(s), 0);
  const own = value(data.series[i]);
  return chart.convertToPixel({ yAxisIndex: 0 }, below + (isLines(data) ? own : own / 2));
}

function above(ends, colours, top) {
  const name = (end) => (end.text ? `${end.name} ${end.text}` : end.name);
  return ends.flatMap((end, i) => [
    ...key(end, 4, top + i * 20 + 4, LINE - 4),
    words(name(end), colours.ink, 600, 4 + INSET, top + i * 20 + 2, colours),
  ]);
}

function atRight(chart, ends, colours, width) {
  const x = width - LABEL_ROOM + 4;
  return spread(ends, chart.getHeight()).flatMap((end) => [
    ...key(end, x, end.top + 2, LINE - 4),
    words(end.name, colours.ink, 600, x + INSET, end.top, colours, LABEL_ROOM - INSET - 4),
    ...(end.text ? [words(end.text, colours.ink2, 400, x + INSET, end.top + end.lines * LINE, colours)] : []),
  ]);
}

/** Moves labels apart, so that none covers another: down from the top, then up from the bottom where room ends. */
function spread(ends, height) {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  let free = 0;
  for (const end of sorted) {
    end.lines = Math.ceil((end.name.length * LETTER) / (LABEL_ROOM - INSET - 4));
    end.top = Math.max(end.y - LINE / 2, free);
    end.height = (end.lines + (end.text ? 1 : 0)) * LINE + 4;
    free = end.top + end.height;
  }
  let bottom = height;
  for (const end of sorted.toReversed()) {
    end.top = Math.min(end.top, bottom - end.height);
    bottom = end.top;
  }
  return sorted;
}

function key(end, x, y, height) {
  return [{ type: 'rect', silent: true, shape: { x, y, width: 3, height }, style: { fill: end.colour } }];
}

function words(text, fill, fontWeight, x, y, colours, width) {
  const style = {
    text,
    fill,
    fontWeight,
    fontSize: 12,
    lineHeight: LINE,
    fontFamily: colours.font,
    width,
    overflow: width ? 'break' : undefined,
  };
  return { type: 'text', silent: true, x, y, style };
}
