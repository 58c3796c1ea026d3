import { documentSchema, moneySchema, partyIdSchema } from '@pledgeonce/chaincode/schemas.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { ClaimCertificate, VerificationCertificate } from './certificate.js';

/** What a certificate lets others see, and nothing else of its subject. */
export const shownSchema = z.strictObject({
  applicationNumber: z.string().optional(),
  enterprise: partyIdSchema.optional(),
  product: z.string().optional(),
  amount: moneySchema.optional(),
  outstanding: moneySchema.optional(),
  dueDate: z.iso.date().optional(),
  documents: z.array(documentSchema).optional(),
  total: moneySchema.optional(),
  remaining: moneySchema.optional(),
});
export type Shown = z.infer<typeof shownSchema>;

/** What is chosen of a claim as it stands. */
export function shownOfClaim({ shows }: Pick<ClaimCertificate, 'shows'>, claim: ClaimView): Shown {
  const { lines, ...rest } = claim;
  const all = { ...rest, documents: lines.map(({ document }) => document) };
  return shownSchema.parse(Object.fromEntries(shows.map((name) => [name, all[name]])));
}

/** What is chosen of an answer that the registry has given. */
export function shownOfVerification({ shows, receipt }: VerificationCertificate): Shown {
  const [item] = receipt.items;
  if (item === undefined) return {};
  const { asked, answered } = item;
  const { enterprise, total } = asked.particulars;
  const { remaining } = answered;
  const all = {
    ...{ documents: [asked.document], enterprise },
    ...(total !== undefined && { total }),
    ...(remaining !== undefined && { remaining }),
  };
  const names: readonly string[] = shows.map((name) => (name === 'document' ? 'documents' : name));
  return shownSchema.parse(Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))));
}
