import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import { evidenceSchema } from '../evidence/bundle.js';
import type { Evidence } from '../evidence/bundle.js';
import { collectEvidence } from '../evidence/collect-evidence.js';
import { claimReference } from './claims.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint, SignedCall } from './endpoint.js';
import { paymentReference } from './payments.js';
import { Problem } from './problem.js';
import { idParams } from './shared-schemas.js';

const answers = {
  200: { description: 'The bundle; `npm run verify-evidence` checks it offline', schema: evidenceSchema },
};

/** What a court or an auditor elsewhere needs to believe a record without believing us. */
export function evidenceEndpoints(context: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/audit/evidence/facts/{id}',
      tag: 'audit',
      summary: 'The history of a document with everything that proves it, signed by the caller',
      access: { kinds: ['regulator'], roles: ['auditor'] },
      params: idParams,
      answers,
      handle: async (call) => {
        const { versions } = await context.ledger.evaluate(
          call.caller.signatory,
          'readFactHistory',
          call.params,
        );
        return { status: 200, body: await exported(context, 'fact', call, versions) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/audit/evidence/claims/{id}',
      tag: 'audit',
      summary: 'The history of a claim with everything that proves it, signed by the caller',
      access: { kinds: ['regulator'], roles: ['auditor'] },
      params: idParams,
      answers,
      handle: async (call) => {
        const reference = await claimReference(context, call.params.id);
        const { versions } = await context.ledger.evaluate(
          call.caller.signatory,
          'readClaimHistory',
          reference,
        );
        return { status: 200, body: await exported(context, 'claim', call, versions) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/audit/evidence/payments/{id}',
      tag: 'audit',
      summary: 'The history of a payment with everything that proves it, signed by the caller',
      access: { kinds: ['regulator'], roles: ['auditor'] },
      params: idParams,
      answers,
      handle: async (call) => {
        const reference = await paymentReference(context, call.params.id);
        const { versions } = await context.ledger.evaluate(
          call.caller.signatory,
          'readPaymentHistory',
          reference,
        );
        return { status: 200, body: await exported(context, 'payment', call, versions) };
      },
    }),
  ];
}

/** The history of a record with everything that proves it, signed by the caller. */
export async function exported(
  { profile, projection, follower, readBlock }: ApiContext,
  kind: Evidence['subject']['kind'],
  { params, caller }: Pick<SignedCall<{ readonly id: string }, unknown, unknown>, 'params' | 'caller'>,
  versions: readonly HistoryVersion[],
) {
  await follower.caughtUp();
  return collectEvidence({ kind, id: params.id }, versions, {
    channel: profile.channel,
    chaincode: profile.chaincode.name,
    placeOf: (transactionId) => {
      const row = projection.transactions.find(transactionId);
      if (row === undefined) throw new Problem('TRANSACTION_NOT_FOUND');
      return row.block;
    },
    readBlock,
    signatory: caller.signatory,
  });
}
