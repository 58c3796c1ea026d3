import { factTypes, moneySchema } from '@pledgeonce/chaincode/api.js';
import { causeKinds } from '@pledgeonce/chaincode/rules/evidence/causes.js';
import type { LimitChange } from '@pledgeonce/chaincode/rules/evidence/history.js';
import { shownBalance } from '@pledgeonce/chaincode/rules/shown-balance.js';
import { limitedBySchema, quantitySchema } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import type { Projection } from '../projection/projection.js';

/** Documents, claims or payments that are named of one cause. */
const mostNamed = 20;

const documentSchema = z.strictObject({ id: z.string(), type: z.enum(factTypes), number: z.string() });
const causeSchema = z.strictObject({
  cause: z.enum(causeKinds),
  documents: z.array(documentSchema),
  claims: z.array(z.string()),
  payments: z.array(z.string()),
  /** Whose rates changed. */
  currencies: z.array(z.string()),
});
export const limitChangesSchema = z.strictObject({
  /** Oldest first: one for each transaction after which something else was left, or other documents bound it. */
  items: z.array(
    z.strictObject({
      at: z.string(),
      transactionId: z.string(),
      block: z.number().int().optional(),
      position: z.number().int().optional(),
      causes: z.array(causeSchema),
      /** What was left from then on; neither is there where documents cannot be compared. */
      remaining: moneySchema.optional(),
      remainingQuantity: quantitySchema.optional(),
      limitedBy: limitedBySchema.optional(),
      overdrawn: z.boolean(),
    }),
  ),
  /** Ask with it as `before` for what came earlier. */
  earlier: z.string().optional(),
});

/** Why the limit of a document rose or fell, in the words of the papers. */
export function limitChangesOf(
  { audit, transactions, nextBlock }: Pick<Projection, 'audit' | 'transactions' | 'nextBlock'>,
  fact: string,
  before?: string,
): z.infer<typeof limitChangesSchema> {
  const archive = audit.archiveAt(nextBlock);
  const documentsOf = (facts: readonly string[]) =>
    facts.slice(0, mostNamed).flatMap((id) => {
      const document = archive.find(id);
      return document === undefined ? [] : { id, ...named(document) };
    });
  const own = archive.find(fact);
  const { changes, earlier } = audit.limitHistory(fact, before);
  const items = changes.map(({ at, transactionId, causes, limit, currency, overdrawn }: LimitChange) => {
    const row = transactions.find(transactionId);
    return {
      at,
      transactionId,
      ...(row && { block: row.block, position: row.position }),
      causes: causes.map(({ cause, facts, claims, payments, currencies }) => ({
        cause,
        documents: documentsOf(facts),
        claims: claims.slice(0, mostNamed),
        payments: payments.slice(0, mostNamed),
        currencies: [...currencies],
      })),
      ...(limit && own && shownBalance(documentSchema.shape.type.parse(own.type), limit.left, currency)),
      ...(limit && {
        limitedBy: {
          family: limit.limitedBy.family,
          documents: documentsOf(limit.limitedBy.documents).map(({ type, number }) => ({ type, number })),
        },
      }),
      overdrawn,
    };
  });
  return { items, ...(earlier !== undefined && { earlier }) };
}

function named({ type, number }: { readonly type: string; readonly number: string }) {
  return { type: documentSchema.shape.type.parse(type), number };
}
