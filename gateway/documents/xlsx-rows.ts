import { setImmediate } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { DocumentError } from './document-error.js';
import { longestRow, type Cell, type TableRow } from './table-rows.js';
import { find, findAll, readXml } from './xml-tree.js';
import { readZip } from './zip-entries.js';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows of one sheet under its heading; more are sent in several files. */
const mostRows = 50_000;
const mostColumns = 500;

/**
 * Reads the first sheet of an Excel workbook. The archive is unpacked within limits and its XML read by the strict reader,
 * so that a number stays known as a number: an id that a spreadsheet has made one may have lost its zeros.
 *
 * @throws DocumentError for what is no workbook, or one that exceeds a limit.
 */
export async function* readXlsxRows(bytes: Buffer): AsyncGenerator<TableRow> {
  const parts = new Map<string, Buffer>();
  for await (const { name, bytes: part } of readZip(bytes, (name) =>
    /^xl\/[^/]*\.(xml|rels)$|^xl\/(worksheets|_rels)\/[^/]+$/.test(name),
  )) {
    parts.set(name, part);
  }
  const workbook = parts.get('xl/workbook.xml');
  if (workbook === undefined)
    throw new DocumentError('INPUT_INVALID', '', 'This is not an Excel workbook (.xlsx).');
  const sheet = parts.get(await firstSheet(workbook, parts.get('xl/_rels/workbook.xml.rels')));
  if (sheet === undefined)
    throw new DocumentError('INPUT_INVALID', '', 'The workbook has no sheet of cells.');
  const strings = parts.get('xl/sharedStrings.xml');
  const shared = strings === undefined ? [] : await sharedStrings(strings);
  for (const row of await cellsOf(sheet, shared)) yield row;
}

async function firstSheet(workbook: Buffer, relations: Buffer | undefined): Promise<string> {
  const [first] = findAll(find(await readXml(workbook), 'sheets'), 'sheet');
  const links = relations === undefined ? [] : findAll(await readXml(relations), 'Relationship');
  // The id of the relation has a prefix, which the tree leaves out; the sheets are related in their order.
  const targets = links.flatMap(({ attributes }) => {
    const isSheet = attributes.get('Type')?.endsWith('/worksheet') === true;
    const target = attributes.get('Target');
    return isSheet && target !== undefined ? [target.replace(/^\/?(xl\/)?/, 'xl/')] : [];
  });
  const number = first?.attributes.get('sheetId') ?? '1';
  const standard = `xl/worksheets/sheet${number}.xml`;
  return targets.includes(standard) || targets[0] === undefined ? standard : targets[0];
}

async function sharedStrings(bytes: Buffer): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inPhonetic = false;
  await readEvents(bytes, {
    open: (name) => {
      if (name === 'si') text = '';
      if (name === 'rPh') inPhonetic = true;
    },
    close: (name, own) => {
      if (name === 'rPh') inPhonetic = false;
      if (name === 't' && !inPhonetic) text += own;
      if (name === 'si') strings.push(text);
    },
  });
  return strings;
}

async function cellsOf(bytes: Buffer, shared: readonly string[]): Promise<readonly TableRow[]> {
  const rows: TableRow[] = [];
  let line = 0;
  let heading = 0;
  let cells: Cell[] = [];
  let column = 0;
  let type = 'n';
  let text = '';
  await readEvents(bytes, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes['r'] ?? line + 1);
        cells = [];
      }
      if (name === 'c') {
        column = attributes['r'] === undefined ? cells.length : columnOf(attributes['r']);
        type = attributes['t'] ?? 'n';
        text = '';
      }
    },
    close: (name, own) => {
      if (name === 'v' || name === 't') text += own;
      if (name === 'c' && text !== '') {
        if (column >= mostColumns)
          throw new DocumentError('INPUT_TOO_LARGE', '', `The sheet has more than ${mostColumns} columns.`);
        while (cells.length < column) cells.push('');
        cells[column] = cellOf(type, text, shared);
      }
      if (name === 'row' && cells.some((cell) => cell !== '')) {
        if (rows.length > mostRows)
          throw new DocumentError('INPUT_TOO_LARGE', '', `The sheet has more than ${mostRows} rows.`);
        // Empty cells at the end of a row are not stored.
        while (cells.length < heading) cells.push('');
        heading = Math.max(heading, rows.length === 0 ? cells.length : 0);
        rows.push({ line, cells });
      }
    },
  });
  return rows;
}

function cellOf(type: string, text: string, shared: readonly string[]): Cell {
  if (type === 's') return shared[Number(text)]?.trim() ?? '';
  // Text that a formula gave, text in the cell itself, an error value, a day as text.
  if (type !== 'n' && type !== 'b') return text.trim();
  if (type === 'b') return text === '1' ? 'true' : 'false';
  const stored = Number(text);
  return Number.isFinite(stored) ? { stored } : text;
}

/** `AB7` is in column 27, counted from 0. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

interface Events {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close: (name: string, text: string) => void;
}

/** Reads XML that is too long for a tree. */
async function readEvents(bytes: Buffer, { open, close }: Events): Promise<void> {
  const parser = new SaxesParser();
  let text = '';
  const refuse = (reason: string) => {
    throw new DocumentError('INPUT_INVALID', '', `The workbook is not well-formed. ${reason}`);
  };
  parser.on('doctype', () => {
    refuse('A document type declaration is not allowed.');
  });
  parser.on('error', (error) => {
    refuse(error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    close(localName(name), text);
    text = '';
  });
  parser.on('text', (more) => {
    if (text.length < longestRow) text += more;
  });
  const content = bytes.toString('utf8');
  for (let start = 0; start < content.length; start += longestRow) {
    if (start > 0) await setImmediate();
    parser.write(content.slice(start, start + longestRow));
  }
  parser.close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
