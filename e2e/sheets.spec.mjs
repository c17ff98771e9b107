// The readers that the downloads are judged by must themselves refuse what is wrong.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCSV } from './sheets.mjs';

test('CSV: quotes, commas and line ends inside a field survive', () => {
  assert.deepEqual(readCSV('a,b\r\n"x ""y"", z\r\n1",2\r\n,\r\n'), [['a', 'b'], ['x "y", z\r\n1', '2'], ['', '']]);
});

for (const [why, text] of [
  ['a bare LF ends no line', 'a,b\n1,2\n'],
  ['a quote inside a bare field', 'a"b,c\r\n'],
  ['text after a closing quote', '"a"b,c\r\n'],
  ['a quoted field without end', '"a,b\r\n'],
  ['a line with another number of fields', 'a,b\r\n1\r\n'],
  ['a last line without its end', 'a,b\r\n1,2'],
]) {
  test(`CSV: refuses ${why}`, () => assert.throws(() => readCSV(text), /CSV/));
}
