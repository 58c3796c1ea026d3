import {
  claimStateSchema,
  factStatusSchema,
  factTypes,
  moneySchema,
  productSchema,
} from '@pledgeonce/chaincode/api.js';
import { formatMoney } from '@pledgeonce/chaincode/rules/money.js';
import { dateOf } from '@pledgeonce/chaincode/rules/dates.js';
import { z } from 'zod';
import { readCursor } from './conditions.js';
import type { Database } from './database.js';
import { DocumentArchive } from './document-archive.js';
import type { ArchivedDocument } from './document-archive.js';
import { lateReasons } from './late-duplicates.js';
import { type LimitHistory, limitHistory } from './limit-history.js';
import { paymentOnSchema, paymentsOn } from './payments-on.js';
import { PublishedRates } from './published-rates.js';

/** Claims that are named for one document. */
const mostClaims = 20;

const claimOnSchema = z.strictObject({
  id: z.string(),
  bank: z.string(),
  product: productSchema,
  /** As of the height. */
  state: claimStateSchema,
  amount: moneySchema,
  /** Block in which the state was reached. */
  block: z.number().int(),
});

/** A document as an auditor needs it to find the paper, with every claim and payment that was ever made on it. */
export const auditedDocumentSchema = z.strictObject({
  fact: z.string(),
  type: z.enum(factTypes),
  number: z.string(),
  /** Registered id with its scheme. */
  seller: z.string(),
  date: z.string(),
  total: moneySchema.optional(),
  status: factStatusSchema,
  containers: z.array(z.string()),
  /** Where the first version stands. */
  block: z.number().int(),
  position: z.number().int(),
  transactionId: z.string(),
  claims: z.array(claimOnSchema),
  payments: z.array(paymentOnSchema),
});
export type AuditedDocumentView = z.infer<typeof auditedDocumentSchema>;

export const lateDuplicateSchema = z.strictObject({
  /** Recorded, or amended to what it says now, after money was paid out on the other one. */
  later: auditedDocumentSchema,
  earlier: auditedDocumentSchema,
  reasons: z.array(z.enum(lateReasons)),
  /** Block in which this became known. */
  block: z.number().int(),
  /** Whether the later document resembles more that were financed than are listed. */
  more: z.boolean(),
});
export type LateDuplicate = z.infer<typeof lateDuplicateSchema>;

const lateRowSchema = z.object({
  ordinal: z.number(),
  later: z.string(),
  earlier: z.string(),
  reasons: z.string(),
  block: z.number(),
  more: z.number(),
});
const claimRowSchema = z.object({
  id: z.string(),
  owner: z.string(),
  product: productSchema,
  state: claimStateSchema,
  currency: z.string(),
  amount: z.coerce.bigint(),
  block: z.number(),
});

/** What the regulator's auditors ask of the documents. */
export class AuditTables {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  archiveAt(height: number): DocumentArchive {
    return new DocumentArchive(this.#database, height);
  }

  ratesAt(height: number): PublishedRates {
    return new PublishedRates(this.#database, height);
  }

  /** The latest first. */
  lateDuplicates(
    { reason, cursor, limit }: { reason?: string | undefined; cursor?: string | undefined; limit: number },
    height: number,
  ): { items: LateDuplicate[]; next?: string } {
    const from =
      reason === undefined
        ? 'late_duplicates l WHERE'
        : 'late_reasons r CROSS JOIN late_duplicates l ON l.ordinal = r.ordinal WHERE r.reason = ? AND';
    const ordinal = reason === undefined ? 'l.ordinal' : 'r.ordinal';
    const rows = z.array(lateRowSchema).parse(
      this.#database.all(
        `SELECT l.*, EXISTS (SELECT 1 FROM late_crowds c WHERE c.later = l.later) AS more
             FROM ${from} ${ordinal} < ? ORDER BY ${ordinal} DESC LIMIT ${limit + 1}`,
        [...(reason === undefined ? [] : [reason]), readCursor(cursor) ?? Number.MAX_SAFE_INTEGER],
      ),
    );
    const items = rows.slice(0, limit).flatMap(({ later, earlier, reasons, block, more }) => {
      const [one, other] = [later, earlier].map((fact) => this.documentAt(fact, height));
      if (one === undefined || other === undefined) return [];
      return {
        later: one,
        earlier: other,
        reasons: z.array(z.enum(lateReasons)).parse(reasons.split(' ')),
        block,
        more: more === 1,
      };
    });
    const last = rows[limit - 1];
    return rows.length > limit && last !== undefined ? { items, next: String(last.ordinal) } : { items };
  }

  documentAt(fact: string, height: number): AuditedDocumentView | undefined {
    const document = this.archiveAt(height).find(fact);
    return document && this.#shown(document, height);
  }

  /** Every claim that names the document, whatever became of it, in the state of the height. */
  claimsOn(fact: string, height: number): z.infer<typeof claimOnSchema>[] {
    return z
      .array(claimRowSchema)
      .parse(
        this.#database.all(
          `SELECT c.id, c.owner, c.product, c.currency, CAST(c.amount AS TEXT) AS amount, v.state, t.block
           FROM claim_lines l
             JOIN claims c ON c.id = l.claim
             JOIN claim_versions v ON v.id = c.id
             JOIN transactions t ON t.tx_id = v.tx_id
           WHERE l.fact = ? AND v.seq = (SELECT MAX(w.seq) FROM claim_versions w
             JOIN transactions u ON u.tx_id = w.tx_id WHERE w.id = c.id AND u.block < ?)
           ORDER BY c.ordinal LIMIT ${mostClaims}`,
          [fact, height],
        ),
      )
      .map(({ owner, currency, amount, ...rest }) => ({
        ...rest,
        bank: owner,
        amount: formatMoney(amount, currency),
      }));
  }

  /** Every payment that names the document, in the state of the height. */
  paymentsOn(fact: string, height: number): z.infer<typeof paymentOnSchema>[] {
    return paymentsOn(this.#database, fact, height);
  }

  /** How the limit of a document came to be what it is. */
  limitHistory(fact: string, before?: string): LimitHistory {
    return limitHistory(this.#database, fact, before);
  }

  #shown(document: ArchivedDocument, height: number): AuditedDocumentView {
    const { fact, type, number, seller, currency, amount, day, status, containers } = document;
    return auditedDocumentSchema.parse({
      fact,
      type,
      number,
      seller,
      date: dateOf(day * 86_400_000),
      ...(currency !== undefined && amount !== undefined && { total: formatMoney(amount, currency) }),
      status,
      containers,
      block: document.block,
      position: document.position,
      transactionId: document.transactionId,
      claims: this.claimsOn(fact, height),
      payments: this.paymentsOn(fact, height),
    });
  }
}
