// The lock-in page: four readers, two sheets of paper, a calendar that holds every deadline, and figures that move with
// the plan.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { assertAccessible, assertFitsWidth, numberShown, readTable } from './look.mjs';
import * as planner from './planner.mjs';
import { readCSV, recordsOf } from './sheets.mjs';
import { journey, useSite } from './site.mjs';

const site = useSite();
const headline = (page) => page.getByRole('heading', { level: 1 });
const layers = (page) => page.getByRole('table', { name: 'Concentration on three layers' });

/** The page of the example with a change of its plan. */
const at = (patch) => (patch ? `/lockin?from=chatbot&d=${encodeURIComponent(JSON.stringify(patch))}` : '/lockin');

for (const scripts of [true, false]) {
  const words = scripts ? 'with JavaScript' : 'without JavaScript';

  journey(site, `four readers read one page, ${words}`, { javaScriptEnabled: scripts }, async ({ page, context }) => {
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Parts of the plan' }).getByRole('link', { name: 'Lock-in' }).click();
    await page.waitForURL(/\/lockin/);
    const plan = await (await context.request.get('/plan.json?propose=none')).json();
    const [answer] = (await (await context.request.post('/api/v1/lockin', { data: plan })).json()).alternatives;
    const { exit, time, scores, index } = answer.assessment;
    const sentence = (await headline(page).innerText()).replaceAll('\u00a0', ' ');
    assert.match(sentence, new RegExp(`^Leaving .+ costs \\$\\S+ and takes ${time.time_to_exit_days} days\\.$`));
    for (const reader of ['Sceptical CTO', 'CFO', 'Procurement lead', 'Risk officer']) {
      const column = page.getByRole('region', { name: reader, exact: true });
      assert.ok((await column.getByRole('listitem').count()) >= 4, `${reader} has answers`);
    }
    const parts = await page.locator('[aria-label="Parts of the lock-in index"] dd').allInnerTexts();
    assert.deepEqual(parts.map(parseFloat), [
      scores.concentration,
      scores.switching_cost,
      scores.time,
      scores.non_substitutability,
    ]);
    assert.ok((await page.getByText(/^Lock-in index/).innerText()).includes(String(index)));
    const cost = page.getByRole('table', { name: 'Exit cost by component' });
    assert.equal(
      Number(numberShown((await cost.locator('tfoot td').first().innerText()).split('\n')[0])),
      exit.cash_cost_usd,
    );
    await openFigure(page, scripts, cost.locator('tfoot').getByRole('link'), /Cash cost of leaving/);
    await assertQuotes(page, answer);
    await assertFlow(page, scripts, answer);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      if (scripts) await assertAccessible(page, `lock-in, ${colorScheme}`);
    }
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await assertFitsWidth(page, `lock-in, ${width}`);
    }
  });

  journey(
    site,
    `weights and facts are the team's, ${words}`,
    { javaScriptEnabled: scripts, answers: [422] },
    async ({ page }) => {
      await page.goto(at());
      const before = await index(page);
      await page.getByText('Change the weights').click();
      await page.getByLabel('Time', { exact: true }).fill('1');
      await page.getByRole('button', { name: 'Use these weights' }).click();
      await page
        .getByText(/must sum to 1/)
        .first()
        .waitFor();
      if (scripts) await assertAccessible(page, 'weights that do not sum to 1');
      for (const part of ['Concentration', 'Exit cost', 'Substitutes'])
        await page.getByLabel(part, { exact: true }).fill('0');
      await page.getByRole('button', { name: 'Use these weights' }).click();
      await planner.eventually(async () =>
        assert.deepEqual(planner.inAddress(page, 'dependencies.weights.time'), '1'),
      );
      const time = parseFloat(await page.locator('#part-time dd').innerText());
      assert.ok((await index(page)) === time && time !== before, 'time alone is the index');
      await correctFact(page);
    },
  );
}

async function index(page) {
  return Number(/Lock-in index\s+([\d.]+)/.exec(await page.getByText(/^Lock-in index/).innerText())[1]);
}

/** A team's own fact stands beside the one on file, in the address of the plan, until it is taken back. */
async function correctFact(page) {
  await page.getByText('Correct a fact, with your own source').click();
  await page.getByLabel('What it is about').selectOption('ft_weight_export');
  await page.getByLabel('What is so').fill('y by our contract');
  await page.getByLabel('Your source').fill('https://example.org/contract');
  await page.getByLabel('As of', { exact: true }).fill('2026-11-20');
  await page.getByRole('button', { name: 'Add to the plan' }).click();
  const conflicts = page.getByRole('table', { name: 'Facts that contradict each other' });
  await conflicts.waitFor();
  const { rows } = await readTable(conflicts);
  assert.equal(rows.length, 2);
  assert.equal(rows[0][1].value, 'y by our contract');
  assert.equal(planner.inAddress(page, 'dependencies.facts.sellers')[0].source, 'https://example.org/contract');
  await page
    .getByRole('table', { name: 'Your own facts' })
    .getByRole('link', { name: /^Remove/ })
    .click();
  await page.getByText('No facts about these sellers and labs contradict each other.').waitFor();
  assert.equal(planner.inAddress(page, 'dependencies.facts.sellers'), undefined);
}

async function openFigure(page, scripts, link, title) {
  await link.click();
  await page.getByRole('heading', { name: title }).waitFor();
  await (scripts ? page.getByRole('button', { name: 'Close' }).click() : page.goBack());
}

/** The drawing and its twin have a node for every seller, lab and chip vendor. */
async function assertFlow(page, scripts, answer) {
  await page.getByText('The same numbers as a table').first().click();
  const { rows } = await readTable(page.getByRole('table', { name: 'Flows of a year\u2019s spend' }));
  const { seller, lab, chip } = answer.assessment.concentration;
  for (const [name, layer] of Object.entries({ seller, lab, chip })) {
    const shares = Object.values(layer.shares_pct).filter((share) => share > 0);
    assert.equal(
      new Set(rows.filter(([, cells]) => cells.layer === name).map(([, cells]) => cells.to)).size,
      shares.length,
      name,
    );
  }
  if (scripts) await page.locator('#flow-plot svg').getByText('NVIDIA').waitFor();
}

/** The file for procurement holds every offer of every line, with source and date. */
async function assertQuotes(page, answer) {
  const file = await planner.download(page, page.getByRole('link', { name: 'Quotes, CSV' }));
  const quotes = recordsOf(readCSV(file.bytes.toString('utf8').replace(/^\ufeff/, '')));
  assert.equal(
    quotes.length,
    answer.lines.reduce((sum, line) => sum + line.substitutes.length, 0),
  );
  for (const quote of quotes)
    assert.ok(quote.Source && /^\d{4}-\d{2}-\d{2}$/.test(quote['As of']), JSON.stringify(quote));
}

journey(site, 'the page prints on at most two sheets of A4', {}, async ({ page }) => {
  for (const address of ['/lockin', '/lockin?alternative=together&tolerated=90', '/lockin?from=rag']) {
    await page.goto(address);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf).map(Number);
    assert.ok(
      Math.abs(width - 595.3) < 1.5 && Math.abs(height - 841.9) < 1.5,
      `A4, not ${width} by ${height} points`,
    );
    const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 1 && pages <= 2, `${address}: ${pages} pages`);
  }
  await page.emulateMedia({ media: 'print' });
  for (const text of ['For four readers', 'What leaving costs', 'Calendar', 'A seller is out for a day'])
    assert.ok(await page.getByRole('heading', { name: text }).isVisible(), text);
  for (const text of ['Change the weights', 'Correct a fact, with your own source'])
    assert.ok(!(await page.getByText(text).isVisible()), text);
});

journey(site, 'the calendar file holds every deadline of the page', {}, async ({ page }) => {
  await page.goto(
    at({
      name: 'Grüße; "years", a\\b, ' + 'ö'.repeat(60),
      offers: {
        'azure-gpt-5.4': {
          retires: '2028-06',
          lots: [{ from: '2027-01', months: 18, units: '1', price_per_month: '100' }],
        },
      },
      commitments: [{ id: 'macc', providers: ['azure'], periods: [{ from: '2027-01', months: 24, amount: '1000' }] }],
      credits: [{ id: 'grant', amount: '100', expires: '2027-03' }],
    }),
  );
  const shown = await page
    .locator('#deadlines li[data-key]')
    .evaluateAll((list) =>
      list.map((li) => [
        li.dataset.key,
        li.querySelector('time').dateTime,
        li.children[2].firstChild.textContent.trim(),
      ]),
    );
  const file = await planner.download(page, page.getByRole('link', { name: 'iCalendar' }));
  assert.match(file.name, /\.ics$/);
  const events = readCalendar(file.bytes);
  assert.ok(shown.length >= 8, `${shown.length} deadlines`);
  assert.equal(events.length, shown.length);
  for (const [key, day, title] of shown) {
    const event = events.find(({ UID }) => UID.startsWith(`${key}.`));
    assert.deepEqual([event.DTSTART, event.SUMMARY], [day.replaceAll('-', ''), title], key);
  }
  const again = readCalendar((await planner.download(page, page.getByRole('link', { name: 'iCalendar' }))).bytes);
  assert.deepEqual(
    again.map(({ UID }) => UID),
    events.map(({ UID }) => UID),
    'a deadline keeps its UID',
  );
});

/** A strict reader of RFC 5545, which shares nothing with the writer: events as property to text. */
function readCalendar(bytes) {
  const text = bytes.toString('utf8');
  assert.equal(Buffer.from(text).compare(bytes), 0, 'UTF-8');
  assert.ok(text.endsWith('\r\n') && !/(^|[^\r])\n/.test(text), 'lines end with CRLF');
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const lines = text
    .replaceAll('\r\n ', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => /^([A-Z]+)((?:;[A-Z]+=[^:;]+)*):(.*)$/.exec(line) ?? assert.fail(line));
  assert.deepEqual([lines[0][0], lines[1][0], lines.at(-1)[0]], ['BEGIN:VCALENDAR', 'VERSION:2.0', 'END:VCALENDAR']);
  const events = [];
  let event;
  for (const [line, name, , value] of lines.slice(1, -1)) {
    if (line === 'BEGIN:VEVENT') event = {};
    else if (line === 'END:VEVENT') events.push(event);
    else if (event) {
      assert.ok(!(name in event), `${name} twice`);
      assert.ok(!/[\\;,]/.test(value.replace(/\\[\\;,nN]/g, '')), `not escaped: ${value}`);
      event[name] = value.replace(/\\([\\;,nN])/g, (_, c) => (c.toLowerCase() === 'n' ? '\n' : c));
    }
  }
  for (const one of events) {
    assert.match(one.DTSTAMP, /^\d{8}T\d{6}Z$/);
    assert.match(one.DTSTART, /^\d{8}$/);
    assert.ok(one.UID && one.SUMMARY);
  }
  assert.equal(new Set(events.map(({ UID }) => UID)).size, events.length, 'each UID once');
  return events;
}

journey(
  site,
  'another split of the requests moves all three layers',
  { javaScriptEnabled: false },
  async ({ page }) => {
    await page.goto(at());
    const before = Object.fromEntries((await readTable(layers(page))).rows);
    await page.getByRole('link', { name: 'Answer', exact: true }).click();
    await planner.type(page, 'workloads.chat.routes[1].model', 'Claude Sonnet 5');
    await planner.field(page, 'workloads.chat.routes[1].share').fill('50 %');
    await page.getByRole('button', { name: 'Update the answer' }).click();
    await page.getByRole('navigation', { name: 'Parts of the plan' }).getByRole('link', { name: 'Lock-in' }).click();
    const after = Object.fromEntries((await readTable(layers(page))).rows);
    for (const layer of ['Seller', 'Lab', 'Chip vendor']) {
      assert.notEqual(numberShown(after[layer].hhi), undefined, layer);
      assert.notEqual(after[layer].hhi, before[layer].hhi, `${layer} moves`);
    }
  },
);

journey(site, 'a seller that nobody knows is unknown, with its effect', {}, async ({ page }) => {
  await page.goto(
    at({
      offers: {
        'azure-gpt-5.4': {
          kind: 'on_demand',
          catalog: null,
          scope: null,
          provider: 'newcomer',
          prices: [{ from: '2027-01', input: '2', output: '8' }],
        },
      },
    }),
  );
  assert.match(await headline(page).innerText(), /^Leaving newcomer /);
  const { rows } = await readTable(page.getByRole('table', { name: 'Sellers, labs and chips that are not known' }));
  assert.deepEqual(
    rows.map(([, cells]) => cells.layer),
    ['seller', 'lab', 'chip'],
  );
  const open = await readTable(page.getByRole('table', { name: 'Rules that cannot be computed' }));
  assert.ok(open.rows.some(([rule]) => rule === 'L14') && open.rows.every(([, cells]) => cells.missing !== ''));
  const passed = await page.getByText(/rules? passed:/).innerText();
  for (const [rule] of open.rows) assert.ok(!passed.includes(`${rule} `), `${rule} is not passed`);
});

// Nothing is hard-coded: who sells a model is what the price snapshot says.
journey(site, 'one seller of a model is two after a newer price file', {}, async ({ page }) => {
  const sole = { offers: { 'azure-gpt-5.4': { catalog: 'alibaba/qwen-coder', scope: 'default' } } };
  await page.goto(at(sole));
  const flag = page.getByRole('table', { name: 'Rules that fired' }).getByRole('row').filter({ hasText: 'L07' });
  assert.match(await flag.innerText(), /is sold by one seller, alibaba, as of 2026-08-01/);
  await page.getByText('1 seller of', { exact: false }).waitFor();
  const snapshot = await importPrices('provider,id,scope,input,output\nazure,qwen-coder,default,0.3,1.5\n');
  await page.goto(at({ ...sole, catalog_snapshot: snapshot }));
  await headline(page).waitFor();
  assert.equal(await flag.count(), 0, 'the flag is gone');
  const moves = page
    .getByRole('region', { name: 'Sceptical CTO' })
    .getByRole('listitem')
    .filter({ hasText: /qwen-coder at .* can move today/i });
  assert.match(await moves.innerText(), /Azure/);
});

/** Imports own prices into the database of the server, as people do; answers the id of the snapshot. */
async function importPrices(text) {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-prices-'));
  try {
    await writeFile(join(folder, 'own.csv'), text);
    const binary = resolve(import.meta.dirname, '..', process.env.HEADROOM_BINARY ?? 'headroom');
    const args = [
      'catalog',
      'import',
      '--database',
      site.database,
      '--from',
      'csv',
      '--as-of',
      '2026-11-20',
      join(folder, 'own.csv'),
    ];
    const { stdout } = await promisify(execFile)(binary, args);
    return JSON.parse(stdout.split('\n')[0]).snapshot;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
