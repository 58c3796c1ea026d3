import {
  claimInputSchema,
  claimStateSchema,
  claimViewSchema,
  limits as ledgerLimits,
  productSchema,
} from '@pledgeonce/chaincode/api.js';
import type { ClaimInput, ClaimView } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import { batchAnswer, documentsOf, partOf, unplaced, unplacedVerdicts } from './batch-verdicts.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { keepRefusedClaim } from './keep-question.js';
import { ownView } from './own-view.js';
import { Problem } from './problem.js';
import { readerRoles } from './reader-roles.js';
import { claimsTable } from './tables.js';
import { listTransferOffers } from './transfer-offers.js';
import { readable, readableHistorySchema } from './readable-history.js';
import { idParams, lookedFor, page, pageOf, transactionId } from './shared-schemas.js';

const reserved = z.strictObject({ ...claimViewSchema.shape, ...transactionId });
const newClaim = claimInputSchema.omit({ idempotencyKey: true, verified: true });
const batchItem = z.discriminatedUnion('status', [
  z.strictObject({ index: z.number().int(), status: z.literal('reserved'), claim: reserved }),
  ...unplacedVerdicts,
]);
/** A filter that is set or left out. */
const onlyThose = z
  .literal('true')
  .transform(() => true)
  .optional();
type BatchItem = z.infer<typeof batchItem>;

/** Beside who reads them on the ledger, an exporter: from its portal's copies. */
const claimReaders = {
  kinds: ['bank', 'regulator', 'enterprise'],
  roles: readerRoles,
} as const;

/** Financing claims: reserve and read. */
export function claimEndpoints(context: ApiContext): Endpoint[] {
  return [reserveClaim, reserveClaims, listClaims, listTransferOffers, getClaim, getClaimHistory].map(
    (make) => make(context),
  );
}

function reserveClaim(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/claims',
    tag: 'claims',
    summary: 'Reserve a claim; all of its lines hold or none does',
    access: 'reserveClaims',
    writes: true,
    body: newClaim,
    answers: { 201: { description: 'Reserved', schema: reserved } },
    handle: async ({ body, key, caller }) => {
      const claim = await withProofs(context, { ...body, idempotencyKey: key });
      const { view, transactionId } = await placeClaim(context, caller, claim);
      return { status: 201, body: { ...view, transactionId }, location: `/api/v1/claims/${view.id}` };
    },
  });
}

function reserveClaims(context: ApiContext): Endpoint {
  return endpoint({
    method: 'post',
    path: '/claims/batch',
    tag: 'claims',
    summary: 'Reserve many claims, with a verdict on each',
    access: 'reserveClaims',
    writes: true,
    body: z.strictObject({
      claims: z.array(z.unknown()).min(1).max(ledgerLimits.itemsPerBatch),
    }),
    answers: { 200: { description: 'Verdicts', schema: z.strictObject({ items: z.array(batchItem) }) } },
    handle: async ({ body, key, caller }) => {
      const claims = body.claims.map(async (claim, index) =>
        withProofs(context, { ...newClaim.parse(claim), idempotencyKey: `${key}.${index}` }),
      );
      // The proofs of all are there before the first one leaves, so that they leave in the order given.
      await Promise.allSettled(claims);
      const items = await Promise.all(
        claims.map(async (claim, index): Promise<BatchItem> => {
          try {
            const { view, transactionId } = await placeClaim(context, partOf(caller, index), await claim);
            return { index, status: 'reserved', claim: { ...view, transactionId } };
          } catch (error) {
            return unplaced(context.operations, caller, index, error);
          }
        }),
      );
      return batchAnswer(items);
    },
  });
}

function listClaims({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/claims',
    tag: 'claims',
    summary:
      'Claims of the organisation (the regulator: of everybody; an exporter: on its own documents), the latest first',
    access: claimReaders,
    query: z.strictObject({
      state: claimStateSchema.optional(),
      product: productSchema.optional(),
      enterprise: z.string().max(64).optional(),
      owner: z.string().max(64).optional(),
      /** In any spelling, as the reference and the number of a document are. */
      applicationNumber: lookedFor,
      reference: lookedFor,
      document: lookedFor,
      /** Only loans that were taken on when the registry began, or those that wait for a document. */
      takenOn: onlyThose,
      unmatched: onlyThose,
      dueFrom: z.iso.date().optional(),
      dueBefore: z.iso.date().optional(),
      ...page,
    }),
    csv: claimsTable,
    answers: { 200: { description: 'A page', schema: pageOf(claimViewSchema) } },
    handle: async ({ query, caller }) => {
      await follower.caughtUp();
      return { status: 200, body: projection.claims.list({ ...query, ...ownView(caller) }) };
    },
  });
}

function getClaim(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/claims/{id}',
    tag: 'claims',
    summary: 'A claim',
    access: claimReaders,
    params: idParams,
    answers: { 200: { description: 'The claim', schema: claimViewSchema } },
    handle: async ({ params: { id }, caller }) => {
      const body =
        ownView(caller).enterprise === undefined
          ? await ledger.evaluate(caller.signatory, 'readClaim', await claimReference(context, id))
          : await ownClaim(context, caller, id);
      return { status: 200, body };
    },
  });
}

function getClaimHistory(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/claims/{id}/history',
    tag: 'claims',
    summary: 'Every version of a claim',
    access: 'readClaimHistory',
    params: idParams,
    answers: { 200: { description: 'Versions', schema: readableHistorySchema } },
    handle: async ({ params: { id }, caller }) => ({
      status: 200,
      body: readable(
        await ledger.evaluate(caller.signatory, 'readClaimHistory', await claimReference(context, id)),
      ),
    }),
  });
}

/** @throws Problem CLAIM_NOT_FOUND, also for a claim on another enterprise's documents. */
async function ownClaim(
  { projection, follower }: ApiContext,
  caller: Caller,
  id: string,
): Promise<ClaimView> {
  await follower.caughtUp();
  const found = projection.claims.get(id, ownView(caller).enterprise);
  if (found === undefined) throw new Problem('CLAIM_NOT_FOUND', { field: 'id' });
  return found;
}

/** The regulator has to say whose claim it means; its projection knows. */
export async function claimReference(
  { organisation, projection, follower }: ApiContext,
  id: string,
): Promise<{ id: string; owner?: string }> {
  if (!organisation.government) return { id };
  await follower.caughtUp();
  const owner = projection.claims.ownerOf(id);
  return owner === undefined ? { id } : { id, owner };
}

/** A claim with the proofs of what was verified here. */
export async function withProofs(
  { proofs }: ApiContext,
  claim: Omit<ClaimInput, 'verified'>,
): Promise<ClaimInput> {
  const verified = await proofs.of(claim);
  return verified.length === 0 ? claim : { ...claim, verified };
}

/** Sends one claim to the ledger. @throws what keeps it from being reserved. */
export async function placeClaim(context: ApiContext, caller: Caller, claim: ClaimInput) {
  const { session, signatory } = caller;
  const documents = documentsOf(claim);
  // Of what nobody here has verified, a claim is a question too.
  if ((claim.verified ?? []).length < documents.length) context.questions.assertLeft(caller);
  try {
    return await context.claims.place(session.person.id, signatory, claim, documents);
  } catch (error) {
    await keepRefusedClaim(context, caller, claim, error);
    throw error;
  }
}
