// Lock-in while the plan is being made: columns of the comparison, flags beside choices, and the questions about
// leaving.

import assert from 'node:assert/strict';
import { assertAccessible, assertFitsWidth } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const agents = 'dependencies.exit.work.agents';
const columns = ['Lock-in index', 'Exit cost', 'Time to exit', 'Sellers of its model'];

for (const scripts of [true, false]) {
  for (const colorScheme of ['light', 'dark']) {
    journey(
      site,
      `lock-in in the plan, ${scripts ? 'with' : 'without'} JavaScript, ${colorScheme}`,
      { javaScriptEnabled: scripts, colorScheme, answers: [422] },
      async ({ page }) => {
        await page.goto('/');
        await chooseColumns(page);
        const before = await planner.readComparison(page);
        await planner.assertFilesMatch(page, before);
        await askedOnce(page, scripts, before);
        await flagsAppear(page, scripts);
        if (scripts) await assertAccessible(page, 'lock-in in the plan');
        await page.setViewportSize({ width: 390, height: 844 });
        await assertFitsWidth(page, 'lock-in in the plan on a phone');
        await badInputStays(page, scripts);
      },
    );
  }
}

/** The reader ticks the columns about lock-in. */
async function chooseColumns(page) {
  const section = planner.compareSection(page);
  await section.getByRole('button', { name: 'Columns' }).click();
  const chooser = page.locator('form').filter({ has: page.getByRole('checkbox', { name: columns[0], exact: true }) });
  for (const name of columns) await chooser.getByRole('checkbox', { name, exact: true }).check();
  await chooser.getByRole('button').last().click();
  await planner.eventually(async () =>
    assert.ok((await planner.readComparison(page)).keys.includes('lock_in_index')),
  );
}

const lockIn = async (page) => Object.fromEntries((await planner.readComparison(page)).rows).azure;

/** An answer changes the figures, taking it back leaves them unknown, and none is an answer too. */
async function askedOnce(page, scripts, before) {
  const was = Object.fromEntries(before.rows).azure;
  assert.match(was.lock_in_index, /^\d+\.\d$/);
  await answer(page, scripts, agents, '9');
  await planner.eventually(async () =>
    assert.ok(Number((await lockIn(page)).lock_in_index) > Number(was.lock_in_index), 'more agents, harder to leave'),
  );
  await answer(page, scripts, agents, '');
  await planner.eventually(async () => assert.equal((await lockIn(page)).lock_in_index, 'unknown'));
  await planner.eventually(async () => assert.equal(await page.getByText('Not said: how many.').count(), 1));
  await answer(page, scripts, agents, '1');
  await planner.eventually(async () => assert.equal((await lockIn(page)).lock_in_index, was.lock_in_index));
}

async function answer(page, scripts, path, text) {
  await planner.type(page, path, text);
  if (!scripts) await page.getByRole('button', { name: 'Update the answer' }).click();
}

/** What a choice brings about stands beside it as soon as it is made, with the way to its explanation. */
async function flagsAppear(page, scripts) {
  await page
    .getByText(/Sold by at least \d+ sellers? as of \d+ \w+ \d{4}/)
    .first()
    .waitFor();
  assert.equal(await page.getByText('Its last day is 31 Dec 2027').count(), 0);
  await planner.type(page, 'credits[0].amount', '50k');
  await answer(page, scripts, 'credits[0].expires', '2027-12');
  const flag = page.getByRole('listitem', { includeHidden: true }).filter({ hasText: 'Its last day is 31 Dec 2027' });
  await flag.waitFor({ state: 'attached' });
  const link = await flag.getByRole('link', { includeHidden: true }).getAttribute('href');
  const response = await page.request.get(link);
  assert.equal(response.status(), 200, 'the flag is explained');
  await answer(page, scripts, 'offers.azure-gpt-5.4.retires', '2028-01');
  await page.getByText('GPT-5.4 retires at Azure on 1 Jan 2028, before the plan ends.').first().waitFor();
  await answer(page, scripts, 'offers.azure-gpt-5.4.retires', '');
  await planner.eventually(async () => assert.equal(await page.getByText(/retires at Azure/).count(), 0));
}

/** A day outside the plan is kept, named, and costs nothing but the figures about leaving. */
async function badInputStays(page, scripts) {
  await answer(page, scripts, 'dependencies.exit.exit_date', '2040-01-01');
  await planner.eventually(async () =>
    assert.match(
      await page
        .getByText(/No whole month of the plan/)
        .first()
        .textContent(),
      /2040-01-01/,
    ),
  );
  assert.equal(await planner.field(page, 'dependencies.exit.exit_date').inputValue(), '2040-01-01');
  assert.match((await lockIn(page)).total, /^[\d,.]+$/);
}
