// The chart of points: money against power on logarithmic axes. Every category is a point with its gigawatts in
// data.x. A series of the role "fit" is a line without symbols; "own" is the reader's own point.

/** Options of the two axes and the series. */
export function points(data, colours, narrow, room, compact) {
  const axis = (formatter) => ({
    type: 'log',
    logBase: 10,
    splitLine: { lineStyle: { color: colours.rule } },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.ink2 } },
    axisLabel: { color: colours.ink3, hideOverlap: true, formatter },
  });
  const known = data.series.flatMap((s) => s.values).filter((v) => v > 0);
  const bounds = (values) => ({
    min: 10 ** Math.floor(Math.log10(Math.min(...values))),
    max: 10 ** Math.ceil(Math.log10(Math.max(...values))),
  });
  return {
    grid: {
      left: 4,
      right: narrow ? 24 : room,
      top: narrow ? 12 + 20 * data.series.length : 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: { ...axis(power), ...bounds(data.x) },
    yAxis: { ...axis((v) => data.prefix + compact(v)), ...bounds(known) },
    series: data.series.map((s, i) => series(s, i, data, colours)),
  };
}

/** Gigawatts as a reader says them: 200 MW, 1 GW. */
function power(gw) {
  const [size, unit] = [
    [1, 'GW'],
    [1e-3, 'MW'],
    [1e-6, 'kW'],
  ].find(([least]) => gw >= least * 0.999) ?? [1e-9, 'W'];
  return `${Number((gw / size).toPrecision(3))} ${unit}`;
}

function series(s, i, data, colours) {
  const fit = s.role === 'fit';
  const order = data.x
    .map((_, at) => at)
    .filter((at) => !fit || s.values[at] !== null)
    .toSorted((a, b) => (fit ? data.x[a] - data.x[b] : a - b));
  return {
    type: 'line',
    name: s.name,
    emphasis: { disabled: true },
    silent: fit,
    connectNulls: fit,
    data: order.map((at) => [data.x[at], s.values[at] ?? '-']),
    symbol: s.role === 'own' ? 'diamond' : 'circle',
    symbolSize: s.role === 'own' ? 14 : 10,
    showSymbol: !fit,
    showAllSymbol: true,
    lineStyle: { color: pointColour(s, i, colours), width: fit ? 1.5 : 0, type: 'dashed' },
    itemStyle: { color: pointColour(s, i, colours), borderColor: colours.paper, borderWidth: 1 },
    label: {
      show: !fit,
      position: s.role === 'own' ? 'right' : 'left',
      color: colours.ink2,
      formatter: (p) => (s.values[p.dataIndex] === null ? '' : data.categories[p.dataIndex]),
    },
  };
}

/** The colour of a series: the accent for what is published, ink for the reader's own, grey for the fit. */
export function pointColour(s, i, colours) {
  return { published: colours.accent, own: colours.ink, fit: colours.ink3 }[s.role] ?? colours.series[i % 6];
}

/** Where the name of a series stands: at its point furthest to the right. */
export function pointEnd(chart, data, s) {
  const at = data.x
    .map((_, i) => i)
    .filter((i) => s.values[i] !== null)
    .toSorted((a, b) => data.x[b] - data.x[a])[0];
  return { at, y: chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [data.x[at], s.values[at]])[1] };
}
