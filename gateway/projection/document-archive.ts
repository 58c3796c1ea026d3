import { dimensions } from '@pledgeonce/chaincode/catalogue.js';
import { bucketSizes, digitsOf } from '@pledgeonce/chaincode/rules/near-keys.js';
import { looseLink } from '@pledgeonce/chaincode/rules/citations.js';
import { z } from 'zod';
import type { AuditedDocument, ResemblanceOptions } from '../audit/resemblance.js';
import type { Database } from './database.js';

/**
 * Documents that are compared with one under each near key; more than that is noise that a person cannot read. What
 * sellers record themselves is counted apart, so that it crowds out nothing that an authority recorded.
 */
const mostCandidates = { believed: 120, self: 40 } as const;
/** On the days around, where amounts are looked for that add up: as many as the ledger compares. */
const mostOnDays = bucketSizes;

const listSchema = z.array(z.string());
const noTexts: readonly string[] = [];
const texts = z.string().transform((text) => (text === '[]' ? noTexts : listSchema.parse(JSON.parse(text))));
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
    family: z.string(),
    self: z.number(),
    seller: z.string(),
    buyer: z.string().nullable(),
    number: z.string(),
    link: z.string(),
    cites: texts,
    currency: z.string().nullable(),
    amount: z.string().nullable(),
    day: z.number(),
    containers: texts,
  })
  .transform(({ currency, amount, buyer, self, ...rest }) => ({
    ...rest,
    self: self === 1,
    buyer: buyer ?? undefined,
    currency: currency ?? undefined,
    amount: amount === null ? undefined : BigInt(amount),
  }));

const rowsSchema = z.array(rowSchema);

/** A document as it stood at a height, and where the ledger has its first version. */
export type ArchivedDocument = AuditedDocument & z.infer<typeof rowSchema>;

const columns = `d.ordinal, d.fact, d.block, d.position, d.tx_id AS transactionId, v.status, v.type, v.dimension,
    v.family, v.self, v.seller, v.buyer, v.number, v.link, v.cites, v.currency, CAST(v.amount AS TEXT) AS amount, v.day,
    v.containers`;
/** Of every document the latest version below the height. */
const latest = `v.version = (SELECT MAX(w.version) FROM document_versions w WHERE w.ordinal = v.ordinal AND w.block < ?)`;
const select = `SELECT ${columns} FROM document_versions v JOIN documents d ON d.ordinal = v.ordinal WHERE ${latest}`;

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
    const row = this.#database.get(`${select} AND d.fact = ?`, [this.height, fact]);
    return row === null ? undefined : rowSchema.parse(row);
  }

  /** In the order in which they were first recorded. */
  after(ordinal: number, limit: number): ArchivedDocument[] {
    return this.#read(`AND v.ordinal > ? ORDER BY v.ordinal LIMIT ${limit}`, [ordinal]);
  }

  /** The documents that cite this one, or that it cites; with `loosely`, under whatever spelling of the number. */
  linked({ link, cites, ordinal }: ArchivedDocument, loosely = false): ArchivedDocument[] {
    const form = loosely ? looseLink : (text: string) => text;
    const of = (links: readonly string[], cites: 0 | 1) =>
      this.#among(
        `document_links l ON l.link = j.value AND l.cites = ${cites}`,
        'v.ordinal = l.ordinal AND v.version = l.version',
        links.map(form),
        ordinal,
        mostCandidates.believed,
      );
    return [...of(cites, 0), ...of([link], 1)];
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
    const found: ArchivedDocument[] = [...this.linked(document, true)];
    let cut = false;
    const take = (some: readonly ArchivedDocument[], most: number) => {
      found.push(...some.slice(0, most));
      cut ||= some.length > most;
    };
    for (const [self, who] of (['believed', 'self'] as const).entries()) {
      const most = mostCandidates[who];
      const newest = `AND v.self = ${self} AND v.ordinal < ? ORDER BY v.ordinal DESC LIMIT ${most + 1}`;
      if (digits !== '') {
        take(
          this.#read(`AND v.digits <> '' AND v.seller = ? AND v.digits = ? ${newest}`, [
            seller,
            digits,
            before,
          ]),
          most,
        );
      }
      if (currency === undefined || amount === undefined) continue;
      const same = `AND v.seller = ? AND v.currency = ? AND v.amount = ? ${newest}`;
      take(this.#read(same, [seller, currency, amount, before]), most);
      take(this.#onDays(document, self, days, before, mostOnDays[who]), mostOnDays[who]);
    }
    if (containers.length > 0) {
      const most = mostCandidates.believed;
      const shared = this.#among(
        `document_containers c ON c.container = j.value AND c.day BETWEEN ${day - journeyDays} AND ${day + journeyDays}`,
        `v.ordinal = c.ordinal AND v.version = c.version AND v.ordinal < ${before}`,
        containers,
        ordinal,
        most + 1,
      );
      take(shared, most);
    }
    const others = found.filter((one) => one.ordinal !== ordinal && one.ordinal < before);
    return { documents: [...new Map(others.map((one) => [one.ordinal, one])).values()], cut };
  }

  /**
   * Documents of the seller on the days around, the nearest day first and the newest of a day in front. Each day is looked
   * up by itself and the search ends once there are enough: however many there are, none of the others is read.
   */
  #onDays(
    { seller, day, ordinal }: ArchivedDocument,
    self: number,
    days: number,
    before: number,
    most: number,
  ): ArchivedDocument[] {
    const around = Array.from({ length: 2 * days + 1 }, (_, step) =>
      step % 2 === 0 ? day + step / 2 : day - (step + 1) / 2,
    );
    return this.#among(
      `document_versions v ON v.seller = ? AND v.self = ${self} AND v.day = j.value AND v.ordinal < ${before}`,
      undefined,
      around,
      ordinal,
      most + 1,
      [seller],
    );
  }

  /** A loop over values, in their order, that ends with the limit: CROSS JOIN keeps the order. */
  #among(
    found: string,
    version: string | undefined,
    values: readonly (string | number)[],
    except: number,
    limit: number,
    more: readonly string[] = [],
  ): ArchivedDocument[] {
    const joined = version === undefined ? '' : `CROSS JOIN document_versions v ON ${version}`;
    return rowsSchema.parse(
      this.#database.all(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN ${found} ${joined}
           CROSS JOIN documents d ON d.ordinal = v.ordinal
         WHERE ${latest} AND v.ordinal <> ? LIMIT ${limit}`,
        [JSON.stringify(values), ...more, this.height, except],
      ),
    );
  }

  #read(more: string, values: readonly (string | number | bigint)[]): ArchivedDocument[] {
    return rowsSchema.parse(this.#database.all(`${select} ${more}`, [this.height, ...values]));
  }
}
