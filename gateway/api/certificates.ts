import { opaqueId } from '@pledgeonce/chaincode/schemas.js';
import type { Request } from 'express';
import { z } from 'zod';
import { certificateSchema, showsAll } from '../certificates/certificate.js';
import type { Certificate } from '../certificates/certificate.js';
import { languages } from '../people/preferences.js';
import { readCursor } from '../projection/conditions.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { exported } from './evidence.js';
import { issueCertificate, newCertificateSchema } from './issue-certificate.js';
import { Problem } from './problem.js';
import { page, pageOf } from './shared-schemas.js';

const access = { kinds: ['bank'], roles: ['officer', 'approver'] } as const;
const [ofClaim, ofVerification] = certificateSchema.options;
const issuedSchema = z.discriminatedUnion('kind', [
  ofClaim.omit({ claim: true }).extend({ claim: opaqueId }),
  ofVerification.omit({ receipt: true }).extend({ result: z.string() }),
]);
type Issued = z.infer<typeof issuedSchema>;
const params = z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/) });
const issued = { description: 'The certificate, with the code of its public page', schema: issuedSchema };

/** Papers that a bank hands out: that its claim is registered, or what the registry has answered it. */
export function certificateEndpoints(context: ApiContext): Endpoint[] {
  return [createCertificate, listCertificates, getCertificateDocument, deleteCertificate].map((make) =>
    make(context),
  );
}

function createCertificate(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/certificates',
    tag: 'certificates',
    summary: 'Issue a certificate of a claim, or a receipt of a verification, and choose what it shows',
    access,
    writes: true,
    body: newCertificateSchema,
    answers: { 201: issued },
    handle: async ({ body, caller }) => {
      const made = await issueCertificate(context, caller, body);
      return { status: 201, body: listed(made), location: `/api/v1/certificates/${made.id}` };
    },
  });
}

function listCertificates({ certificates }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/certificates',
    tag: 'certificates',
    summary: 'Certificates that the organisation has issued, the latest first',
    access,
    query: z.strictObject({ ...page, claim: opaqueId.optional() }),
    csv: listTable('certificates', issuedSchema),
    answers: { 200: { description: 'A page', schema: pageOf(issuedSchema) } },
    handle: async ({ query: { claim, cursor, limit } }) => {
      const { items, next } = await certificates.page({ claim, before: readCursor(cursor), limit });
      return {
        status: 200,
        body: { items: items.map(listed), ...(next !== undefined && { next: String(next) }) },
      };
    },
  });
}

function getCertificateDocument(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/certificates/{id}/document',
    tag: 'certificates',
    summary: 'The certificate as PDF, with its evidence attached as far as that shows nothing hidden',
    access,
    params,
    query: z.strictObject({ language: z.enum(languages).default('en') }),
    answers: { 200: { description: 'The document', contentType: 'application/pdf', schema: z.string() } },
    handle: async ({ params: { id }, query: { language }, caller }, request, response) => {
      const certificate = await find(context, id);
      // What writes PDF is large, and few gateways have written one in the hour after their start.
      const { writeCertificate } = await import('../certificates/write-certificate.js');
      const bytes = await writeCertificate({
        ...(await proofOf(context, caller, certificate)),
        certificate,
        language,
        issuer: context.organisation.title,
        address: addressOf(request, certificate),
      });
      response
        .set(
          'Content-Disposition',
          `attachment; filename="${certificate.kind}-${id.slice(0, 8)}-${language}.pdf"`,
        )
        .type('application/pdf')
        .send(Buffer.from(bytes));
      return undefined;
    },
  });
}

function deleteCertificate(context: ApiContext): Endpoint {
  const { certificates } = context;
  return endpoint({
    method: 'delete',
    path: '/certificates/{id}',
    tag: 'certificates',
    summary: 'Withdraw a certificate: its public page shows nothing more',
    access,
    writes: true,
    params,
    answers: { 200: issued },
    handle: async ({ params: { id } }) => ({
      status: 200,
      body: listed(await certificates.withdraw(await find(context, id), new Date())),
    }),
  });
}

function listed(certificate: Certificate): Issued {
  if (certificate.kind === 'claim') return { ...certificate, claim: certificate.claim.id };
  const { receipt, ...rest } = certificate;
  return { ...rest, result: receipt.items[0]?.answered.result ?? '' };
}

/** What happened to a claim, and what proves it. What would name what is hidden stays out. */
async function proofOf(context: ApiContext, caller: Caller, certificate: Certificate) {
  const isWhole = showsAll(certificate);
  if (certificate.kind === 'verification')
    return { versions: [], evidence: isWhole ? JSON.stringify(certificate.receipt) : undefined };
  const { id } = certificate.claim;
  const { versions } = await context.ledger.evaluate(caller.signatory, 'readClaimHistory', { id });
  const told = isWhole ? versions : versions.map(({ stored: _, ...version }) => version);
  const evidence = await exported(context, 'claim', { params: { id }, caller }, told);
  return { versions, evidence: JSON.stringify(evidence) };
}

/** Of the public page, at the address under which the caller reached this gateway. */
function addressOf(request: Request, { code }: Certificate): string {
  return `${request.protocol}://${request.get('host') ?? request.hostname}/check/${code}`;
}

/** @throws Problem CERTIFICATE_NOT_FOUND. */
async function find({ certificates }: ApiContext, id: string) {
  const certificate = await certificates.get(id);
  if (certificate === undefined) throw new Problem('CERTIFICATE_NOT_FOUND');
  return certificate;
}
