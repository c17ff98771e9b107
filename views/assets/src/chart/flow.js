// Money on its way from layer to layer. Names and shares stand beside the nodes; the largest party of a layer, and what
// leaves it, has the accent.
import { NARROW } from './options.js';

/** What the last layer's names take at the right. */
const NAMES = 136; // pixels

export function flow(data, colours, width) {
  const narrow = width < NARROW;
  const shown = data.nodes.filter((node) => !(narrow && node.layer === 0)); // the whole needs no band of its own there
  const ids = new Set(shown.map((node) => node.id));
  const top = new Set(shown.filter((node) => node.top).map((node) => node.id));
  const first = Math.min(...shown.map((node) => node.layer));
  return {
    series: [
      {
        type: 'sankey',
        left: 4,
        right: narrow ? 92 : NAMES,
        top: 8,
        bottom: 24,
        nodeWidth: 10,
        nodeGap: 22,
        draggable: false,
        layoutIterations: 0,
        emphasis: { disabled: true },
        silent: false,
        data: shown.map((node) => ({
          name: node.id,
          depth: node.layer - first,
          itemStyle: { color: top.has(node.id) ? colours.accent : colours.ink2, borderWidth: 0 },
          label: label(node, colours, narrow),
        })),
        links: data.links
          .filter((link) => ids.has(link.from) && ids.has(link.to))
          .map((link) => ({
            source: link.from,
            target: link.to,
            value: link.value,
            lineStyle: { color: top.has(link.from) ? colours.accent : colours.ink3, opacity: 0.26, curveness: 0.5 },
          })),
      },
    ],
  };
}

function label(node, colours, narrow) {
  const size = narrow ? 11 : 12;
  const halo = { textBorderColor: colours.paper, textBorderWidth: 3 };
  return {
    position: 'right',
    distance: 6,
    formatter: `{name|${node.name}}\n{text|${node.text}}`,
    rich: {
      name: { color: colours.ink, fontWeight: 600, fontSize: size, lineHeight: 15, ...halo },
      text: { color: colours.ink2, fontSize: size, lineHeight: 15, ...halo },
    },
  };
}

/** A band or a node in words, for the tooltip. */
export function readFlow(data, { dataType, data: item }) {
  if (dataType !== 'edge') {
    const node = data.nodes.find((n) => n.id === item.name);
    return `${node.name}: ${node.text}`;
  }
  const at = data.links.findIndex((link) => link.from === item.source && link.to === item.target);
  return `${data.categories[at]}: ${data.prefix}${data.series[0].texts[at]}`;
}
