// Supply, end to end: units before today's seller, and GPUs with power; the wall moves, the sources are said, and
// what was added goes again. With and without scripts.

import assert from 'node:assert/strict';
import { assertAccessible, assertFitsWidth } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const units = 'azure-gpt-5-4-ptu';
const pool = 'h100-sxm-aws-us-east-1';
const headline = (page) => page.getByRole('heading', { level: 1 });
const notices = (page) => page.locator('.planner-messages');
const field = (page, name) => page.locator(`[name="${name}"]`);

for (const scripts of [true, false]) {
  const how = scripts ? 'with' : 'without';
  journey(
    site,
    `provisioned base with spill moves the wall, ${how} JavaScript`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      await planner.type(page, 'add-units.units', '100');
      await press(page, 'Add these units');
      await says(notices(page), /Added: azure-gpt-5-4-ptu/);
      await says(headline(page), /^April 2027: Your budget stops/);
      assert.equal(await field(page, `offers.${units}.lots[0].units`).inputValue(), '100');
      assert.equal(await field(page, `offers.${units}.spill_to`).inputValue(), 'azure-gpt-5.4');

      await choose(page, `fill.offers.${units}`, /^PTU reservation, 1 year/);
      await press(page, `Fill in offers.${units}`);
      await says(notices(page), /Changed: Price an hour, Price a month/);
      await says(headline(page), /^June 2027: Azure’s token quota stops/);
      await says(page.locator('#units-panel'), /MicrosoftDocs\/azure-ai-docs, 2026-05-21/);
      await planner.assertFilesMatch(page, await planner.readComparison(page));
      if (scripts) await assertAccessible(page, 'provisioned capacity');
      await page.setViewportSize({ width: 390, height: 844 });
      await assertFitsWidth(page, 'provisioned capacity on a phone');
      await page.setViewportSize({ width: 1280, height: 900 });

      await press(page, `Remove these units ${units}`);
      await says(headline(page), /^May 2027: Azure’s token quota stops/);
      await notices(page).getByRole('link', { name: 'Undo' }).click();
      await says(headline(page), /^June 2027: Azure’s token quota stops/);
    },
  );

  journey(
    site,
    `GPUs from the data serve a workload, ${how} JavaScript`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto('/');
      await planner.type(page, 'add-gpus.machine', '8 x H100 aws');
      await planner.type(page, 'add-gpus.model', 'Llama 3.3 70B');
      await press(page, 'Add these GPUs');
      await says(page.locator('.error-summary'), /such as 8 × H100 SXM, aws p5.48xlarge/);
      assert.equal(await field(page, 'add-gpus.model').inputValue(), 'Llama 3.3 70B', 'the texts are kept');

      await planner.type(page, 'add-gpus.machine', '8 x H100 aws us-east-1 p5.48xlarge');
      await press(page, 'Add these GPUs');
      await says(headline(page), new RegExp(`The GPUs of ${pool} stop your growth`));
      await says(page.locator('#machines-panel'), /estimated, with the range of the error/);
      await says(
        page.locator('#machines-panel'),
        /USD 6.88 a GPU and hour · aws\/karpenter-provider-aws, 2026-07-20/,
      );
      assert.equal(
        await field(page, 'workloads.chat.routes[0].seller').inputValue(),
        `offer:llama-3.3-70b-on-${pool}`,
      );
      if (scripts) await assertAccessible(page, 'GPUs');

      const measured = `gpu_pools.${pool}.tokens_per_second_per_gpu`;
      await planner.type(page, measured, '9,000');
      if (!scripts) await page.getByRole('button', { name: 'Update the answer' }).click();
      await planner.eventually(async () => assert.equal(await field(page, measured).inputValue(), '9,000'));
      await planner.eventually(async () =>
        assert.doesNotMatch(await page.locator('#machines-panel').innerText(), /estimated, with the range/),
      );
    },
  );
}

const says = (locator, text) => planner.eventually(async () => assert.match(await locator.innerText(), text));

/** Presses a button of the form after opening the panels that it stands in. */
async function press(page, name) {
  const exact = typeof name === 'string';
  const button = page.locator('#plan').getByRole('button', { name, exact, includeHidden: true });
  const closed = button.locator('xpath=ancestor::details[not(@open)]');
  while ((await closed.count()) > 0) await closed.first().locator('summary').first().click();
  await button.click();
}

/** Chooses the option whose text matches. */
async function choose(page, name, text) {
  const select = field(page, name);
  const closed = select.locator('xpath=ancestor::details[not(@open)]');
  while ((await closed.count()) > 0) await closed.first().locator('summary').first().click();
  const label = (await select.locator('option').allInnerTexts()).find((option) => text.test(option.trim()));
  await select.selectOption({ label });
}
