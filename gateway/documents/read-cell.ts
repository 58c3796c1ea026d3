import { DocumentError } from './document-error.js';
import { amountText, dateOf } from './fields.js';
import type { Warn } from './parsed.js';
import type { Cell } from './table-rows.js';

/** What a spreadsheet shows of a long id that it took for a number: its digits are lost. */
const damaged = /^[+-]?\d(?:[.,]\d+)?E\+\d{1,3}$/i;

/** Digits that a spreadsheet keeps of a number. */
const digitsKept = 15;

/** Days from the beginning of Excel's calendar to 1970; it counts a 29 February 1900 that never was. */
const excelEpoch = 25_569;

/**
 * The text of a cell for which every character counts: an id, a number, a code.
 *
 * @throws DocumentError when the spreadsheet has dropped digits of it.
 */
export function textOfCell(cell: Cell, heading: string, warn: Warn): string {
  if (typeof cell === 'string') {
    if (damaged.test(cell)) throw damagedBy(cell, heading);
    return cell;
  }
  const text = String(cell.stored);
  if (!Number.isInteger(cell.stored) || text.length > digitsKept || /e/i.test(text))
    throw damagedBy(text, heading);
  warn({
    warning: 'stored-as-number',
    field: heading,
    detail: `The spreadsheet stores ${text} as a number: zeros before it would be lost. Format the column as text.`,
  });
  return text;
}

/**
 * An amount as digits with a point. Spreadsheets write `1.234,50` and `1,234.50`; what may be read in two ways is
 * refused.
 *
 * @throws DocumentError AMOUNT_INVALID when it may be read in two ways.
 */
export function amountOfCell(cell: Cell, heading: string): string {
  if (typeof cell !== 'string') return amountText(String(Number(cell.stored.toPrecision(digitsKept))));
  const text = cell.replace(/[\s\u00a0\u202f']/g, '');
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(text)) return amountText(text.replaceAll(',', ''));
  if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(text)) return amountText(text.replaceAll('.', '').replace(',', '.'));
  if (/^-?\d+,(\d{1,2}|\d{4,})$/.test(text)) return amountText(text.replace(',', '.'));
  if (/^-?\d{1,3}(,\d{3})+$/.test(text) || /^-?\d{1,3}(\.\d{3}){2,}$/.test(text)) {
    const detail = `${text.slice(0, 40)} may be read in two ways. Write the amount with a point before its decimals and no other mark.`;
    throw new DocumentError('AMOUNT_INVALID', heading, detail);
  }
  return amountText(text);
}

/** A day: as text with its year first, or as the number of days that a spreadsheet keeps. */
export function dateOfCell(cell: Cell, heading: string): string {
  if (typeof cell === 'string') return dateOf(cell, heading, 'date');
  if (cell.stored >= 20_000_000) return dateOf(String(cell.stored), heading, 'date');
  const day = new Date((Math.floor(cell.stored) - excelEpoch) * 86_400_000);
  return dateOf(Number.isNaN(day.getTime()) ? String(cell.stored) : day.toISOString(), heading, 'date');
}

function damagedBy(text: string, heading: string): DocumentError {
  const detail = `A spreadsheet has damaged ${text}: it took the id for a number and dropped digits. Format the column as text and enter it again.`;
  return new DocumentError('NUMBER_INVALID', heading, detail);
}
