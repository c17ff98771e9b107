// Strict readers for the downloads. They share no code with the writers, and refuse what a strict importer would
// refuse.

import { strFromU8, unzipSync } from 'fflate';

/** Reads RFC 4180: comma, CR LF, quotes doubled inside quotes, no byte order mark, as many fields in each line. */
export function readCSV(text) {
  const rows = [];
  for (let at = 0; at < text.length;) {
    const row = [];
    for (let end = ','; end === ',';) {
      const [field, next] = readField(text, at);
      row.push(field);
      end = text.startsWith('\r\n', next) ? '\r\n' : text[next];
      if (end !== ',' && end !== '\r\n') throw new Error(`CSV: unexpected ${JSON.stringify(end)} at ${next}`);
      at = next + end.length;
    }
    if (rows.length > 0 && row.length !== rows[0].length)
      throw new Error(`CSV: line ${rows.length + 1} has ${row.length} fields, not ${rows[0].length}`);
    rows.push(row);
  }
  return rows;
}

function readField(text, at) {
  if (text[at] !== '"') {
    const end = /[,\r\n"]/g;
    end.lastIndex = at;
    const stop = end.exec(text)?.index ?? text.length;
    return [text.slice(at, stop), stop];
  }
  let field = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== '"') field += text[i];
    else if (text[i + 1] === '"') field += text[i++];
    else return [field, i + 1];
  }
  throw new Error('CSV: a quoted field does not end');
}

/** Reads rows of objects by the head line. */
export function recordsOf([head, ...lines]) {
  return lines.map((line) => Object.fromEntries(head.map((key, i) => [key, line[i]])));
}

/**
 * Reads an XLSX file into {sheet name: rows}; a cell is {type: 'number'|'text', value} or undefined. The XML is parsed
 * by the browser of the page.
 */
export async function readXLSX(bytes, page) {
  const files = unzipSync(bytes);
  const xml = Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => /\.(xml|rels)$/.test(name))
      .map(([name, data]) => [name, strFromU8(data)]),
  );
  return page.evaluate(sheetsOf, xml);
}

/** Runs in the browser. */
function sheetsOf(xml) {
  const parse = (name) => {
    const document = new DOMParser().parseFromString(xml[name], 'text/xml');
    if (document.querySelector('parsererror')) throw new Error(`${name} is not XML`);
    return document;
  };
  const all = (node, name) => [...node.getElementsByTagNameNS('*', name)];
  const textOf = (node) =>
    all(node, 't')
      .map((t) => t.textContent)
      .join('');
  const shared = xml['xl/sharedStrings.xml'] ? all(parse('xl/sharedStrings.xml'), 'si').map(textOf) : [];
  const column = (reference) =>
    [.../^[A-Z]+/.exec(reference)[0]].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const cell = (c) => {
    if (all(c, 'f').length > 0) throw new Error(`${c.getAttribute('r')} is a formula`);
    const value = all(c, 'v')[0]?.textContent;
    switch (c.getAttribute('t') ?? 'n') {
      case 's':
        return { type: 'text', value: shared[Number(value)] };
      case 'inlineStr':
        return { type: 'text', value: textOf(c) };
      case 'str':
        return { type: 'text', value };
      case 'n':
        return value === undefined ? undefined : { type: 'number', value: Number(value) };
      default:
        throw new Error(`${c.getAttribute('r')} has type ${c.getAttribute('t')}`);
    }
  };
  const rows = (document) =>
    all(document, 'row').map((row) => {
      const cells = [];
      for (const c of all(row, 'c')) cells[column(c.getAttribute('r'))] = cell(c);
      return cells;
    });
  const targets = Object.fromEntries(
    all(parse('xl/_rels/workbook.xml.rels'), 'Relationship').map((r) => [
      r.getAttribute('Id'),
      r.getAttribute('Target').replace(/^\/?(xl\/)?/, 'xl/'),
    ]),
  );
  return Object.fromEntries(
    all(parse('xl/workbook.xml'), 'sheet').map((sheet) => [
      sheet.getAttribute('name'),
      rows(parse(targets[sheet.getAttribute('r:id')])),
    ]),
  );
}
