// Saved plans: rename, copy, delete with undo, and two people who save at once.

import assert from 'node:assert/strict';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';

  journey(
    site,
    `a deleted plan comes back, a copy stands beside it, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await signUp(page, scripts ? 'Emmy' : 'Sofia');
      await page.goto('/');
      const shown = await planner.readComparison(page);
      await saveAs(page, 'Budget 2027');
      assert.deepEqual(await planner.readComparison(page), shown, 'the saved example shows the same');
      await page.goto('/plans');
      const row = (name) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
      await row('Budget 2027').getByRole('button', { name: /^Copy/ }).click();
      await page.goto('/plans');
      await row('Copy of Budget 2027').waitFor();
      await row('Budget 2027')
        .getByRole('button', { name: /^Delete/ })
        .click();
      await page.getByText('Budget 2027 is deleted').waitFor();
      assert.equal(await row('Budget 2027').count(), 0);
      await page.getByRole('button', { name: 'Undo' }).click();
      await row('Budget 2027').waitFor();
      await row('Budget 2027').getByRole('link', { name: 'Budget 2027', exact: true }).click();
      await planner.comparison(page).waitFor();
    },
  );

  journey(
    site,
    `the second of two savers loses nothing, ${words}`,
    { javaScriptEnabled: scripts, answers: [409] },
    async ({ page, context }) => {
      await signUp(page, scripts ? 'Rosalind' : 'Lise');
      await page.goto('/');
      await saveAs(page, 'Shared plan');
      const colleague = await context.newPage();
      await colleague.goto(page.url());
      await planner.change(page, scripts, planner.users, '70k', '70000');
      await planner.change(colleague, scripts, planner.inputTokens, '3k', '3000');
      await save(page);
      await page.getByText('Saved as version 2').waitFor();
      await save(colleague);
      await colleague.getByRole('heading', { name: 'You saved this plan in another window' }).waitFor();
      await colleague.getByRole('button', { name: 'Save as version 3' }).click();
      await colleague.getByText('Saved as version 3').waitFor();
      assert.equal(await planner.field(colleague, planner.users).inputValue(), '70,000');
      assert.equal(await planner.field(colleague, planner.inputTokens).inputValue(), '3,000');
    },
  );
}

journey(site, 'a visitor is asked to sign in and comes back to where they were', {}, async ({ page }) => {
  await page.goto('/plans');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

journey(site, 'a wrong password keeps the address and tells nothing', { answers: [422] }, async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill('nobody@example.org');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Address or password is not right').waitFor();
  assert.equal(await page.getByLabel('E-mail address').inputValue(), 'nobody@example.org');
  assert.equal(await page.getByLabel('Password').inputValue(), '');
});

async function signUp(page, name) {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail address').fill(`${name.toLowerCase()}@example.org`);
  await page.getByLabel('Password').fill(`${name} keeps her plans`);
  await page.getByLabel('Team').fill(`Team of ${name}`);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: `Account of ${name}` }).waitFor();
}

async function saveAs(page, name) {
  const bar = page.getByRole('region', { name: 'Plan', exact: true });
  await bar.getByRole('button', { name: /^Save/ }).first().click();
  await bar.getByRole('textbox', { name: /name/i }).fill(name);
  await bar.getByRole('button', { name: /^Save/ }).nth(1).click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}/);
}

async function save(page) {
  const bar = page.getByRole('region', { name: 'Plan', exact: true });
  await bar.getByRole('button', { name: /^Save/ }).first().click();
  await bar.getByRole('button', { name: /^Save/ }).nth(1).click();
}
