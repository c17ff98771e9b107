// With JavaScript the answer follows the typing and takes nothing away from the reader.

import assert from 'node:assert/strict';
import * as planner from './planner.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const isPlan = (request) => new URL(request.url()).pathname === '/plan';

journey(site, 'an older answer never replaces a newer one', {}, async ({ page }) => {
  await page.goto('/');
  let posts = 0;
  let held = true;
  await page.route('**/plan', async (route) => {
    if (++posts === 1) {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      held = false;
    }
    await route.continue().catch(() => {}); // the page may have given the request up
  });
  const sent = page.waitForRequest(isPlan);
  await planner.field(page, planner.users).fill('51k');
  await sent;
  await planner.change(page, true, planner.users, '52k', '52000');
  assert.ok(held, 'the newer answer does not wait for the older');
  const shown = await planner.readComparison(page);
  await planner.eventually(() => assert.ok(!held));
  await page.waitForTimeout(300);
  assert.equal(posts, 2);
  assert.equal(String(planner.inAddress(page, planner.users)), '52000');
  assert.deepEqual(await planner.readComparison(page), shown);
  assert.equal(await planner.field(page, planner.users).inputValue(), '52k');
});

journey(site, 'a burst of typing is one request', {}, async ({ page }) => {
  await page.goto('/');
  let posts = 0;
  page.on('request', (request) => {
    if (isPlan(request)) posts++;
  });
  // Typed over what stood there: an emptied field would be an answer of 422 of its own on a slow machine.
  await planner.field(page, planner.users).selectText();
  await planner.field(page, planner.users).pressSequentially('61500', { delay: 20 });
  await planner.eventually(() => assert.equal(String(planner.inAddress(page, planner.users)), '61500'));
  assert.ok(posts <= 2, `${posts} requests for one number`);
});

journey(site, 'a recompute keeps caret, scroll and open panels, and is announced', {}, async ({ page }) => {
  await page.goto('/');
  const months = page
    .locator('details')
    .filter({ has: page.getByText('This plan by month') })
    .last();
  await months.locator('summary').first().click();
  const box = planner.field(page, planner.users);
  await box.fill('70,000');
  await box.evaluate((node) => node.setSelectionRange(2, 2));
  await page.evaluate(() => window.scrollTo(0, 200));
  const spoken = page.getByRole('status').last();
  const before = await spoken.textContent();
  await planner.eventually(() => assert.equal(String(planner.inAddress(page, planner.users)), '70000'));
  await planner.eventually(async () => assert.notEqual(await spoken.textContent(), before));
  assert.match(await spoken.textContent(), /cost|stops your growth/i);
  assert.equal(await box.evaluate((node) => node.selectionStart), 2, 'caret');
  assert.equal(await page.evaluate(() => window.scrollY), 200, 'scroll');
  assert.ok(await months.evaluate((node) => node.open), 'the open panel stays open');
});

journey(
  site,
  'a server that is away costs nobody their input',
  { answers: ['net::', 'Failed to fetch'] },
  async ({ page }) => {
    await page.goto('/');
    await page.route('**/plan', (route) => route.abort());
    await planner.field(page, planner.users).fill('48k');
    await page.getByText('Not connected.').waitFor();
    assert.equal(await planner.field(page, planner.users).inputValue(), '48k');
    await page.unroute('**/plan');
    await page.getByRole('button', { name: /try again|retry/i }).click();
    await planner.eventually(() => assert.equal(String(planner.inAddress(page, planner.users)), '48000'));
    await page.getByText('Not connected.').waitFor({ state: 'detached' });
  },
);

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';
  journey(
    site,
    `files follow period, columns, sellers and order, ${words}`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      const section = planner.compareSection(page);
      await page.goto('/');
      await section
        .getByRole('navigation', { name: 'Period' })
        .getByRole('link', { name: 'Month', exact: true })
        .click();
      await page.waitForURL(/period=month/);
      await choose(page, 'Columns', (box) => box.getByLabel('Last month').check());
      await choose(page, 'Columns', (box) => box.getByLabel('Gross margin').uncheck());
      await choose(page, 'Sellers', async (box) => {
        await box.getByLabel('Amazon Bedrock').uncheck();
        await box.getByLabel('Azure AI Foundry').check();
      });
      await planner
        .comparison(page)
        .getByRole('columnheader', { name: /^Last month/ })
        .getByRole('link')
        .click();
      await page.waitForURL(/sort=last_month/);
      await planner.eventually(async () => {
        const { keys } = await planner.readComparison(page);
        assert.ok(keys.includes('last_month') && !keys.includes('margin'), `${keys}`);
      });
      await planner.assertFilesMatch(page, await planner.readComparison(page));
    },
  );
}

/** Opens one of the choosers above the comparison, changes boxes and shows the result. */
async function choose(page, name, change) {
  const section = planner.compareSection(page);
  await section
    .getByRole('button', { name: new RegExp(`${name}|seller`) })
    .filter({ hasText: new RegExp(name, 'i') })
    .first()
    .click();
  const box = section.locator('form:popover-open');
  await change(box);
  await box.getByRole('button', { name: 'Show' }).click();
  await page.waitForLoadState('load');
}

journey(
  site,
  'a link that the browser will not copy is shown selected, for copying by hand',
  {},
  async ({ page }) => {
    // as over plain HTTP
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.goto('/?from=rag');
    await page.getByRole('button', { name: 'Copy link' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link to this plan' });
    const field = dialog.getByRole('textbox', { name: 'Link to this plan' });
    assert.equal(await field.inputValue(), page.url());
    assert.equal(await page.evaluate(() => getSelection().toString()), page.url(), 'selected');
    await page.keyboard.type('x');
    assert.equal(await field.inputValue(), page.url(), 'read-only');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  },
);

journey(
  site,
  'charts are drawn for paper while the page is printed, and for the screen again after',
  { colorScheme: 'dark', viewport: { width: 1440, height: 900 } },
  async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    const drawing = page.locator('[data-chart-for] svg').first();
    await drawing.waitFor();
    const look = () =>
      drawing.evaluate((svg) => ({
        width: svg.clientWidth,
        plot: svg.closest('[data-chart-for]').clientHeight - svg.clientHeight,
        ink: svg.querySelector('text').getAttribute('fill'),
      }));
    const screen = await look();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const paper = await look();
    assert.equal(paper.width, 680, 'as wide as A4 between its margins');
    assert.equal(paper.plot, 0, 'the drawing fits its box');
    const light = (colour) =>
      colour
        .match(/\d+/g)
        .slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0) >
      3 * 128;
    assert.ok(
      light(screen.ink) && !light(paper.ink),
      `text is ${screen.ink} on the dark screen and ${paper.ink} on paper`,
    );
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.deepEqual(await look(), screen);
  },
);
