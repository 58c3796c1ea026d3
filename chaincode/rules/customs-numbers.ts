import { LedgerError } from '../errors.js';
import { isMrn, looksLikeMrn } from './check-digits.js';

/** Office (4), year (4), 0 for export or 1 for import, serial (9). */
const eighteen = /^\d{4}(?:19|20)\d{2}[01]\d{9}$/;

/** Shorter than any register's, and so common that two exporters would meet under it: customs is the issuer of all. */
const shortest = 4;

/** What a nine-digit spelling leaves out and the rest of the declaration tells. */
export interface DeclarationContext {
  readonly office?: string | undefined;
  readonly date?: string | undefined;
}

/**
 * The one spelling of a declaration number. A Chinese number is kept with 18 digits: of 21 digits the first 18 count,
 * and nine digits are the serial of an export, completed where the declaration names its office. Other numbers stay.
 *
 * @throws LedgerError NUMBER_INVALID for less than four characters, CHECK_DIGIT_WRONG for a movement reference number with a wrong check digit.
 */
export function customsNumber(canonical: string, context: DeclarationContext, field: string): string {
  if (/^\d{21}$/.test(canonical) && eighteen.test(canonical.slice(0, 18))) return canonical.slice(0, 18);
  const { office, date } = context;
  if (/^\d{9}$/.test(canonical) && office !== undefined && /^\d{4}$/.test(office) && date !== undefined) {
    return `${office}${date.slice(0, 4)}0${canonical}`;
  }
  if (canonical.length < shortest) {
    const detail = `The number of a customs declaration has at least ${shortest} characters.`;
    throw new LedgerError('NUMBER_INVALID', { field, detail });
  }
  if (looksLikeMrn(canonical) && !isMrn(canonical)) throw new LedgerError('CHECK_DIGIT_WRONG', { field });
  return canonical;
}

/** Whether a canonical number says that it is of an import declaration. */
export function isImport(canonical: string): boolean {
  return eighteen.test(canonical) && canonical.charAt(8) === '1';
}

/**
 * Whether a number may be only the serial of a Chinese one: it says nothing of the office and the year, so no register
 * can find the declaration by it alone.
 */
export function isSerialOnly(canonical: string): boolean {
  return /^\d{9}$/.test(canonical);
}
