import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { z } from 'zod';
import { validationCodeName } from '../ledger/validation-code.js';
import { claimReference } from './claims.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { limitChangesOf, limitChangesSchema } from './limit-changes.js';
import { paymentReference } from './payments.js';
import { Problem } from './problem.js';
import { readable, readableVersionSchema } from './readable-history.js';
import { readerRoles } from './reader-roles.js';
import { idParams, transactionParams } from './shared-schemas.js';

const signerSchema = z.strictObject({ mspId: z.string(), name: z.string() });
const proofSchema = z.strictObject({
  /** SHA-256 of the private record as it is stored, computed here. */
  computed: z.string(),
  /** What the block of the transaction says it should be. */
  onChain: z.string(),
  holds: z.boolean(),
});
const auditedSchema = z.strictObject({
  id: z.string(),
  versions: z.array(
    z.strictObject({
      ...readableVersionSchema.shape,
      block: z.number().int().optional(),
      position: z.number().int().optional(),
      signer: signerSchema.optional(),
      /** Absent when the record or its block is not held here. */
      proof: proofSchema.optional(),
    }),
  ),
});
const auditedFactSchema = auditedSchema.extend({ limits: limitChangesSchema.optional() });
type Audited = z.infer<typeof auditedSchema>;

/** Who did what when, and whether the private records are the ones that the blocks vouch for. */
export function auditEndpoints(context: ApiContext): Endpoint[] {
  return [getAuditFact, getAuditClaim, getAuditPayment, getAuditTransaction].map((make) => make(context));
}

function getAuditFact(context: ApiContext): Endpoint {
  const { ledger, projection } = context;
  return endpoint({
    method: 'get',
    path: '/audit/facts/{id}',
    tag: 'audit',
    summary:
      'The history of a document with signers, blocks and proofs; for the regulator also why its limit rose or fell',
    access: 'readFactHistory',
    params: idParams,
    query: z.strictObject({
      before: z
        .string()
        .regex(/^\d{1,15}-\d{1,9}$/)
        .optional(),
    }),
    answers: { 200: { description: 'The history', schema: auditedFactSchema } },
    handle: async ({ params, query: { before }, caller }) => {
      const history = await ledger.evaluate(caller.signatory, 'readFactHistory', params);
      const body = await audited(context, history);
      // Who else drew on the trade, and on which documents, is for the regulator.
      if (caller.session.person.kind !== 'regulator') return { status: 200, body };
      return { status: 200, body: { ...body, limits: limitChangesOf(projection, params.id, before) } };
    },
  });
}

function getAuditClaim(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/audit/claims/{id}',
    tag: 'audit',
    summary: 'The history of a claim with signers, blocks and proofs',
    access: 'readClaimHistory',
    params: idParams,
    answers: { 200: { description: 'The history', schema: auditedSchema } },
    handle: async ({ params: { id }, caller }) => {
      const reference = await claimReference(context, id);
      const history = await ledger.evaluate(caller.signatory, 'readClaimHistory', reference);
      return { status: 200, body: await audited(context, history) };
    },
  });
}

function getAuditPayment(context: ApiContext): Endpoint {
  const { ledger } = context;
  return endpoint({
    method: 'get',
    path: '/audit/payments/{id}',
    tag: 'audit',
    summary: 'The history of a payment with signers, blocks and proofs',
    access: 'readPaymentHistory',
    params: idParams,
    answers: { 200: { description: 'The history', schema: auditedSchema } },
    handle: async ({ params: { id }, caller }) => {
      const reference = await paymentReference(context, id);
      const history = await ledger.evaluate(caller.signatory, 'readPaymentHistory', reference);
      return { status: 200, body: await audited(context, history) };
    },
  });
}

function getAuditTransaction({ projection, follower }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/audit/transactions/{transactionId}',
    tag: 'audit',
    summary: 'Where a transaction lies on the ledger, who signed it, and whether it is valid',
    access: { roles: readerRoles },
    params: transactionParams,
    answers: {
      200: {
        description: 'The transaction',
        schema: z.strictObject({
          transactionId: z.string(),
          block: z.number().int(),
          position: z.number().int(),
          time: z.string(),
          signer: z.strictObject({
            mspId: z.string(),
            /** The person, for their own organisation and the regulator. */
            name: z.string().optional(),
          }),
          code: z.string(),
        }),
      },
    },
    handle: async ({ params: { transactionId }, caller }) => {
      await follower.caughtUp();
      const row = projection.transactions.find(transactionId);
      if (row === undefined) throw new Problem('TRANSACTION_NOT_FOUND');
      const { block, position, time, mspId, signer, code } = row;
      const reader = caller.session.person;
      const seesPerson = reader.mspId === mspId || reader.kind === 'regulator';
      const body = {
        transactionId,
        block,
        position,
        time,
        signer: { mspId, ...(seesPerson && { name: signer }) },
        code: validationCodeName(code),
      };
      return { status: 200, body };
    },
  });
}

async function audited(
  { projection, follower }: ApiContext,
  history: { readonly id: string; readonly versions: readonly HistoryVersion[] },
): Promise<Audited> {
  await follower.caughtUp();
  return {
    id: history.id,
    versions: readable(history).versions.map((version) => {
      const row = projection.transactions.find(version.transactionId);
      const place =
        row === undefined
          ? {}
          : {
              block: row.block,
              position: row.position,
              signer: { mspId: row.mspId, name: row.signer },
            };
      const proof = proofOf(version, (keyHash) =>
        projection.transactions.hashOf(version.transactionId, version.collection, keyHash),
      );
      return { ...version, ...place, ...(proof === undefined ? {} : { proof }) };
    }),
  };
}

/** Compares the record with the hash out of the block, not with one that the same peer could make up. */
function proofOf(
  { key, stored }: HistoryVersion,
  hashOf: (keyHash: string) => string | undefined,
): z.infer<typeof proofSchema> | undefined {
  const onChain = hashOf(digest(key));
  if (stored === undefined || onChain === undefined) return undefined;
  const computed = digest(stored);
  return { computed, onChain, holds: computed === onChain };
}
