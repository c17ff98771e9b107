// Every page, in light, in dark and at 360 px: axe finds nothing, nothing scrolls sideways, the browser complains of
// nothing, and the first page stays light.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, assertFitsWidth } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite, visit } from './site.mjs';

const site = useSite();
const wide = { width: 1440, height: 900 };
const narrow = { width: 360, height: 740 };
const looks = [
  ['light', { colorScheme: 'light', viewport: wide }],
  ['dark', { colorScheme: 'dark', viewport: wide }],
  ['at 360 px', { colorScheme: 'light', viewport: narrow }],
];

for (const [words, options] of looks) {
  journey(site, `all pages, ${words}`, { ...options, answers: [404, 422] }, async ({ page }) => {
    for (const [name, open] of pages(words)) {
      await open(page);
      await assertAccessible(page, `${name}, ${words}`, { coloursOnly: options.colorScheme === 'dark' });
      await assertFitsWidth(page, `${name}, ${words}`);
    }
  });
}

/** The pages in the order of a visit: signed out first. */
function pages(words) {
  const go = (path) => (page) => page.goto(path);
  return [
    ['main page with every panel open', openPanels],
    [
      'derivation',
      async (page) => {
        await go('/')(page);
        await page.goto(await how(page).getAttribute('href'));
      },
    ],
    [
      'derivation in a dialog',
      async (page) => {
        await go('/')(page);
        await how(page).click();
        await page.getByRole('dialog', { name: 'How this was computed' }).waitFor();
      },
    ],
    ['422', badInput],
    ['404', go('/no-such-page')],
    ['prices', go('/prices')],
    ['prices without a match', go('/prices?q=no-model-has-this-name')],
    [
      'model',
      async (page) => {
        await go('/prices')(page);
        await page.goto(await page.locator('a[href^="/prices/models/"]').first().getAttribute('href'));
      },
    ],
    ['sign-in', go('/sign-in')],
    ['sign-up', go('/sign-up')],
    ['account made', (page) => signUp(page, words)],
    ['account', go('/account')],
    ['team', go('/team')],
    ['no plans yet', go('/plans')],
    ['saved plan', savePlan],
    ['versions', async (page) => page.goto(`${new URL(page.url()).pathname}/versions`)],
    ['plans', go('/plans')],
    ['components', go('/dev/gallery')],
  ];
}

const how = (page) =>
  planner
    .comparison(page)
    .getByRole('link', { name: /how .* was computed/ })
    .first();

async function openPanels(page) {
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.locator('details').evaluateAll((panels) => {
    for (const panel of panels) panel.removeAttribute('name'); // else opening one closes its neighbours
    for (const panel of panels) panel.open = true;
  });
}

async function badInput(page) {
  await page.goto('/');
  await planner.field(page, planner.users).fill('many');
  await page.getByRole('button', { name: 'Update the answer' }).click();
  await page.getByRole('heading', { name: /another look/ }).waitFor();
}

async function signUp(page, words) {
  await page.goto('/sign-up');
  await page.getByLabel('Your name').fill('Mary');
  await page.getByLabel('E-mail address').fill(`mary-${words.replace(/\W/g, '-')}@example.org`);
  await page.getByLabel('Password').fill('a long enough password');
  await page.getByLabel('Team').fill('Pages');
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: 'Account of Mary' }).waitFor();
}

async function savePlan(page) {
  await page.goto('/');
  const bar = page.getByRole('region', { name: 'Plan', exact: true });
  await bar.getByRole('button', { name: /^Save/ }).first().click();
  await bar.getByRole('textbox', { name: /name/i }).fill('Pages');
  await bar.getByRole('button', { name: /^Save/ }).nth(1).click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}/);
}

test('the first page weighs at most 100 KiB compressed, without the chart bundle', async () => {
  const { context, page, leave } = await visit(site);
  const finished = [];
  context.on('requestfinished', (request) => finished.push(request));
  await page.goto('/', { waitUntil: 'load' });
  await page.locator('[data-chart-for] svg').first().waitFor(); // a busy machine fetches the chart bundle late
  const sizes = {};
  for (const request of finished)
    sizes[new URL(request.url()).pathname] = (await request.sizes()).responseBodySize;
  const chart = Object.keys(sizes).filter((path) => /chart/.test(path));
  assert.ok(chart.length > 0, 'the chart bundle is a file of its own');
  const weight = Object.entries(sizes)
    .filter(([path]) => !chart.includes(path))
    .reduce((sum, [, size]) => sum + size, 0);
  console.log(`first page: ${(weight / 1024).toFixed(1)} KiB compressed`, sizes);
  assert.ok(weight > 10_000 && weight <= 100 * 1024, `${weight} bytes: ${JSON.stringify(sizes)}`);
  await leave();
});

for (const javaScriptEnabled of [true, false]) {
  journey(
    site,
    `the chosen theme stays, JavaScript ${javaScriptEnabled}`,
    { javaScriptEnabled, colorScheme: 'light' },
    async ({ page }) => {
      await page.goto('/prices');
      await page.getByRole('button', { name: 'Light or dark' }).click();
      await page.getByRole('button', { name: 'Dark', exact: true }).click();
      await page.waitForLoadState('networkidle');
      await page.goto('/');
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
      const [red] = (await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor))
        .match(/\d+/g)
        .map(Number);
      assert.ok(red < 80, 'the page is dark');
    },
  );
}
