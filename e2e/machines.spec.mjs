// Machines: what they cost and what they are, own machines against an API, and the published evidence, with
// JavaScript and without, in both themes and on a narrow screen.

import assert from 'node:assert/strict';
import { assertAccessible, assertFitsWidth, numberShown, readTable } from './look.mjs';
import * as planner from './planner.mjs';
import { readCSV, recordsOf } from './sheets.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const table = (page, name) => page.getByRole('table', { name, exact: true });
const looks = [
  ['light', { colorScheme: 'light', viewport: { width: 1440, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1440, height: 900 } }],
  ['at 390 px, dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
];

for (const [words, options] of looks) {
  journey(site, `the pages of machines, ${words}`, { ...options, answers: [422] }, async ({ page }) => {
    for (const path of [
      '/machines',
      '/machines?table=accelerators',
      '/machines?table=models',
      '/machines?table=units',
      '/machines?table=unit-prices',
      '/machines?table=quotas',
      '/machines?table=instances&q=nothing-like-this',
      '/machines/compare',
      '/machines/compare?load=lots',
      '/machines/compare/how?figure=throughput',
      '/evidence',
      '/evidence?from=chatbot',
    ]) {
      await page.goto(path);
      await page.locator('details').evaluateAll((panels) => {
        for (const panel of panels) panel.open = true;
      });
      await assertAccessible(page, `${path}, ${words}`, { coloursOnly: words === 'dark' });
      await assertFitsWidth(page, `${path}, ${words}`);
    }
  });
}

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';

  journey(
    site,
    `from the price of a machine to a plan with it, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Machines' }).click();
      await page.getByRole('heading', { level: 1, name: /H100 SXM: .* USD per GPU hour/ }).waitFor();
      await page.getByLabel('Search').fill('nebius 8gpu');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/q=nebius/);
      await assertRowsMatchFile(page);
      await page
        .getByRole('link', { name: /^Against the API/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1, name: /API is cheaper|Own machines are cheaper|^Close/ }).waitFor();
      await page.getByLabel('Your own price').or(page.getByText('Your own figures')).first().click();
      await page.getByLabel('Your own price').fill('0.10');
      await page.getByLabel('Operations').fill('0');
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByRole('heading', { level: 1, name: /Own machines are cheaper/ }).waitFor();
      assert.equal(await page.getByLabel('Your own price').inputValue(), '0.10');
      await page.getByRole('link', { name: 'Open in a plan' }).click();
      await planner.comparison(page).waitFor();
      const added = (await planner.readComparison(page)).rows.filter(([key]) => key === 'own-machines');
      assert.equal(added.length, 1, 'the plan has the machines as an alternative');
      assert.ok(Number(numberShown(added[0][1].total)) > 0, `${added[0][1].total}`);
    },
  );

  journey(
    site,
    `a bad number is named, kept and put right, ${words}`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto('/machines/compare');
      await page.getByLabel('Load a month').fill('lots');
      await page.getByLabel('Output').fill('700');
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByRole('link', { name: /Load a month/ }).click();
      assert.equal(await page.getByLabel('Load a month').inputValue(), 'lots');
      assert.equal(await page.getByLabel('Output').inputValue(), '700');
      await page.getByLabel('Load a month').fill('2M');
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByRole('region', { name: 'The answer' }).getByText('requests a month on').first().waitFor();
    },
  );

  journey(site, `a figure opens how it was computed, ${words}`, { javaScriptEnabled: scripts }, async ({ page }) => {
    await page.goto('/machines/compare');
    const figure = page.getByRole('link', { name: /how Own machines was computed/ });
    await figure.click();
    const shown = scripts ? page.getByRole('dialog', { name: 'How this was computed' }) : page.getByRole('main');
    await shown.getByText('machines × USD an hour × 730 h + operations').waitFor();
    await shown.getByText('skypilot-org/skypilot-catalog').first().waitFor();
  });

  journey(site, `a table of machines sorts, ${words}`, { javaScriptEnabled: scripts }, async ({ page }) => {
    await page.goto('/machines?table=accelerators');
    const head = () => page.getByRole('columnheader', { name: /^Memory/ });
    await head().getByRole('link').click();
    await planner.eventually(async () => {
      assert.equal(await head().getAttribute('aria-sort'), 'ascending');
      const memory = (await readTable(table(page, 'Accelerators'))).rows.map(([, cells]) =>
        Number(numberShown(cells.memory_gb)),
      );
      assert.ok(memory.length > 20);
      assert.deepEqual(
        memory,
        memory.toSorted((a, b) => a - b),
      );
    });
  });
}

journey(site, 'the evidence is drawn, and its points are read by the keyboard', {}, async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'How compute and revenue moved together at the labs' }).click();
  const chart = page.getByRole('img', { name: 'Revenue against compute' });
  await chart.locator('svg').waitFor();
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await planner.eventually(async () =>
    assert.match(await page.locator('#live').textContent(), /2023.*OpenAI, published: \$2 billion/),
  );
  assert.ok((await readTable(table(page, 'Compute and revenue of OpenAI'))).rows.length >= 3);
});

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';
  journey(
    site,
    `a team's own price beside the published one, removed and brought back, ${words}`,
    { javaScriptEnabled: scripts, viewport: { width: 390, height: 844 } },
    async ({ page }) => {
      await page.goto('/sign-up');
      await page.getByLabel('Your name').fill('Mae');
      await page.getByLabel('E-mail address').fill(`mae-${scripts}@example.org`);
      await page.getByLabel('Password').fill('a long enough password');
      await page.getByLabel('Team').fill('Machines');
      await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
      await page.getByRole('button', { name: 'Account of Mae' }).waitFor();
      await page.goto('/machines?table=instances&seller=aws&q=p5.48xlarge+us-east-1&term=on_demand');
      const row = () => page.getByRole('row', { name: /p5\.48xlarge/ }).first();
      await row()
        .getByRole('link', { name: /^Correct/ })
        .click();
      await page.getByLabel('Price of the machine').fill('39.50');
      await page.getByLabel('Where it is from').fill('contract 4711');
      if (scripts) await assertAccessible(page, 'the form of an own figure');
      await assertFitsWidth(page, 'the form of an own figure');
      await page.getByRole('button', { name: 'Keep for the team' }).click();
      await page.getByText('The published one stands beside it').waitFor();
      await row().getByText('published 55.04').waitFor();
      if (scripts) await assertAccessible(page, 'own figures');
      await assertFitsWidth(page, 'own figures');
      await row()
        .getByRole('button', { name: /^Remove own/ })
        .click();
      await page.getByText('The published figure holds again').waitFor();
      assert.equal(await page.getByText('published 55.04').count(), 0);
      await page.getByRole('button', { name: 'Undo' }).click();
      await row().getByText('published 55.04').waitFor();
    },
  );
}

/** The CSV has the rows and figures of the table. */
async function assertRowsMatchFile(page) {
  const { rows } = await readTable(page.getByRole('table').first());
  const file = await planner.download(page, page.getByRole('link', { name: /^CSV/ }).first());
  const records = recordsOf(readCSV(file.bytes.toString('utf8')));
  assert.equal(records.length, rows.length);
  rows.forEach(([row, cells], i) => {
    for (const key of ['each', 'hourly']) {
      const shown = numberShown(cells[key]);
      assert.equal(records[i][key] === '', shown === undefined, `${row}, ${key}: unknown is empty, not 0`);
      if (shown !== undefined)
        assert.ok(
          Math.abs(Number(records[i][key]) - Number(shown)) < 0.006,
          `${row}, ${key}: the page shows ${cells[key]}, the file ${records[i][key]}`,
        );
    }
    assert.ok(records[i].source_text.length > 0, `${row} has no source`);
  });
}
