import { inputSchemas } from '@pledgeonce/chaincode/api.js';
import { opaqueId } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import { claimParticulars, verificationParticulars } from '../certificates/certificate.js';
import type { Certificate } from '../certificates/certificate.js';
import { claimReference } from './claims.js';
import type { ApiContext } from './context.js';
import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';
import { askAboutDocument } from './verify-document.js';

const ends = { endsAt: z.iso.datetime().optional() };

/** What a certificate is to be about, and what it may show. */
export const newCertificateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('claim'),
    claim: opaqueId,
    shows: z.array(z.enum(claimParticulars)).max(claimParticulars.length),
    ...ends,
  }),
  z.strictObject({
    kind: z.literal('verification'),
    question: inputSchemas.verifyDocument,
    shows: z.array(z.enum(verificationParticulars)).max(verificationParticulars.length),
    ...ends,
  }),
]);
type NewCertificate = z.infer<typeof newCertificateSchema>;

/**
 * Issues a certificate: of a claim as it stands, or of an answer that is asked for now and counts as a question.
 *
 * @throws Problem when the nodes' signatures on the answer could not be had.
 */
export async function issueCertificate(
  context: ApiContext,
  caller: Caller,
  asked: NewCertificate,
): Promise<Certificate> {
  const common = {
    by: caller.session.person.id,
    at: new Date().toISOString(),
    ...(asked.endsAt !== undefined && { endsAt: asked.endsAt }),
  };
  if (asked.kind === 'claim') return issueOfClaim(context, caller, asked, common);
  const { kind, question, shows } = asked;
  const { said, evidence } = await askAboutDocument(context, caller, question);
  if (evidence === undefined) throw new Problem('NETWORK_UNAVAILABLE');
  const { channel, chaincode } = context.profile;
  const receipt = {
    kind: 'verification-receipt',
    schema: 1,
    channel,
    chaincode: chaincode.name,
    items: [{ asked: question, answered: said, ...evidence }],
  } as const;
  return context.certificates.issue({
    kind,
    shows,
    receipt: { ...receipt, items: [...receipt.items] },
    ...common,
  });
}

async function issueOfClaim(
  context: ApiContext,
  { signatory }: Caller,
  { kind, claim: id, shows }: Extract<NewCertificate, { kind: 'claim' }>,
  common: Pick<Certificate, 'by' | 'at' | 'endsAt'>,
): Promise<Certificate> {
  const reference = await claimReference(context, id);
  const claim = await context.ledger.evaluate(signatory, 'readClaim', reference);
  const { versions } = await context.ledger.evaluate(signatory, 'readClaimHistory', reference);
  const registeredAt = versions[0]?.at ?? common.at;
  return context.certificates.issue({ kind, shows, claim, registeredAt, ...common });
}
