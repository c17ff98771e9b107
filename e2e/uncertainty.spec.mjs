// Ranges, end to end: type one into a field, see the fan, go from a bar to its field, take the range back.

import assert from 'node:assert/strict';
import { assertAccessible, assertFitsWidth, readTable } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const growth = 'segments.users.users.monthly_growth';
const output = 'workloads.chat.output_tokens';
const section = (page) => page.getByRole('region', { name: 'How sure is this?' });

journey(site, 'a range that is typed becomes a fan beside the answer', {}, async ({ page }) => {
  await page.goto('/');
  await planner.type(page, growth, '8 to 14 %');
  const title = section(page).getByRole('heading', {
    name: /^In 8 of 10 draws you serve [\d,]+ (to [\d,]+ )?users in December 2028/,
  });
  await title.waitFor();
  assert.equal(planner.inAddress(page, 'segments.users.users.monthly_growth'), 0.11);
  await section(page).locator('#fan-figure svg').first().waitFor();
  const before = await title.innerText();
  await planner.type(page, output, '300 to 600');
  await planner.eventually(async () => assert.notEqual(await title.innerText(), before, 'the fan follows'));
  await assertFan(page);
  await assertAccessible(page, 'the planner with its ranges drawn');
  const address = page.url();
  await page.goto(address.replace('/?', '/uncertainty?'));
  await page.locator('#fan-figure svg').first().waitFor();
  await assertAccessible(page, 'the ranges on a page of their own');
  await page.goto(address);
  await section(page).getByRole('link', { name: '1,000' }).click();
  await section(page).getByText('1,000 samples of 2 ranges, seed 1').waitFor();
  await section(page).getByRole('link', { name: 'Growth' }).click();
  await planner.eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.name), growth));
  await page.setViewportSize({ width: 390, height: 844 });
  await assertFitsWidth(page, 'the ranges on a phone');
  await planner.type(page, growth, '6 %');
  await planner.type(page, output, '400');
  await section(page).getByText('Type a range into its field').waitFor();
});

journey(
  site,
  'a range is drawn on a page of its own without JavaScript',
  { javaScriptEnabled: false },
  async ({ page }) => {
    await page.goto('/');
    await planner.type(page, growth, '8 to 14 %');
    await planner.type(page, output, '300 to 450 to 600');
    await page.getByRole('button', { name: 'Update the answer' }).click();
    assert.equal(await planner.field(page, growth).inputValue(), '8 to 14 %');
    assert.equal(await planner.field(page, output).inputValue(), '300 to 450 to 600');
    await section(page).getByRole('link', { name: 'Draw the ranges' }).click();
    await page.getByRole('heading', { level: 1, name: 'How sure is this?' }).waitFor();
    await page.getByText('The same numbers as a table').click();
    await assertFan(page);
    await page.getByRole('link', { name: 'Back to the plan' }).click();
    assert.equal(await planner.field(page, output).inputValue(), '300 to 450 to 600');
  },
);

/** The fan's twin rises from P10 to P90, a wall is certain or not, and every bar says what it stands for. */
async function assertFan(page) {
  const { rows } = await readTable(page.locator('#fan'));
  assert.equal(rows.length, 24);
  for (const [month, cells] of rows) {
    const [p10, p50, p90] = ['p10', 'p50', 'p90'].map((key) => Number(cells[key].replaceAll(',', '')));
    assert.ok(p10 <= p50 && p50 <= p90, `${month}: ${p10}, ${p50}, ${p90}`);
  }
  const walls = await readTable(page.locator('#walls'));
  assert.match(Object.fromEntries(walls.rows)['quota_tpm:azure-gpt-5.4'].by_end, /^(over )?\d+ %$/);
  assert.equal(await page.locator('#tornado tbody tr').count(), 2);
}
