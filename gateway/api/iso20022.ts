import { createHash, randomUUID } from 'node:crypto';
import { limits as ledgerLimits, productSchema, type ClaimInput } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { partOf, unplaced, type UnplacedVerdict } from './batch-verdicts.js';
import { placeClaim, withProofs } from './claims.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Answer, Caller, Endpoint } from './endpoint.js';
import { DocumentError } from '../documents/document-error.js';
import {
  applicationNumberOf,
  assertConsistent,
  claimOf,
  type RequestDefaults,
} from '../iso20022/claims-of-request.js';
import type { KeptItem, KeptRequest } from '../iso20022/kept-requests.js';
import {
  readCancellation,
  readFinancingRequest,
  type CancellationRequest,
  type FinancingRequest,
  type RequestedInvoice,
} from '../iso20022/messages.js';
import { writeStatus, type Cancelled, type ItemStatus } from '../iso20022/status-message.js';
import { Problem, toProblem } from './problem.js';
import { readerRoles } from './reader-roles.js';

const xmlTypes = ['application/xml', 'text/xml'] as const;
const answers = {
  200: { description: 'tsin.002.001.01', schema: z.string(), contentType: 'application/xml' },
};
/** Nothing has been paid out yet: such a claim can be withdrawn. */
const withdrawable: ReadonlySet<string> = new Set(['reserved', 'accepted']);
const over: ReadonlySet<string> = new Set(['withdrawn', 'rejected', 'expired']);

/** Messages of ISO 20022 in the place of requests: invoice financing, its status, its cancellation. */
export function financingMessageEndpoints(context: ApiContext): Endpoint[] {
  return [requestFinancing, readFinancing, cancelFinancing].map((make) => make(context));
}

function requestFinancing(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/iso20022/financing-requests',
    tag: 'claims',
    summary: 'Reserve a claim for each invoice of an InvoiceFinancingRequest (tsin.001.001.01)',
    access: 'reserveClaims',
    writes: true,
    bytes: xmlTypes,
    query: z.strictObject({
      product: productSchema.default('invoice'),
      invoiceType: z.enum(['tax-invoice', 'commercial-invoice']).default('tax-invoice'),
    }),
    body: z.string(),
    answers,
    handle: async ({ body, query, caller }) => {
      const message = await readFinancingRequest(Buffer.from(body, 'latin1'));
      assertConsistent(message);
      if (message.InvcReqInf.length > ledgerLimits.itemsPerBatch) {
        const detail = `A message has at most ${String(ledgerLimits.itemsPerBatch)} invoices.`;
        throw new Problem('INPUT_TOO_LARGE', { field: 'InvcFincgReq/InvcReqInf', detail });
      }
      const digest = createHash('sha256')
        .update(JSON.stringify([body, query]))
        .digest('hex');
      const { GrpId: group } = message.ReqGrpInf;
      const known = await context.financingMessages.find(group);
      if (known !== undefined && known.digest !== digest) {
        const detail = `The group ${group} has come before, with another content.`;
        throw new Problem('IDEMPOTENCY_KEY_REUSED', { field: 'InvcFincgReq/ReqGrpInf/GrpId', detail });
      }
      const verdicts = await placeAll(context, caller, message, query);
      const request = keptRequest(message, digest, verdicts);
      await context.financingMessages.keep(request);
      const answer = await answerStatus(context, request);
      return { ...answer, isOpen: verdicts.some(({ pending }) => pending) };
    },
  });
}

function readFinancing(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/iso20022/financing-requests/{group}',
    tag: 'claims',
    summary: 'The status of a financing request that came as a message (tsin.002.001.01)',
    access: { kinds: ['bank'], roles: readerRoles },
    params: z.strictObject({ group: z.string().min(1).max(35) }),
    answers,
    handle: async ({ params: { group } }) => answerStatus(context, await keptOf(context, group)),
  });
}

function cancelFinancing(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/iso20022/cancellation-requests',
    tag: 'claims',
    summary:
      'Withdraw all claims of a financing request (InvoiceFinancingCancellationRequest, tsin.003.001.01)',
    access: 'withdrawClaim',
    writes: true,
    bytes: xmlTypes,
    body: z.string(),
    answers,
    handle: async ({ body, key, caller }) => {
      const { CxlReqInf: about } = await readCancellation(Buffer.from(body, 'latin1'));
      const request = await keptOf(context, about.OrgnlGrpId);
      assertSame(about, request);
      const cancelled = await withdrawAll(context, caller, key, request);
      return answerStatus(context, request, cancelled);
    },
  });
}

interface ItemVerdict {
  readonly item: KeptItem;
  readonly pending: boolean;
}

async function placeAll(
  context: ApiContext,
  caller: Caller,
  { ReqGrpInf: { GrpId: group }, InvcReqInf: invoices }: FinancingRequest,
  defaults: RequestDefaults,
): Promise<ItemVerdict[]> {
  const claims = invoices.map(async (invoice, index) => {
    const claim = claimOf(group, index, invoice, defaults);
    return withProofs(context, { ...claim, idempotencyKey: keyOf(group, index) });
  });
  await Promise.allSettled(claims);
  return Promise.all(
    claims.map(async (claim, index): Promise<ItemVerdict> => {
      const invoice = invoices[index];
      if (invoice === undefined) throw new TypeError('Each claim comes from an invoice.');
      const item = itemOf(invoice, applicationNumberOf(group, index));
      let read: ClaimInput | undefined;
      try {
        read = await claim;
        const { view } = await placeClaim(context, partOf(caller, index), read);
        return { item: { ...item, amount: read.amount, claim: view.id }, pending: false };
      } catch (error) {
        const amount = read && { amount: read.amount };
        const verdict = await unplaced(context.operations, caller, index, error);
        return { item: { ...item, ...amount, ...refusalOf(verdict) }, pending: verdict.status === 'pending' };
      }
    }),
  );
}

/**
 * The key of a claim follows from the message: sent again, by whomever of the bank and under whatever key, it is the same
 * claim.
 */
function keyOf(group: string, index: number): string {
  return createHash('sha256')
    .update(JSON.stringify(['iso20022', group, index]))
    .digest('base64url');
}

function refusalOf(verdict: UnplacedVerdict): Pick<KeptItem, 'refusal'> {
  if (verdict.status === 'pending') return {};
  const { code, detail } = verdict.problem;
  return { refusal: { code, detail } };
}

function itemOf({ InvcGnlInf, InvcTtlsInf, Spplr }: RequestedInvoice, applicationNumber: string): KeptItem {
  const { Nm: supplier } = Spplr.PtyId;
  return {
    applicationNumber,
    number: InvcGnlInf.DocNb,
    issuedOn: InvcGnlInf.IsseDt,
    ...(InvcTtlsInf.PmtDueDt !== undefined && { dueOn: InvcTtlsInf.PmtDueDt }),
    total: InvcTtlsInf.TtlInvcAmt,
    ...(supplier !== undefined && { supplier }),
  };
}

function keptRequest(
  { ReqGrpInf: head }: FinancingRequest,
  digest: string,
  verdicts: readonly ItemVerdict[],
): KeptRequest {
  const { BIC: bic, PrtryId } = head.FrstAgt;
  return {
    group: head.GrpId,
    createdAt: head.CreDtTm,
    digest,
    requestor: head.FincgRqstr.PtyId.Nm,
    agent: {
      ...(bic !== undefined && { bic }),
      ...(PrtryId !== undefined && { id: PrtryId.Id, idType: PrtryId.IdTp }),
    },
    items: verdicts.map(({ item }) => item),
  };
}

/** @throws Problem CLAIM_NOT_FOUND */
async function keptOf({ financingMessages }: ApiContext, group: string): Promise<KeptRequest> {
  const found = await financingMessages.find(group);
  if (found !== undefined) return found;
  throw new Problem('CLAIM_NOT_FOUND', {
    field: 'group',
    detail: `No financing request ${group} has come here.`,
  });
}

/** @throws DocumentError when the message says something else of the request than the request said. */
function assertSame(about: CancellationRequest['CxlReqInf'], request: KeptRequest): void {
  const wrong = (field: string) =>
    new DocumentError(
      'INPUT_INVALID',
      `InvcFincgCxlReq/CxlReqInf/${field}`,
      'The financing request of this group said something else.',
    );
  if (Date.parse(about.OrgnlCreDtTm) !== Date.parse(request.createdAt)) throw wrong('OrgnlCreDtTm');
  if (about.NbOfInvcReqs !== undefined && Number(about.NbOfInvcReqs) !== request.items.length)
    throw wrong('NbOfInvcReqs');
}

/** All of them or none, as far as can be seen beforehand: what has been paid out is not withdrawn. */
async function withdrawAll(
  context: ApiContext,
  caller: Caller,
  key: string,
  request: KeptRequest,
): Promise<Cancelled> {
  const standing = await statusesOf(context, request);
  const held = standing.filter(({ claim }) => claim !== undefined && !over.has(claim.state));
  const tooLate = held.filter(({ claim }) => claim !== undefined && !withdrawable.has(claim.state));
  if (tooLate.length > 0) {
    const reasons = tooLate.map(({ item, claim }) => `${item.number}: ${claim?.state ?? ''}`);
    return { accepted: false, code: 'CLAIM_STATE', reasons };
  }
  const outcomes = await Promise.allSettled(
    held.map(async ({ claim }, index) => {
      const input = { id: claim?.id ?? '', idempotencyKey: `${key}.${String(index)}` };
      await context.ledger.submit(partOf(caller, index).signatory, 'withdrawClaim', input);
    }),
  );
  const reasons = outcomes.flatMap((outcome, index) =>
    outcome.status === 'fulfilled'
      ? []
      : [`${held[index]?.item.number ?? ''}: ${toProblem(outcome.reason).message}`],
  );
  return { accepted: reasons.length === 0, reasons };
}

async function answerStatus(
  context: ApiContext,
  request: KeptRequest,
  cancelled?: Cancelled,
): Promise<Answer> {
  const items = await statusesOf(context, request);
  const id = randomUUID().replaceAll('-', '');
  const parts = { id, at: new Date(), request, items, ...(cancelled && { cancelled }) };
  return { status: 200, body: writeStatus(parts), contentType: 'application/xml' };
}

/** The claims as the organisation's tables have them; one whose outcome was not known then is found by its application. */
async function statusesOf(
  { projection, follower, organisation }: ApiContext,
  { items }: KeptRequest,
): Promise<(ItemStatus & { readonly claim?: { readonly id: string } | undefined })[]> {
  await follower.caughtUp();
  return items.map((item) => {
    const { claim: id, refusal, applicationNumber } = item;
    if (refusal !== undefined) return { item };
    const found =
      id === undefined
        ? projection.claims.list({ applicationNumber, owner: organisation.mspId, limit: 1 }).items[0]
        : projection.claims.get(id);
    return { item, ...(found !== undefined && { claim: found }) };
  });
}
