// Looking at a page: what a reader with a screen reader, a small screen or a strict browser would find wrong.

import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';

/**
 * Fails with rule, place and reason of each violation of WCAG 2.2 AA that axe finds; coloursOnly for a page that was
 * looked at in full in other colours.
 */
export async function assertAccessible(page, where, { coloursOnly = false } = {}) {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  if (coloursOnly) axe.withRules(['color-contrast', 'link-in-text-block']);
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id} at ${node.target.join(' ')}: ${node.failureSummary}`),
  );
  assert.deepEqual(found, [], `axe, ${where}`);
}

/** Fails when the page itself, not a box in it, scrolls sideways; names what sticks out. */
export async function assertFitsWidth(page, where) {
  const outside = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`);
  });
  assert.deepEqual(outside, [], `sideways scroll, ${where}`);
}

/**
 * The cells of a data table as the reader sees them: {keys, heads, rows: [[key, {column: text}]]}, in the order shown.
 */
export async function readTable(table) {
  return table.evaluate((node) => {
    // The first thing in a cell is its figure or name; marks, words and notes follow.
    const visible = (cell) => {
      const copy = cell.cloneNode(true);
      copy.querySelectorAll('.sr-only, small').forEach((part) => part.remove());
      const first = [...copy.childNodes].find((part) => part.textContent.trim() !== '');
      return first?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    };
    const heads = [...node.tHead.rows[0].cells].filter((th) => th.dataset.key);
    const rows = [...node.tBodies[0].rows].map((tr) => [
      tr.dataset.key,
      Object.fromEntries(heads.map((th, i) => [th.dataset.key, visible(tr.cells[i])])),
    ]);
    const headWords = (th) => {
      const unit = th.querySelector('.unit')?.textContent;
      return unit ? `${visible(th)} (${unit})` : visible(th);
    };
    return { keys: heads.map((th) => th.dataset.key), heads: heads.map(headWords), rows };
  });
}

/** The number that a reader reads: grouping, percent sign and true minus undone; undefined for words. */
export function numberShown(text) {
  const match = /^([+\u2212-]?)\s*[$€£]?([\d,]+(?:\.\d+)?)\s*(%?)$/.exec(text.replace(/\u00a0/g, ' ').trim());
  if (!match) return undefined;
  const digits = match[2].replaceAll(',', '');
  return (
    (match[1] === '\u2212' || match[1] === '-' ? '-' : '') +
    (match[3] ? Number((Number(digits) / 100).toPrecision(12)) : digits)
  );
}
