import { LedgerError } from '../errors.js';
import { scriptsOf } from './scripts.js';
import { visible } from './visible.js';

const longest = 64;
// Dashes, the minus sign and the long vowel mark (typed for a dash on Japanese keyboards); spaces of every width.
const dashesAndSpaces = /[\p{Pd}\u2212\u30fc\s\p{Z}]/gu;
const allowed = /^[\p{L}0-9/.,_#&+*:()'"\\|@%]+$/u;
const anyDigitOrLetter = /[\p{L}0-9]/u;

/**
 * The one spelling of a document number, by documents.md: compatibility forms folded, invisible characters, dashes and
 * spaces removed, upper case. Leading zeros and letters stay, and no look-alike is replaced by another character.
 *
 * @throws LedgerError NUMBER_MIXED_SCRIPT when letters of two scripts that look alike meet, NUMBER_INVALID when no
 * number is left.
 */
export function canonicalNumber(number: string, field: string): string {
  const folded = visible(number.normalize('NFKC')).replace(dashesAndSpaces, '').toUpperCase();
  const canonical = folded.normalize('NFKC');
  const used = scriptsOf(canonical);
  if (used.size > 1) throw new LedgerError('NUMBER_MIXED_SCRIPT', { field });
  if (
    used.has(-1) ||
    canonical.length > longest ||
    !allowed.test(canonical) ||
    !anyDigitOrLetter.test(canonical)
  ) {
    throw new LedgerError('NUMBER_INVALID', { field });
  }
  return canonical;
}
