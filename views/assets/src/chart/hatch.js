// Patterns that tell series apart without colour, in the order of the series. The first one is plain.
const patterns = [
  null,
  { dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
  { symbol: 'circle', dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0], symbolSize: 0.5 },
  { dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  { dashArrayX: [1, 0], dashArrayY: [1, 3] },
  { symbol: 'rect', dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.6 },
];

/** The pattern of series i, drawn in the colour given over the fill. */
export function hatch(i, colour) {
  const pattern = patterns[i % patterns.length];
  return pattern ? { color: colour.replace('rgb(', 'rgba(').replace(')', ', 0.4)'), ...pattern } : { symbol: 'none' };
}
