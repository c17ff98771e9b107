// The main job, end to end, with JavaScript and without.

import assert from 'node:assert/strict';
import { numberShown } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite, visit } from './site.mjs';

const site = useSite();
const account = (name) => ({
  name,
  email: `${name.toLowerCase()}@example.org`,
  password: `${name} keeps the plan`,
  team: `${name}'s team`,
});

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';
  journey(
    site,
    `from the example to a saved plan and its files, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      await seeTheExample(page);
      await changeNumbers(page, scripts);
      await pinBaseline(page);
      await sort(page);
      await openDerivation(page, scripts);
      await shareAddress(page);
      const shown = await planner.readComparison(page);
      await planner.assertFilesMatch(page, shown);
      const person = account(scripts ? 'Ada' : 'Grace');
      await planner.saveAsVisitor(page, 'Plan of the walk', person);
      assert.deepEqual(await planner.readComparison(page), shown, 'the saved plan shows the same');
      await signOutAndIn(page, person);
      await page.getByRole('link', { name: 'Plan of the walk', exact: true }).click();
      assert.deepEqual(await planner.readComparison(page), shown, 'the reopened plan shows the same');
      await planner.assertFilesMatch(page, shown);
    },
  );
}

async function seeTheExample(page) {
  await page.getByRole('region', { name: 'Plan', exact: true }).getByText('Example', { exact: true }).waitFor();
  const { rows } = await planner.readComparison(page);
  assert.ok(rows.length >= 5, `the example compares several sellers, not ${rows.length}`);
  for (const [key, cells] of rows) {
    assert.ok(
      Number(numberShown(cells.total)) > 0 || cells.total.startsWith('unknown'),
      `${key} has a cost or says unknown: ${cells.total}`,
    );
  }
}

async function changeNumbers(page, scripts) {
  const before = await planner.readComparison(page);
  await planner.change(page, scripts, planner.users, '60k', '60000');
  if (scripts)
    assert.ok(
      await planner.field(page, planner.users).evaluate((box) => box === document.activeElement),
      'the recompute keeps the focus',
    );
  await planner.change(page, scripts, planner.inputTokens, '2,000', '2000');
  await planner.eventually(async () => {
    const after = await planner.readComparison(page);
    for (const [key, cells] of after.rows) {
      const old = Object.fromEntries(before.rows)[key];
      // What is behind a wall is not served and not paid: only the cost of a request always rises with its tokens.
      if (numberShown(cells.per_1k))
        assert.ok(
          Number(numberShown(cells.per_1k)) > Number(numberShown(old.per_1k)),
          `a request at ${key} costs more`,
        );
    }
  });
  assert.equal(await planner.field(page, planner.users).inputValue(), scripts ? '60k' : '60,000');
  assert.ok(new URL(page.url()).search.length <= 8192, 'the address stays short');
}

async function pinBaseline(page) {
  const row = planner
    .comparison(page)
    .getByRole('row', { name: /^Bedrock/ })
    .first();
  await row.getByRole('link', { name: /^(Set as )?Baseline/ }).click();
  await planner.eventually(async () => {
    const { rows } = await planner.readComparison(page);
    const base = rows.find(([, cells]) => cells.difference === 'baseline');
    assert.match(base?.[1].alternative ?? '', /^Bedrock/);
    for (const [key, { total, difference, relative }] of rows) {
      if (key === base[0] || numberShown(total) === undefined) continue;
      const gap = Number(numberShown(total)) - Number(numberShown(base[1].total));
      assert.ok(
        Math.abs(Number(numberShown(difference)) - gap) < 0.011,
        `${key}: ${difference} is the difference of the totals`,
      );
      assert.ok(
        Math.abs(Number(numberShown(relative)) - gap / Number(numberShown(base[1].total))) < 0.00051,
        `${key}: ${relative}`,
      );
    }
  });
  const other = planner
    .comparison(page)
    .getByRole('row', { name: /^Azure/ })
    .first();
  assert.match(await other.innerText(), /\b(more|less|the same)\b/, 'a difference is said in a word too');
}

async function sort(page) {
  const head = () => planner.comparison(page).getByRole('columnheader', { name: /^Cost/ }).first();
  await head().getByRole('link').click();
  await sorted(page, head(), 'ascending', 1);
  await head().getByRole('link').press('Enter');
  await sorted(page, head(), 'descending', -1);
}

async function sorted(page, head, word, sign) {
  await planner.eventually(async () => {
    assert.equal(await head.getAttribute('aria-sort'), word);
    const totals = (await planner.readComparison(page)).rows
      .map(([, cells]) => numberShown(cells.total))
      .filter(Boolean)
      .map(Number);
    assert.deepEqual(
      totals,
      totals.toSorted((a, b) => sign * (a - b)),
    );
    assert.match(new URL(page.url()).searchParams.get('sort') ?? '', /^total/);
  });
}

async function openDerivation(page, scripts) {
  const figure = planner
    .comparison(page)
    .getByRole('row', { name: /^Azure/ })
    .first()
    .getByRole('link', { name: /how Cost.* was computed/ });
  const shown = (await figure.innerText()).split(', how')[0].trim();
  await figure.click();
  const where = scripts ? page.getByRole('dialog', { name: 'How this was computed' }) : page.getByRole('main');
  await where.getByRole('heading').first().waitFor();
  const text = await where.innerText();
  assert.ok(text.includes(shown), `the derivation ends at ${shown}:\n${text}`);
  assert.match(text, /as of \d/, 'a price has its date');
  assert.ok((await where.getByRole('link').count()) > 0, 'a price links its source');
  if (!scripts) return page.goBack();
  await page.keyboard.press('Escape');
  await where.waitFor({ state: 'hidden' });
  assert.ok(await figure.evaluate((link) => link === document.activeElement), 'the focus goes back to the figure');
}

/** Another browser, with and without scripts, shows the same cents at the same address. */
async function shareAddress(page) {
  const shown = await planner.readComparison(page);
  for (const javaScriptEnabled of [true, false]) {
    const colleague = await visit(site, { javaScriptEnabled });
    await colleague.page.goto(page.url());
    assert.deepEqual(await planner.readComparison(colleague.page), shown, 'the same address shows the same');
    await colleague.leave();
  }
}

async function signOutAndIn(page, person) {
  await page.getByRole('button', { name: `Account of ${person.name}` }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: `Account of ${person.name}` }).waitFor();
  await page.getByRole('link', { name: 'Saved plans' }).click();
}
