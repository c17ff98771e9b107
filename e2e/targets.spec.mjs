// What can be pressed is 24 px high and wide, or has that much room, whatever font the machine has.

import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { journey, useSite } from './site.mjs';

const site = useSite();
const fonts = {
  'its own font': '',
  'a monospaced font': '* { font-family: monospace !important; }',
  'a serif font': '* { font-family: serif !important; }',
  'a font with low letters': '* { font-size-adjust: 0.3; }',
  'a font with high letters': '* { font-size-adjust: 0.75; }',
};

for (const [words, viewport] of [['1440 px', { width: 1440, height: 900 }], ['360 px', { width: 360, height: 740 }]]) {
  journey(site, `targets stay large with any font, ${words}`, { viewport, bypassCSP: true }, async ({ page }) => {
    for (const path of ['/', '/prices', '/lockin', '/machines', '/sign-in']) {
      await page.goto(path);
      await page.locator('details').evaluateAll((all) => {
        for (const panel of all) panel.removeAttribute('name');
        for (const panel of all) panel.open = true;
      });
      for (const [font, content] of Object.entries(fonts)) {
        const style = await page.addStyleTag({ content: content || '/* as it is */' });
        const { violations } = await new AxeBuilder({ page }).withRules(['target-size']).analyze();
        const found = violations.flatMap(({ nodes }) => nodes.map((n) => `${n.target.join(' ')}: ${n.failureSummary}`));
        assert.deepEqual(found, [], `${path} with ${font}`);
        await style.evaluate((node) => node.remove());
      }
    }
  });
}
