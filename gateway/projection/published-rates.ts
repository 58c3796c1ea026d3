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
  readonly #known = new Map<string, RateRow | undefined>();

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
    const row = this.#rateOf(currency, base, day);
    return row && unitValue(currency, base, new Map([[currency, { currency, ...row, date: '' }]]));
  }

  /** The last one of that day or an earlier one, else the first of all; what was published again for a day counts last. */
  #rateOf(currency: string, base: string, day: number): RateRow | undefined {
    const name = `${currency} ${day}`;
    if (this.#known.has(name)) return this.#known.get(name);
    const find = (more: string, values: readonly number[]) => {
      const row = this.#database.get(
        `SELECT day, base, rate FROM published_rates WHERE currency = ? AND base = ? AND block < ? ${more} LIMIT 1`,
        [currency, base, this.#height, ...values],
      );
      return row === null ? undefined : rateSchema.parse(row);
    };
    const found =
      find('AND day <= ? ORDER BY day DESC, block DESC', [day]) ?? find('ORDER BY day, block', []);
    this.#known.set(name, found);
    return found;
  }
}
