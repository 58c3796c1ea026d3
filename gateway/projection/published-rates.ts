import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { rate as rateKind } from '@pledgeonce/chaincode/registry/records.js';
import { dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { unitValue } from '@pledgeonce/chaincode/rules/rates.js';
import { z } from 'zod';
import type { Database } from './database.js';
import type { Written } from './trade-versions.js';

/** Every rate that was published: as the ledger has the record, and by the day for which it holds. */
export const publishedRateSql = `
CREATE TABLE rate_versions (
  currency TEXT NOT NULL, block INTEGER NOT NULL, position INTEGER NOT NULL, tx_id TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (currency, block, position)
) WITHOUT ROWID;
CREATE TABLE published_rates (
  currency TEXT NOT NULL, day INTEGER NOT NULL, block INTEGER NOT NULL, base TEXT NOT NULL, rate TEXT NOT NULL,
  PRIMARY KEY (currency, day, block)
) WITHOUT ROWID;
CREATE INDEX published_rates_by_block ON published_rates (block DESC, currency, base);
`;

/** Keeps a rate that the regulator has published; what is published again for a day takes the place of the first. */
export function keepRate(
  database: Database,
  { block, position, transactionId }: Written,
  stored: string,
): void {
  const { currency, base, rate: value, date } = decodeRecord(rateKind, stored);
  database.run('INSERT OR IGNORE INTO rate_versions VALUES (?, ?, ?, ?, ?)', [
    currency,
    block,
    position,
    transactionId,
    stored,
  ]);
  database.run('INSERT OR REPLACE INTO published_rates VALUES (?, ?, ?, ?, ?)', [
    currency,
    dayNumber(date),
    block,
    base,
    value,
  ]);
}

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
