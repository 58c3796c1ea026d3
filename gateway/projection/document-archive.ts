import { dimensions } from '@pledgeonce/chaincode/catalogue.js';
import type { Database } from './database.js';
import { digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { z } from 'zod';
import type { AuditedDocument, ResemblanceOptions } from '../audit/resemblance.js';

/** Documents that are compared with one under each near key; more than that is noise that a person cannot read. */
export const mostCandidates = 120;

const rowSchema = z
  .object({
    ordinal: z.number(),
    fact: z.string(),
    block: z.number(),
    position: z.number(),
    transactionId: z.string(),
    status: z.string(),
    type: z.string(),
    dimension: z.enum(dimensions),
    seller: z.string(),
    number: z.string(),
    currency: z.string().nullable(),
    amount: z.string().nullable(),
    day: z.number(),
    trade: z.string().nullable(),
    containers: z.string(),
  })
  .transform(({ currency, amount, trade, containers, ...rest }) => ({
    ...rest,
    currency: currency ?? undefined,
    amount: amount === null ? undefined : BigInt(amount),
    trade: trade ?? undefined,
    containers: z.array(z.string()).parse(JSON.parse(containers)),
  }));

const rowsSchema = z.array(rowSchema);

/** A document as it stood at a height, and where the ledger has its first version. */
export type ArchivedDocument = AuditedDocument & z.infer<typeof rowSchema>;

/** Of every document the latest version below the height. */
const select = `SELECT d.ordinal, d.fact, d.block, d.position, d.tx_id AS transactionId, v.status, v.type, v.dimension,
    v.seller, v.number, v.currency, v.amount, v.day, v.containers,
    (SELECT m.trade FROM trade_members m WHERE m.fact = d.fact AND m.block < ?
       ORDER BY m.block DESC LIMIT 1) AS trade
  FROM document_versions v JOIN documents d ON d.ordinal = v.ordinal
  WHERE v.version = (SELECT MAX(w.version) FROM document_versions w WHERE w.ordinal = v.ordinal AND w.block < ?)`;

const newest = `AND v.ordinal < ? AND v.ordinal <> ? ORDER BY v.ordinal DESC LIMIT ${mostCandidates + 1}`;
const nearest = `AND v.day BETWEEN ? AND ? AND v.ordinal < ? AND v.ordinal <> ? ORDER BY ABS(v.day - ?), v.ordinal DESC
  LIMIT ${mostCandidates + 1}`;

/** The documents as the blocks before a height have them: later blocks change nothing of what it says. */
export class DocumentArchive {
  readonly #database: Database;
  /** Number of blocks. */
  readonly height: number;

  constructor(database: Database, height: number) {
    this.#database = database;
    this.height = height;
  }

  get count(): number {
    const row = this.#database.get('SELECT COUNT(*) AS count FROM documents WHERE block < ?', [this.height]);
    return z.object({ count: z.number() }).parse(row).count;
  }

  find(fact: string): ArchivedDocument | undefined {
    const row = this.#database.get(`${select} AND d.fact = ?`, [this.height, this.height, fact]);
    return row === null ? undefined : rowSchema.parse(row);
  }

  /** In the order in which they were first recorded. */
  after(ordinal: number, limit: number): ArchivedDocument[] {
    return this.#read(`AND v.ordinal > ? ORDER BY v.ordinal LIMIT ${limit}`, [ordinal]);
  }

  /**
   * Everything else that shares a near key with a document.
   *
   * @param before only documents first recorded before this ordinal.
   * @returns whether there were more than are compared.
   */
  candidates(
    document: ArchivedDocument,
    { days, journeyDays }: Pick<ResemblanceOptions, 'days' | 'journeyDays'>,
    before = Number.MAX_SAFE_INTEGER,
  ): { readonly documents: readonly ArchivedDocument[]; readonly cut: boolean } {
    const { ordinal, seller, currency, amount, day, containers } = document;
    const digits = digitsOf(document.number);
    const within = (width: number) => [day - width, day + width, before, ordinal, day];
    const found: ArchivedDocument[][] = [];
    if (digits !== '')
      found.push(
        this.#read(`AND v.seller = ? AND v.digits = ? ${newest}`, [seller, digits, before, ordinal]),
      );
    if (currency !== undefined && amount !== undefined) {
      found.push(
        this.#read(`AND v.seller = ? AND v.currency = ? AND v.amount = ? ${newest}`, [
          seller,
          currency,
          amount.toString(),
          before,
          ordinal,
        ]),
        this.#read(`AND v.seller = ? ${nearest}`, [seller, ...within(days)]),
      );
    }
    if (containers.length > 0) {
      const shared = `AND (v.ordinal, v.version) IN (SELECT c.ordinal, c.version FROM document_containers c
        WHERE c.container IN (SELECT value FROM json_each(?))) ${nearest}`;
      found.push(this.#read(shared, [JSON.stringify(containers), ...within(journeyDays)]));
    }
    const documents = found.flatMap((some) => some.slice(0, mostCandidates));
    return {
      documents: [...new Map(documents.map((one) => [one.ordinal, one])).values()],
      cut: found.some((some) => some.length > mostCandidates),
    };
  }

  #read(more: string, values: readonly (string | number)[]): ArchivedDocument[] {
    return rowsSchema.parse(this.#database.all(`${select} ${more}`, [this.height, this.height, ...values]));
  }
}
