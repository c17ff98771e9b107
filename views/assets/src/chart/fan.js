// The chart of a fan: the middle of the draws as a line, and the range of 8 in 10 of them as an area between two thin
// ones, which differ in form as well as colour.

/** The series of the chart: the area first, then its edges, then the middle. */
export function fanSeries(data, colours) {
  const [high, middle, low] = ['high', 'middle', 'low'].map((role) => data.series.find((s) => s.role === role));
  const plain = { type: 'line', showSymbol: false, emphasis: { disabled: true } };
  const hidden = {
    ...plain,
    stack: 'fan',
    silent: true,
    tooltip: { show: false },
    lineStyle: { opacity: 0, width: 0 },
    z: 1,
  };
  const edge = (s, type) => ({
    ...plain,
    name: s.name,
    data: s.values,
    z: 3,
    lineStyle: { color: colours.accentMid, width: 1.25, type },
    itemStyle: { color: colours.accentMid },
  });
  return [
    edge(high, 'dashed'),
    {
      ...plain,
      name: middle.name,
      data: middle.values,
      z: 4,
      lineStyle: { color: colours.accent, width: 3 },
      itemStyle: { color: colours.accent },
    },
    edge(low, 'dotted'),
    { ...hidden, name: 'below', data: low.values, areaStyle: { opacity: 0 } },
    {
      ...hidden,
      name: 'between',
      data: high.values.map((v, i) => (v === null ? null : v - low.values[i])),
      areaStyle: { color: colours.accent, opacity: 0.14 },
    },
  ];
}

/** The colour of a series. */
export function fanColour(role, colours) {
  return role === 'middle' ? colours.accent : colours.accentMid;
}
