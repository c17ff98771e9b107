// Bad input keeps what was typed, names the field and says what would be right; nobody's plan is lost by any of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { numberShown } from './look.mjs';
import * as planner from './planner.mjs';
import { journey, useSite, visit } from './site.mjs';

const site = useSite();
const binary = process.env.HEADROOM_BINARY ?? fileURLToPath(new URL('../headroom', import.meta.url));
const summary = (page) =>
  page.getByRole('alert').filter({ has: page.getByRole('heading', { name: /another look/ }) });
const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';

  journey(
    site,
    `a bad number keeps the text and names the field, ${words}`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto('/');
      const { rows } = await planner.readComparison(page);
      await planner.field(page, planner.users).fill('forty thousand');
      await page.getByRole('button', { name: 'Update the answer' }).click();
      await summary(page).waitFor();
      const box = planner.field(page, planner.users);
      assert.equal(await box.inputValue(), 'forty thousand');
      await planner.eventually(async () => assert.equal(await box.getAttribute('aria-invalid'), 'true'));
      const described = (await box.getAttribute('aria-describedby')).split(' ');
      const messages = await Promise.all(described.map((id) => page.locator(`#${id}`).innerText()));
      assert.match(messages[0], /number|such as|\d/i, 'the message says what would be right');
      await planner.eventually(async () =>
        assert.ok(
          await summary(page).evaluate((node) => node === document.activeElement),
          'the focus is on the summary',
        ),
      );
      await summary(page)
        .getByRole('link', { name: /^Users at the start/ })
        .click();
      await planner.eventually(async () =>
        assert.ok(await box.evaluate((node) => node === document.activeElement), 'the summary leads to the field'),
      );
      assert.deepEqual((await planner.readComparison(page)).rows, rows, 'the last answer stays');
      await planner.change(page, scripts, planner.users, '41k', '41000');
      await summary(page).waitFor({ state: 'detached' });
    },
  );

  journey(
    site,
    `a doubtful number is asked about, not guessed, ${words}`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto('/');
      await planner.type(page, planner.inputTokens, '1.200');
      await page.getByRole('button', { name: 'Update the answer' }).click();
      await summary(page).waitFor();
      assert.match(await summary(page).innerText(), /1,?200/);
      assert.match(await summary(page).innerText(), /1\.2\b/);
    },
  );

  journey(
    site,
    `a broken plan file gets its line and reason, ${words}`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto('/');
      await planner.change(page, scripts, planner.users, '43k', '43000');
      await openFile(page, file('broken.json', '{\n  "schema": "headroom.plan/v1",\n  "months": 12,,\n}'));
      await page
        .getByText(/line 3/i)
        .first()
        .waitFor();
      await page.getByRole('link', { name: 'Back to the plan' }).click();
      assert.equal(
        await planner.field(page, planner.users).inputValue(),
        '43,000',
        'the plan from before is still there',
      );
      await openFile(
        page,
        file('odd.json', '{"schema": "headroom.plan/v1", "start": "2027-01", "months": 12, "colour": "red"}'),
      );
      await page
        .getByText(/colour/)
        .first()
        .waitFor();
    },
  );

  journey(site, `a plan file comes back as it was, ${words}`, { javaScriptEnabled: scripts }, async ({ page }) => {
    await page.goto('/');
    await planner.change(page, scripts, planner.users, '12,345', '12345');
    const shown = await planner.eventually(async () => readFor(page));
    const first = await downloadPlan(page);
    const other = await visit(site, { javaScriptEnabled: scripts });
    await other.page.goto('/');
    await openFile(other.page, file('plan.json', first));
    await planner.field(other.page, planner.users).waitFor();
    await planner.eventually(async () =>
      assert.equal(numberShown(await planner.field(other.page, planner.users).inputValue()), '12345'),
    );
    // the file has no alternatives without a price
    const priced = shown.rows.filter(([, cells]) => cells.total !== 'unknown');
    assert.deepEqual((await planner.readComparison(other.page)).rows, priced, 'the uploaded plan shows the same');
    assert.deepEqual(JSON.parse(await downloadPlan(other.page)), JSON.parse(first));
    await other.leave();
    assertSameAsCommand(first, shown);
  });
}

journey(site, 'a plan too big for an address is kept, and can be saved and shared', {}, async ({ page }) => {
  await page.goto('/');
  const plan = JSON.parse(await downloadPlan(page));
  for (let i = 1; i <= 60; i++)
    plan.workloads[`chat-${i}`] = { ...plan.workloads.chat, input_tokens: String(1000 + i) };
  plan.note = randomBytes(6000).toString('base64'); // which no address can shorten
  await openFile(page, file('big.json', JSON.stringify(plan)));
  await page.getByText(/does not fit|too much .* to fit/).waitFor();
  assert.ok(page.url().length < 8192 + site.url.length + 2, 'the address stays short');
  const shown = await planner.readComparison(page);
  await planner.saveAsVisitor(page, 'Many workloads', {
    name: 'Barbara',
    email: 'barbara@example.org',
    password: 'a long enough password',
    team: 'Big plans',
  });
  assert.deepEqual(await planner.readComparison(page), shown, 'the saved plan shows the same');
  assert.equal(await page.getByText(/does not fit|too much .* to fit/).count(), 0);
});

for (const scripts of [true, false]) {
  journey(
    site,
    `a preset can be tried and taken back, ${scripts ? 'with' : 'without'} JavaScript`,
    { javaScriptEnabled: scripts },
    async ({ page }) => {
      await page.goto('/');
      await planner.change(page, scripts, planner.users, '44k', '44000');
      await page.getByLabel('Start from').selectOption({ label: 'RAG' });
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.waitForURL(/from=rag/);
      await page.getByRole('link', { name: /undo/i }).first().click();
      await planner.eventually(async () =>
        assert.equal(await planner.field(page, planner.users).inputValue(), '44,000'),
      );
      await page.getByRole('link', { name: 'Remove example' }).click();
      await page.waitForURL(/from=empty/);
      assert.equal(await page.getByText('Example', { exact: true }).count(), 0, 'no badge on an empty plan');
    },
  );
}

/** `headroom evaluate` gives the cents of the page. */
function assertSameAsCommand(plan, shown) {
  const result = JSON.parse(
    execFileSync(binary, ['evaluate', '-'], { input: plan, encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
  const rows = Object.fromEntries(shown.rows);
  const compared = result.alternatives.filter(({ id }) => rows[id]);
  assert.ok(compared.length >= 5, 'the alternatives of the page are those of the command');
  for (const { id, totals } of compared) {
    const cents = Number(numberShown(rows[id].total)) * 100;
    assert.ok(
      Math.abs(totals.accrual_cost * 100 - cents) <= 0.5 + 1e-6 * cents * 1e-3,
      `${id}: ${totals.accrual_cost} is ${rows[id].total}`,
    );
  }
}

/** The comparison once the page shows the changed plan, not the example. */
async function readFor(page) {
  const table = await planner.readComparison(page);
  const fresh = await visit(site);
  await fresh.page.goto(page.url());
  assert.deepEqual(table.rows, (await planner.readComparison(fresh.page)).rows);
  await fresh.leave();
  return table;
}

async function filesMenu(page) {
  const bar = page.getByRole('region', { name: 'Plan', exact: true });
  if (!(await bar.getByLabel('Open a plan file').isVisible()))
    await bar.getByRole('button', { name: 'Files' }).click();
  return bar;
}

async function openFile(page, plan) {
  const bar = await filesMenu(page);
  await bar.getByLabel('Open a plan file').setInputFiles(plan);
  await bar.getByRole('button', { name: 'Open', exact: true }).click();
}

async function downloadPlan(page) {
  const bar = await filesMenu(page);
  const { name, bytes } = await planner.download(
    page,
    bar.getByRole('link', { name: 'Plan with its alternatives, JSON' }),
  );
  assert.match(name, /\.json$/);
  return bytes.toString('utf8');
}
