import { z } from 'zod';
import { certificateSchema, standingOf } from '../certificates/certificate.js';
import type { Certificate } from '../certificates/certificate.js';
import { shownOfClaim, shownOfVerification, shownSchema } from '../certificates/shown-of.js';
import type { ApiContext } from './context.js';
import { publicEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { Problem } from './problem.js';

const [ofClaim] = certificateSchema.options;
const checkSchema = z.strictObject({
  kind: z.enum(['claim', 'verification']),
  id: z.string(),
  standing: z.enum(['valid', 'withdrawn', 'ended']),
  /** Who issued it. */
  issuer: z.strictObject({ mspId: z.string(), title: z.string() }),
  issuedAt: z.iso.datetime(),
  /** Of a certificate that stands: what its holder chose to show, and where its subject stands now. */
  shown: shownSchema.optional(),
  /** Of a claim: its id on the ledger, when it was registered, and its state as the issuer's node has it now. */
  claim: z
    .strictObject({ id: z.string(), registeredAt: ofClaim.shape.registeredAt, state: z.string() })
    .optional(),
  /** Of a verification: what the registry answered. */
  result: z.string().optional(),
});
type Check = z.infer<typeof checkSchema>;

/** What anybody who holds a certificate may look up at its issuer: whether it stands, and what its holder chose. */
export function checkEndpoints(context: ApiContext): Endpoint[] {
  const { certificates, organisation, projection, follower } = context;
  const subjectOf = async (certificate: Certificate): Promise<Partial<Check>> => {
    if (certificate.kind === 'verification') {
      const [item] = certificate.receipt.items;
      return { shown: shownOfVerification(certificate), ...(item && { result: item.answered.result }) };
    }
    await follower.caughtUp();
    const now = projection.claims.get(certificate.claim.id) ?? certificate.claim;
    const { registeredAt } = certificate;
    return { shown: shownOfClaim(certificate, now), claim: { id: now.id, registeredAt, state: now.state } };
  };
  return [
    publicEndpoint({
      method: 'get',
      path: '/checks/{code}',
      tag: 'certificates',
      summary: 'Whether a certificate stands, and what its holder chose to show',
      params: z.strictObject({ code: z.string().regex(/^[\w-]{22}$/) }),
      answers: { 200: { description: 'What anybody may see', schema: checkSchema } },
      handle: async ({ params: { code } }) => {
        const certificate = await certificates.byCode(code);
        if (certificate === undefined) throw new Problem('CERTIFICATE_NOT_FOUND');
        const { kind, id, at } = certificate;
        const standing = standingOf(certificate, new Date());
        const { mspId, title } = organisation;
        const subject = standing === 'valid' ? await subjectOf(certificate) : {};
        return {
          status: 200,
          body: { kind, id, standing, issuer: { mspId, title }, issuedAt: at, ...subject },
        };
      },
    }),
  ];
}
