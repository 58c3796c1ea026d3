import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { z } from 'zod';
import type { Money } from '@pledgeonce/chaincode/api.js';

export const sumSchema = z.strictObject({
  /** The verdict, or the outcome. */
  verdict: z.string(),
  currency: z.string(),
  lines: z.number().int(),
  amount: z.string(),
  outstanding: z.string(),
});
export type Sum = z.infer<typeof sumSchema>;

interface Totals {
  lines: number;
  amount: bigint;
  outstanding: bigint;
}

/** Adds up a book by verdict and currency, to be held against the general ledger. */
export class Sums {
  readonly #totals = new Map<string, Totals>();
  #lines = 0;

  get lines(): number {
    return this.#lines;
  }

  /** @param loan undefined, or with amounts that cannot be read, for a line that counts without an amount. */
  add(
    verdict: string,
    loan: { readonly amount?: unknown; readonly outstanding?: unknown } | undefined,
  ): void {
    const [amount, outstanding] = [minorOf(loan?.amount), minorOf(loan?.outstanding)];
    const key = `${verdict} ${amount?.currency ?? ''}`;
    const known = this.#totals.get(key) ?? { lines: 0, amount: 0n, outstanding: 0n };
    known.lines += 1;
    known.amount += amount?.minor ?? 0n;
    known.outstanding += outstanding?.minor ?? 0n;
    this.#totals.set(key, known);
    this.#lines += 1;
  }

  get all(): Sum[] {
    return [...this.#totals]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, { lines, amount, outstanding }]) => {
        const [verdict = '', currency = ''] = key.split(' ');
        const text = (minor: bigint) => (currency === '' ? '0' : formatMoney(minor, currency).amount);
        return { verdict, currency, lines, amount: text(amount), outstanding: text(outstanding) };
      });
  }
}

function minorOf(money: unknown): { readonly minor: bigint; readonly currency: string } | undefined {
  try {
    return parseMoney(money as Money, 'amount', 'allow-zero');
  } catch (error) {
    if (error instanceof LedgerError || error instanceof TypeError) return undefined;
    throw error;
  }
}
