import type { Money } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { canonicalNumber } from '@pledgeonce/chaincode/rules/numbers.js';
import { parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { DocumentError } from './document-error.js';
import type { Warn } from './parsed.js';
import type { XmlElement } from './xml-tree.js';

/**
 * The value, or a refusal that names the element which lacks it.
 *
 * @throws DocumentError INPUT_INVALID.
 */
export function required(value: string | undefined, field: string, detail: string): string {
  if (value === undefined) throw new DocumentError('INPUT_INVALID', field, detail);
  return value;
}

/**
 * Text of an amount as the ledger takes it. Zeros at the end are dropped, because files write 2337.50, 2337.5 and
 * 87859.00 for a currency without decimals; any other digit stays, and the ledger refuses what is too fine.
 */
export function amountText(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}

/**
 * Money of an XML element in the currency of its document.
 *
 * @throws DocumentError when the element is in another currency than the document says it is settled in.
 */
export function moneyOf(element: XmlElement | undefined, currency: string, field: string): Money | undefined {
  if (element === undefined) return undefined;
  const own = element.attributes.get('currencyID');
  if (own !== undefined && own !== currency) {
    throw new DocumentError(
      'CURRENCY_MIXED',
      field,
      `The document is in ${currency}, but this amount is in ${own}.`,
    );
  }
  return { amount: amountText(element.text.trim()), currency };
}

/** Whether an amount as papers write it gives money back. */
export function isNegative(money: Money): boolean {
  return money.amount.startsWith('-');
}

/** Whether an amount as papers write it is nothing, in whatever number of digits: `0`, `-0.00`. */
export function isZero(money: Money): boolean {
  return /^-?0*\.?0*$/.test(money.amount);
}

/** The same amount without its sign. */
export function positive(money: Money): Money {
  return { ...money, amount: money.amount.replace(/^-/, '') };
}

/**
 * A day as documents write it, year first: `20250514`, `2025-05-14+02:00`, `2025/05/14`, `20250514154156Z`.
 *
 * @param what the date that is meant, for the sentence: `date of issue`.
 * @throws DocumentError DATE_INVALID when there is none, or none that only one reading fits.
 */
export function dateOf(text: string | undefined, field: string, what = 'date of issue'): string {
  if (text === undefined || text.trim() === '') {
    throw new DocumentError('DATE_INVALID', field, `The document has no ${what}.`);
  }
  const [, year = '', , month = '', day = ''] =
    /^\s*(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d{1,3}(?!\d))/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (isDay(date)) return date;
  const detail = `The ${what} is written ${text.trim().slice(0, 40)}, which is not a day written with its year first, such as 2026-03-02.`;
  throw new DocumentError('DATE_INVALID', field, detail);
}

function isDay(date: string): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return (
    date.length === 10 && !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === date
  );
}

/** A day that the document can do without: one that cannot be read is left out with a warning. */
export function optionalDate(
  text: string | undefined,
  field: string,
  what: string,
  warn: Warn,
): string | undefined {
  return text === undefined ? undefined : optional(() => dateOf(text, field, what), field, warn);
}

/** Money that the document can do without: a negative one, or one in another currency, is left out with a warning. */
export function optionalMoney(
  element: XmlElement | undefined,
  currency: string,
  field: string,
  warn: Warn,
): Money | undefined {
  return optional(
    () => {
      const money = moneyOf(element, currency, field);
      if (money !== undefined) parseMoney(money, field, 'allow-zero');
      return money;
    },
    field,
    warn,
  );
}

/** The number of another paper: prose in its place is left out with a warning. */
export function optionalNumber(text: string | undefined, field: string, warn: Warn): string | undefined {
  if (text === undefined) return undefined;
  return optional(
    () => {
      canonicalNumber(text, field);
      return text;
    },
    field,
    warn,
    `${text.slice(0, 40)} is not the number of a paper.`,
  );
}

/** Text that is kept as it is; one that is longer than the ledger keeps is left out, because a part of it would be untrue. */
export function optionalText(
  text: string | undefined,
  longest: number,
  field: string,
  warn: Warn,
): string | undefined {
  if (text === undefined || text.length <= longest) return text;
  warn({ warning: 'left-out', field, detail: `It is longer than ${longest} characters.` });
  return undefined;
}

function optional<T>(read: () => T, field: string, warn: Warn, detail?: string): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DocumentError || error instanceof LedgerError)) throw error;
    const reason = error instanceof DocumentError ? error.detail : error.body.detail;
    warn({ warning: 'left-out', field, detail: detail ?? reason });
    return undefined;
  }
}

/** Leaves out what the document does not say, so that an absent field is absent and not undefined. */
export function present<T extends object>(fields: {
  readonly [K in keyof T]: T[K] | undefined;
}): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
