import type { LineRole } from '../catalogue.js';
import type { Priced } from '../rules/balances.js';

/** A claim, as far as it says what its goods stand for. */
interface PricedClaim {
  readonly lines: readonly { readonly role: LineRole }[];
  /** Minor units. */
  readonly amount: bigint;
  readonly currency: string;
}

/**
 * What each document of goods stands for in a loan on goods alone: its share of the amount uses up the price beside the
 * goods, so that goods and their price are not both lent on in full.
 */
export function pricedPart({ lines, amount, currency }: PricedClaim): Priced | undefined {
  if (lines.some(({ role }) => role === 'receivable')) return undefined;
  const goods = BigInt(lines.filter(({ role }) => role === 'collateral').length);
  if (goods === 0n) return undefined;
  return { currency, amount: (amount + goods - 1n) / goods };
}
