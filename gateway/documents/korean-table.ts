import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { DocumentError } from './document-error.js';
import { isNegative, isZero } from './fields.js';
import type { Warn } from './parsed.js';
import { amountOfCell, dateOfCell, textOfCell } from './read-cell.js';
import type { Cell } from './table-rows.js';

const columns = {
  number: 'Declaration ID',
  date: 'Date',
  office: 'Office ID',
  tradeMode: 'Import Type',
  transportMode: 'Mode of Transport',
  buyer: 'Importer ID',
  seller: 'Seller ID',
  hsCode: 'HS6 Code',
  amount: 'Item Price',
} as const;

/** Whether a table is one of Korean customs declarations, by any two of its own headings. */
export function isKoreanTable(headings: readonly string[]): boolean {
  return [columns.number, columns.seller, columns.amount].filter((one) => headings.includes(one)).length > 1;
}

/** @throws DocumentError that names the columns which are missing. */
export function assertKoreanTable(headings: readonly string[]): void {
  const missing = Object.values(columns).filter((column) => !headings.includes(column));
  if (missing.length > 0) {
    throw new DocumentError('INPUT_INVALID', missing.join(', '), 'The table lacks columns that are needed.');
  }
}

/**
 * The declaration of one row. The assessed value is in won, which has no decimals. A row without a seller's number is
 * refused: without it nobody could tell two sellers' documents apart.
 *
 * @throws DocumentError that names the column which is wrong.
 */
export function koreanDeclaration(
  headings: readonly string[],
  cells: readonly Cell[],
  warn: Warn,
): FactInput {
  if (cells.length !== headings.length) {
    const detail = `The row has ${cells.length} cells instead of ${headings.length}.`;
    throw new DocumentError('INPUT_INVALID', '', detail);
  }
  const at = (column: keyof typeof columns) => cells[headings.indexOf(columns[column])] ?? '';
  const text = (column: keyof typeof columns) => textOfCell(at(column), columns[column], warn);
  const number = text('number');
  const seller = text('seller');
  const buyer = text('buyer');
  const total = { amount: amountOfCell(at('amount'), columns.amount), currency: 'KRW' };
  if (number === '') {
    throw new DocumentError('NUMBER_INVALID', columns.number, 'The declaration has no number.');
  }
  if (seller === '') {
    throw new DocumentError('PARTY_INVALID', columns.seller, 'The seller has no registered number.');
  }
  if (!/^-?\d{1,20}(\.\d{1,20})?$/.test(total.amount)) {
    throw new DocumentError('AMOUNT_INVALID', columns.amount);
  }
  if (isNegative(total) || isZero(total)) throw new DocumentError('AMOUNT_NOT_POSITIVE', columns.amount);
  if (total.amount.includes('.')) {
    throw new DocumentError('AMOUNT_PRECISION', columns.amount, 'The won has no decimals.');
  }
  const hsCode = text('hsCode');
  const details = {
    customsOffice: text('office'),
    tradeMode: text('tradeMode'),
    transportMode: text('transportMode'),
  };
  return {
    type: 'customs-declaration',
    number,
    date: dateOfCell(at('date'), columns.date),
    seller: { scheme: 'LEGAL', id: seller },
    ...(buyer !== '' && { buyer: { scheme: 'LEGAL', id: buyer } as const }),
    total,
    details: {
      ...Object.fromEntries(Object.entries(details).filter(([, value]) => value !== '')),
      ...(/^\d{4,13}$/.test(hsCode) && { goods: [{ hsCode }] }),
    },
  };
}
