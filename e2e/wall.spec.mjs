// The wall, end to end: lower a quota and the wall moves, in the headline, the strip, the table and the comparison.

import assert from 'node:assert/strict';
import { assertAccessible, assertFitsWidth } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const azureQuota = 'offers.azure-gpt-5.4.quota.tokens_per_minute';
const headline = (page) => page.getByRole('heading', { level: 1 });

for (const scripts of [true, false]) {
  journey(
    site,
    `a lower quota moves the wall, ${scripts ? 'with' : 'without'} JavaScript`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      assert.equal((await headline(page).innerText()).trim(), 'May 2027: Azure’s token quota stops your growth.');
      await assertAboveTheFold(page);
      await planner.type(page, azureQuota, '0.9M; 1.6M from 2028-01');
      if (!scripts) await page.getByRole('button', { name: 'Update the answer' }).click();
      await planner.eventually(async () =>
        assert.match(await headline(page).innerText(), /^March 2027: Azure’s token quota/),
      );
      await planner.eventually(async () => assert.equal(await wallOfStrip(page), 'Mar 2027'));
      const { rows } = await planner.readComparison(page);
      assert.equal(Object.fromEntries(rows).azure.wall_month, 'Mar 2027');
      await assertTwin(page);
      await chooseCharts(page);
      await planner.assertFilesMatch(page, await planner.readComparison(page));
      if (scripts) await assertAccessible(page, 'the wall');
      await page.setViewportSize({ width: 390, height: 844 });
      await assertFitsWidth(page, 'the wall on a phone');
      await tryTheFirstWay(page);
    },
  );

  journey(
    site,
    `spilling to Bedrock moves the wall to the next limit, ${scripts ? 'with' : 'without'} JavaScript`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      await page.getByText('More ways', { exact: true }).click();
      await page.getByRole('link', { name: /^Try it.*Spill to Bedrock above/ }).click();
      const spill = page.getByRole('row', { name: /^Spill to Bedrock/ });
      await spill.waitFor();
      assert.match(await spill.innerText(), /Nov 2027\s+Budget/, 'six months later the budget stops growth');
      assert.match(
        await page.getByRole('row', { name: /^Azure: GPT-5.4/ }).innerText(),
        /May 2027\s+Azure token quota/,
      );
      await planner.assertFilesMatch(page, await planner.readComparison(page));
    },
  );
}

/** The wall, the money behind it, the first action and its date are seen without scrolling. */
async function assertAboveTheFold(page) {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const text of [/stops your growth/, /Revenue behind the wall/, /order(ed)? by/]) {
    const box = await page.getByText(text).first().boundingBox();
    assert.ok(box && box.y + box.height < 900, `${text} is above the fold`);
  }
}

/** The month whose cell is marked as the wall, in words and not by colour. */
async function wallOfStrip(page) {
  return page.getByRole('table', { name: /percentage of what each limit allows/ }).evaluate((table) => {
    const cell = [...table.querySelectorAll('td')].find((td) => td.textContent.includes('wall:'));
    return cell && table.tHead.rows[0].cells[cell.cellIndex].querySelector('abbr').title;
  });
}

/** The first month in which the twin of the chart turns users away. */
async function assertTwin(page) {
  const month = await page.locator('#users-by-month').evaluate((table) => {
    const at = [...table.tHead.rows[0].cells].findIndex((th) => th.dataset.key === 'turned_away');
    return [...table.tBodies[0].rows].find((row) => Number(row.cells[at].dataset.value) > 0).dataset.key;
  });
  assert.equal(month, '2027-03');
}

/** One of three charts is shown, by CSS alone. */
async function chooseCharts(page) {
  const charts = page.getByRole('region', { name: 'Users, cost and margin by month' });
  for (const [choice, figure] of [
    ['Cost', '#cost-figure'],
    ['Margin', '#margin-figure'],
    ['Users', '#users-figure'],
  ]) {
    await charts.getByText(choice, { exact: true }).first().click();
    assert.ok(await page.locator(figure).isVisible(), `${choice} is shown`);
    assert.equal(await charts.locator('figure.chart:visible').count(), 1);
  }
}

async function tryTheFirstWay(page) {
  const before = (await planner.readComparison(page)).rows.length;
  const action = page.getByRole('region', { name: 'The answer' }).getByRole('link', { name: /^Try it/ });
  await action.click();
  await planner.eventually(async () => assert.equal((await planner.readComparison(page)).rows.length, before + 1));
}
