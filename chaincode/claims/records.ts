import { z } from 'zod';
import {
  claimStateSchema,
  debtorNoticeSchema,
  documentSchema,
  partyIdSchema,
  productSchema,
  repaymentSourceSchema,
} from '../api.js';
import { drawnLine, linesWithRole, rememberedRequest } from '../draws/records.js';
import { at, partyCollection, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor, storedPerson } from '../ledger/records.js';
import { Versions } from '../ledger/versions.js';

/** Which claim of a bank bears an application number. */
export const application = recordKind('application', 'AN', z.strictObject({ claim: z.string() }));

const claimShape = z.strictObject({
  id: z.string(),
  seq: z.number(),
  state: claimStateSchema,
  owner: z.string(),
  applicationNumber: z.string(),
  enterprise: partyIdSchema,
  product: productSchema,
  currency: z.string(),
  amount: storedMinor,
  /** What is still to be repaid. */
  outstanding: storedMinor,
  lines: z.array(drawnLine),
  dueDate: z.string(),
  /** When the loan was first due. Own funds that come later do not restore, whoever has extended it since. */
  firstDueDate: z.string(),
  /** Why it is financed so long after its documents are due. */
  pastDueReason: z.string().optional(),
  /** Milliseconds since 1970: when the reservation lapses, and once accepted, when it should have been paid out. */
  expiresAt: z.number().optional(),
  paidOutAt: z.string().optional(),
  extensions: z.number(),
  repayments: z.array(
    z.strictObject({
      amount: storedMinor,
      source: repaymentSourceSchema,
      at: z.string(),
      document: documentSchema.optional(),
      indemnity: z.string().optional(),
      /** What of it came after, or beyond, what the document stood for. */
      surplus: storedMinor.optional(),
    }),
  ),
  debtorNotice: debtorNoticeSchema.optional(),
  offeredTo: z.string().optional(),
  transferredFrom: z.string().optional(),
  /** When the loan was first registered, where it was taken over since. */
  registeredAt: z.string().optional(),
  transferredTo: z.string().optional(),
  dispute: z
    .strictObject({
      openedBy: storedPerson,
      openedAt: z.string(),
      /** Milliseconds since 1970 when it lapses undecided. */
      until: z.number(),
      reason: z.string(),
      before: claimStateSchema,
    })
    .optional(),
  /** The tender that the claim won. */
  tender: z.strictObject({ request: z.string(), offer: z.string(), owner: z.string() }).optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  reservedBy: storedPerson,
  by: storedPerson,
  requests: z.array(rememberedRequest),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export type Claim = z.infer<typeof claimShape>;

/** Before lines had roles, every line of a claim was a receivable, and together they were what is outstanding. */
function claimWithRoles(older: Record<string, unknown>): Record<string, unknown> {
  const lines = older['lines'] as { readonly outstanding: string }[];
  const outstanding = lines.reduce((sum, line) => sum + BigInt(line.outstanding), 0n);
  const firstDueDate = older['dueDate'];
  return {
    ...older,
    ...linesWithRole(older, 'receivable'),
    outstanding: outstanding.toString(),
    firstDueDate,
  };
}

/** One version of a claim, never overwritten. */
export const claim = recordKind('claim', 'C', claimShape, [claimWithRoles]);

/** A claim on offer, in the collection of the bank that may take it over. */
export const transferOffer = recordKind(
  'transfer offer',
  'T',
  z.strictObject({ claim: z.string(), from: z.string(), open: z.boolean(), terms: claimShape.optional() }),
  [
    ({ terms, ...offer }) => ({
      ...offer,
      ...(terms !== undefined && { terms: claimWithRoles(terms as Record<string, unknown>) }),
    }),
  ],
);

export const claimVersions = new Versions('claim', claim);

export const applicationAt = (id: string) => at(registry, application, id);

export const transferOfferAt = (to: string, id: string) => at(partyCollection(to), transferOffer, id);
