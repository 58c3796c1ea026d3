import type { Cell } from './table-rows.js';
import { writeZip } from './write-zip.js';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const parts = {
  '[Content_Types].xml': `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${kind}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${kind}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  // The second format is that of text: what is typed into such a cell stays as it was typed, with the zeros before it.
  'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`,
} as const;

/**
 * An Excel workbook of one sheet. Text is stored as text, whatever it begins with, so that a spreadsheet takes none of it for
 * a formula; what the reader found as a number is one again.
 *
 * @param rows the headings first.
 */
export function writeXlsx(rows: readonly (readonly Cell[])[]): Buffer {
  const width = rows[0]?.length ?? 0;
  const columns =
    width === 0 ? '' : `<cols><col min="1" max="${width}" width="18" style="1" customWidth="1"/></cols>`;
  const data = rows.map((cells, row) => rowXml(cells, row + 1)).join('');
  const sheet = `<worksheet xmlns="${main}">${columns}<sheetData>${data}</sheetData></worksheet>`;
  return writeZip(
    Object.entries({ ...parts, 'xl/worksheets/sheet1.xml': sheet }).map(([name, content]) => ({
      name,
      content: head + content,
    })),
  );
}

function rowXml(cells: readonly Cell[], row: number): string {
  const own = cells.map((cell, column) => (cell === '' ? '' : cellXml(cell, `${columnName(column)}${row}`)));
  return `<row r="${row}">${own.join('')}</row>`;
}

function cellXml(cell: Cell, at: string): string {
  if (typeof cell !== 'string') return `<c r="${at}"><v>${cell.stored}</v></c>`;
  return `<c r="${at}" s="1" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** The 27th column is AA. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

/** What XML has no place for is left out: a control character in a cell would make the whole workbook unreadable. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => ('\t\n\r'.includes(character) ? character : ''))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
