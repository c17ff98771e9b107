// The price explorer: find a model, see every seller, take an offer into a plan, with JavaScript and without.

import assert from 'node:assert/strict';
import { numberShown, readTable } from './look.mjs';
import * as planner from './planner.mjs';
import { readCSV, recordsOf } from './sheets.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';

  journey(
    site,
    `from a search to a seller's price in a plan, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/prices');
      await page.getByLabel('Model', { exact: true }).fill('sonnet 5');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/q=sonnet/);
      const list = () => page.getByRole('table').first();
      await planner.eventually(async () => {
        const { rows } = await readTable(list());
        assert.ok(rows.length > 0 && rows.every(([key]) => /sonnet/.test(key)), `${rows.map(([key]) => key)}`);
      });
      await list().getByRole('link', { name: 'Claude Sonnet 5', exact: true }).click();
      await page.getByRole('heading', { name: 'Claude Sonnet 5', level: 1 }).waitFor();
      await assertPricesMatchFile(page);
      await list()
        .getByRole('row', { name: /^Anthropic/ })
        .first()
        .getByRole('link', { name: /^Use in a plan/ })
        .click();
      await planner.comparison(page).waitFor();
      const added = (await planner.readComparison(page)).rows.filter(([, cells]) =>
        /Anthropic.*Claude Sonnet 5/.test(cells.alternative),
      );
      assert.equal(added.length, 1, 'the plan has the offer as an alternative');
      assert.ok(Number(numberShown(added[0][1].total)) > 0);
    },
  );

  journey(
    site,
    `models sort by what the reader's own mix costs, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/prices');
      await page.getByLabel('Input').fill('20k');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/in=20k/);
      const head = () => page.getByRole('columnheader', { name: /^Per 1,000/ });
      await head().getByRole('link').click();
      await planner.eventually(async () => {
        assert.equal(await head().getAttribute('aria-sort'), 'ascending');
        const costs = (await readTable(page.getByRole('table').first())).rows
          .map(([, cells]) => numberShown(cells.cost))
          .filter(Boolean)
          .map(Number);
        assert.ok(costs.length > 10);
        assert.deepEqual(
          costs,
          costs.toSorted((a, b) => a - b),
        );
      });
    },
  );
}

journey(site, 'a search without a match says so and offers the way back', {}, async ({ page }) => {
  await page.goto('/prices?q=no-model-has-this-name');
  await page
    .getByRole('main')
    .getByRole('link', { name: /clear|all/i })
    .first()
    .click();
  assert.ok((await readTable(page.getByRole('table').first())).rows.length > 10);
});

/** The CSV of a model's page has the sellers, scopes and digits of its table. */
async function assertPricesMatchFile(page) {
  const { rows } = await readTable(page.getByRole('table').first());
  const file = await planner.download(page, page.getByRole('link', { name: /^CSV/ }).first());
  const records = recordsOf(readCSV(file.bytes.toString('utf8')));
  assert.equal(records.length, rows.length);
  rows.forEach(([row, cells], i) => {
    assert.equal(records[i].seller, cells.seller, row);
    for (const key of ['cost', 'input', 'output', 'cache_read', 'context_tokens']) {
      const shown = numberShown(cells[key]) ?? '';
      assert.equal(Number(records[i][key]), Number(shown), `${row}, ${key}: the page shows ${cells[key]}`);
      assert.equal(records[i][key] === '', shown === '', `${row}, ${key}: unknown is empty, not 0`);
    }
    assert.match(records[i].as_of, /^\d{4}-\d{2}-\d{2}$/);
  });
}
