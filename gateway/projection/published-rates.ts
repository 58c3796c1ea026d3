import { unitValue } from '@pledgeonce/chaincode/rules/rates.js';
import { z } from 'zod';
import type { Database } from './database.js';

const rateSchema = z.object({ day: z.number(), base: z.string(), rate: z.string() });
type RateRow = z.infer<typeof rateSchema>;

/** The regulator's rates day by day, as the blocks before a height have them. */
export class PublishedRates {
  readonly #database: Database;
  readonly #height: number;
  readonly #base: string | undefined;
  readonly #known = new Map<string, readonly RateRow[]>();

  constructor(database: Database, height: number) {
    this.#database = database;
    this.#height = height;
    const row = database.get(
      'SELECT base FROM published_rates WHERE block < ? ORDER BY block DESC, currency LIMIT 1',
      [height],
    );
    this.#base = row === null ? undefined : z.object({ base: z.string() }).parse(row).base;
  }

  /**
   * Value of a minor unit on a day: by the last rate published for that day or an earlier one, else by the first one.
   *
   * @returns undefined where no rate against the common base is published.
   */
  valueOf(currency: string, day: number): bigint | undefined {
    const base = this.#base;
    if (base === undefined) return undefined;
    if (currency === base) return unitValue(currency, base, new Map());
    const rows = this.#ratesOf(currency).filter((row) => row.base === base);
    const row = rows.findLast((one) => one.day <= day) ?? rows[0];
    return row && unitValue(currency, base, new Map([[currency, { currency, ...row, date: '' }]]));
  }

  /** Oldest day first; what was published again for a day stands last. */
  #ratesOf(currency: string): readonly RateRow[] {
    const known = this.#known.get(currency);
    if (known !== undefined) return known;
    const rows = z
      .array(rateSchema)
      .parse(
        this.#database.all(
          'SELECT day, base, rate FROM published_rates WHERE currency = ? AND block < ? ORDER BY day, block',
          [currency, this.#height],
        ),
      );
    this.#known.set(currency, rows);
    return rows;
  }
}
