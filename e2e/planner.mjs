// What a reader does on the main page, in their words. Fields are found by their name, which is the path in the plan
// (plan-format v1); everything else by role, label and text.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { numberShown, readTable } from './look.mjs';
import { readCSV, readXLSX } from './sheets.mjs';

export const users = 'segments.users.users.start';
export const inputTokens = 'workloads.chat.input_tokens';

export const comparison = (page) => page.getByRole('table', { name: 'Comparison', exact: true });
export const compareSection = (page) =>
  page.getByRole('region').filter({ has: page.getByRole('heading', { name: /^Compare/ }) });
export const field = (page, path) => page.locator(`[name="${path}"]`);

/** Tries again until the check holds; the last failure is the test's. */
export async function eventually(check, limit = 30_000) {
  for (const end = Date.now() + limit; ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Types into a field, after opening the panels that it stands in. */
export async function type(page, path, text) {
  const closed = field(page, path).locator('xpath=ancestor::details[not(@open)]');
  while ((await closed.count()) > 0) await closed.first().locator('summary').first().click();
  await field(page, path).fill(text);
}

/** Types into a field and waits until the address holds it: by itself with scripts, with the button without. */
export async function change(page, scripts, path, text, value) {
  await type(page, path, text);
  if (!scripts) await page.getByRole('button', { name: 'Update the answer' }).click();
  await eventually(async () => assert.equal(String(inAddress(page, path)), value, `${path} in the address`));
}

/**
 * The value that the address gives for a path of the plan: it holds the difference from the preset, a long one
 * deflated.
 */
export function inAddress(page, path) {
  const code = new URL(page.url()).searchParams.get('d') ?? '{}';
  const patch = JSON.parse(code.startsWith('{') ? code : inflateRawSync(Buffer.from(code, 'base64url')).toString());
  return path.split('.').reduce((node, key) => node?.[key], patch);
}

/** The comparison as read from the page: column keys, and each row's texts by column. */
export const readComparison = (page) => readTable(comparison(page));

/** Clicks a download link and answers the file's bytes and name. */
export async function download(page, link) {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(await file.failure(), null);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/**
 * Every visible cell equals the cell of the file, digit by digit; what has no value is empty. `shown.keys` are the
 * heads that the file must have: the keys of the columns, or their words in the file for Excel.
 */
function assertSameAsCSV(shown, keys, [head, ...lines]) {
  assert.deepEqual(head.slice(0, keys.length), shown.keys, 'the columns of the page, in its order');
  assert.equal(lines.length, shown.rows.length, 'as many rows as the page');
  shown.rows.forEach(([row, cells], y) =>
    keys.forEach((key, x) => {
      const expected = fileText(key, cells[key]);
      assert.equal(
        key === 'relative' || key === 'margin' ? sameDigits(lines[y][x]) : lines[y][x],
        expected,
        `${row}, ${key}: the page shows ${cells[key]}`,
      );
    }),
  );
}

/** Percentages are fractions in files, with three decimals: 0.100 and 10.0 % are the same digits. */
const sameDigits = (text) => (text === '' ? '' : String(Number(text)));

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function fileText(key, text) {
  if (key === 'alternative') return text;
  const number = numberShown(text);
  if (number !== undefined) return number;
  const month = /^([A-Z][a-z]{2}) (\d{4})$/.exec(text);
  if (month) return `${month[2]}-${String(months.indexOf(month[1]) + 1).padStart(2, '0')}`;
  assert.match(
    text,
    /^(unknown|baseline|·|several|own price|none|no limit|over)/,
    `${key} is neither a number nor a known word`,
  );
  return '';
}

/** A month is the date of its first day: days since the end of 1899. */
const dayOf = (month) => Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1, 1) / 86_400_000 + 25_569;

/** The sheet holds the cells of the CSV: numbers as numbers, texts as texts, empty as empty. */
async function assertSameAsXLSX(page, bytes, [head, ...lines], shown) {
  const book = await readXLSX(bytes, page);
  const [heads, ...rows] = book.comparison;
  assert.equal(heads.length, head.length);
  assert.equal(rows.length, lines.length);
  lines.forEach((line, y) =>
    line.forEach((text, x) => {
      const cell = rows[y][x];
      const numeric = (x > 0 && x < shown.keys.length) || head[x] === 'ceiling';
      if (text === '') assert.equal(cell, undefined, `${head[x]}: empty in the CSV`);
      else if (numeric)
        assert.deepEqual(
          cell,
          { type: 'number', value: /^\d{4}-\d{2}$/.test(text) ? dayOf(text) : Number(text) },
          head[x],
        );
      else assert.deepEqual([cell.type, cell.value.replace(/^'/, '')], ['text', text.replace(/^'/, '')], head[x]);
    }),
  );
  return book;
}

/** Saves as a visitor: the plan waits while an account is made. */
export async function saveAsVisitor(page, name, person) {
  const bar = page.getByRole('region', { name: 'Plan', exact: true });
  await bar.getByRole('button', { name: /^Save/ }).first().click();
  await bar.getByRole('textbox', { name: /name/i }).fill(name);
  await bar.getByRole('button', { name: /^Save/ }).last().click();
  await page.getByRole('heading', { name: 'Sign up' }).waitFor();
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('Team').fill(person.team);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await page.getByText(/Saved to .* as version 1/).waitFor();
}

/** Downloads both CSV profiles and the XLSX, and compares them with the page cell by cell. */
export async function assertFilesMatch(page, shown) {
  const file = await download(page, compareSection(page).getByRole('link', { name: 'CSV', exact: true }));
  assert.match(file.name, /\.csv$/);
  const text = file.bytes.toString('utf8');
  assert.equal(text[0], '\ufeff', 'the file for Excel has a byte order mark');
  const excel = readCSV(text.slice(1));
  const heads = shown.heads.map((head) => head.replace('%', 'share of 1'));
  assertSameAsCSV({ ...shown, keys: heads }, shown.keys, excel);

  await page.getByRole('button', { name: 'Files' }).click();
  const data = await download(page, page.getByRole('link', { name: /CSV data/ }));
  const csv = readCSV(data.bytes.toString('utf8'));
  assertSameAsCSV(shown, shown.keys, csv);
  assert.deepEqual(csv.slice(1), excel.slice(1), 'both profiles hold the same');
  for (const key of ['currency', 'price_source', 'price_as_of', 'price_snapshot', 'plan_version'])
    assert.ok(csv[0].includes(key), `the file says ${key}`);
  await page.keyboard.press('Escape');

  const book = await download(page, compareSection(page).getByRole('link', { name: 'XLSX', exact: true }));
  assert.match(book.name, /\.xlsx$/);
  const sheets = await assertSameAsXLSX(page, book.bytes, csv, shown);
  assert.ok(sheets.sources?.length > 1, 'the sheet "sources" says where the figures come from');
}
