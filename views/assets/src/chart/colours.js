// Colours come from the stylesheet, so that charts follow the theme. A custom property holds unresolved text
// ("light-dark(...)"): a probe element lets the browser resolve it.

/** Answers the colours at the element, as rgb() texts. */
export function readColours(element) {
  const probe = document.createElement('span');
  element.parentElement.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    paper: read('paper'), raised: read('raised'), ink: read('ink'), ink2: read('ink-2'), ink3: read('ink-3'),
    rule: read('rule'), accent: read('accent'), accentMid: read('accent-mid'), wall: read('wall'),
    series: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map(read),
    font: getComputedStyle(element).fontFamily,
  };
  probe.remove();
  return colours;
}
