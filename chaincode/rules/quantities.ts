import type { Quantity } from '../api.js';
import { LedgerError } from '../errors.js';
import { largestMinor } from './money.js';
import { isUnit } from './units.js';

const places = 3;
/** Units of mass by their code in UN/ECE Recommendation 20, in grams. */
const grams: ReadonlyMap<string, bigint> = new Map([
  ['GRM', 1n],
  ['KGM', 1_000n],
  ['DTN', 100_000n],
  ['TNE', 1_000_000n],
]);

/** A quantity inside the ledger: thousandths of one unit. */
export interface MinorQuantity {
  readonly minor: bigint;
  readonly unit: string;
}

const decimalText = /^(\d{1,30})(?:\.(\d{1,20}))?$/;

/**
 * Reads a quantity in thousandths of its unit.
 *
 * @param field where the quantity stands in the request, for the error.
 * @throws LedgerError UNIT_UNKNOWN, AMOUNT_INVALID, AMOUNT_PRECISION, AMOUNT_NOT_POSITIVE or AMOUNT_TOO_LARGE.
 */
export function parseQuantity({ amount, unit }: Quantity, field: string): MinorQuantity {
  if (!isUnit(unit)) throw new LedgerError('UNIT_UNKNOWN', { field: `${field}.unit` });
  const at = { field: `${field}.amount` };
  const [, whole, fraction = ''] = decimalText.exec(amount) ?? [];
  if (whole === undefined) throw new LedgerError('AMOUNT_INVALID', at);
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > places) throw new LedgerError('AMOUNT_PRECISION', at);
  const minor = BigInt(whole + digits.padEnd(places, '0'));
  if (minor === 0n) throw new LedgerError('AMOUNT_NOT_POSITIVE', at);
  if (minor > largestMinor) throw new LedgerError('AMOUNT_TOO_LARGE', at);
  return { minor, unit };
}

/** Writes thousandths of a unit with exactly three decimals. */
export function formatQuantity(minor: bigint, unit: string): Quantity {
  const digits = minor.toString().padStart(places + 1, '0');
  return { amount: `${digits.slice(0, -places)}.${digits.slice(-places)}`, unit };
}

/** Grams of one unit of mass; undefined for every other unit, because a bag or a cubic metre has no fixed weight. */
export function massOf(unit: string): bigint | undefined {
  return grams.get(unit);
}
