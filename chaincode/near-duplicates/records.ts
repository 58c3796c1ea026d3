import { z } from 'zod';
import { type NearDuplicate, nearReasonSchema } from './api.js';
import { at, registry } from '../ledger/addresses.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { recordKind, storedMinor } from '../ledger/records.js';

const otherShape = z.strictObject({
  fact: z.string(),
  reasons: z.array(nearReasonSchema),
  /** Recorded by its seller. */
  self: z.literal(true).optional(),
  /** All documents whose amounts add up, where that is a reason: without one of them it is none. */
  sum: z.array(z.string()).optional(),
  /** A second person has looked at both papers. */
  checked: z
    .strictObject({
      by: z.strictObject({ mspId: z.string(), id: z.string() }),
      at: z.string(),
      remark: z.string(),
    })
    .optional(),
});
/** A document that looks like another one. */
export type LookAlike = z.infer<typeof otherShape>;

const lookAlikesShape = z.strictObject({
  fact: z.string(),
  others: z.array(otherShape),
  /** Whether it looks like more documents than are kept. */
  more: z.boolean(),
});
export type LookAlikes = z.infer<typeof lookAlikesShape>;

/** What a document looks like at present; each of a pair has the other in its record. */
export const lookAlikes = recordKind('near duplicates', 'ND', lookAlikesShape);

export const lookAlikesAt = (fact: string) => at(registry, lookAlikes, fact);

/** The look-alikes of a document, as who may see it sees them. */
export async function nearDuplicatesOf(work: UnitOfWork, fact: string): Promise<NearDuplicate[]> {
  return nearDuplicatesView(await work.read(lookAlikesAt(fact)));
}

/** As who may see the document sees them; who checked a pair is told by organisation. */
export function nearDuplicatesView(record: Pick<LookAlikes, 'others'> | undefined): NearDuplicate[] {
  return (record?.others ?? []).map(({ fact, reasons, checked }) => ({
    fact,
    reasons,
    ...(checked && { checked: { by: checked.by.mspId, at: checked.at, remark: checked.remark } }),
  }));
}

/** Documents that share a near key. */
export const nearBucket = recordKind(
  'near bucket',
  'N',
  z.strictObject({
    entries: z.array(
      z.strictObject({
        fact: z.string(),
        number: z.string(),
        family: z.string(),
        currency: z.string(),
        amount: storedMinor,
        day: z.number(),
        buyer: z.string().optional(),
        self: z.literal(true).optional(),
      }),
    ),
  }),
);

export const nearBucketAt = (id: string) => at(registry, nearBucket, id);
