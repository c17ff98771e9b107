// What a hand on the keyboard does by habit: Enter recomputes, and a save takes what has just been typed.

import assert from 'node:assert/strict';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();

for (const scripts of [true, false]) {
  journey(
    site,
    `Enter recomputes and removes nothing, ${scripts ? 'with' : 'without'} JavaScript`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      const workloads = await page.getByText(/^\d workloads$/).textContent();
      await planner.field(page, planner.users).fill('70k');
      await planner.field(page, planner.users).press('Enter');
      await planner.eventually(async () => assert.equal(String(planner.inAddress(page, planner.users)), '70000'));
      assert.equal(await page.getByText(/^\d workloads$/).textContent(), workloads);
      assert.equal(planner.inAddress(page, 'workloads'), undefined, 'no workload is changed');
    },
  );
}

journey(site, 'a save takes what was typed an instant before', {}, async ({ page }) => {
  await page.goto('/');
  await planner.saveAsVisitor(page, 'Typed and saved', {
    name: 'Grace',
    email: 'grace@example.org',
    password: 'a long enough password',
    team: 'Compilers',
  });
  await page.getByRole('button', { name: 'Save a version' }).first().click();
  await page.evaluate((name) => {
    const input = document.querySelector(`[name="${name}"]`);
    input.value = '123456';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('#save button').click(); // before typing has rested
  }, planner.users);
  await page.getByText('Saved as version 2.').waitFor();
  assert.equal(await planner.field(page, planner.users).inputValue(), '123,456');
});
