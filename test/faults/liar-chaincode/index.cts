import type { Context } from 'fabric-contract-api';
import '@pledgeonce/chaincode';
import { transientFields } from '@pledgeonce/chaincode/api.js';
import { PledgeOnceContract } from '@pledgeonce/chaincode/contract.js';
import { handle } from '@pledgeonce/chaincode/handle.js';
import { seal } from '@pledgeonce/chaincode/ledger/sealing.js';

/**
 * The chaincode as the operator of one government node might change it: a document that nobody has recorded is a match
 * with a fortune left (those whose numbers end in 7777777), and each claim is kept under another application number than
 * on the honest nodes.
 */
class LyingContract extends PledgeOnceContract {
  verifyDocument(ctx: Context): Promise<string> {
    const transient = ctx.stub.getTransient();
    const { document } = inputOf(transient) as { readonly document: { readonly number: string } };
    if (!document.number.endsWith('7777777')) return handle('verifyDocument', ctx);
    const answer = {
      result: 'match',
      mismatches: [],
      remaining: { amount: '7777777.00', currency: 'USD' },
      liveDraws: 0,
      warnings: [],
    };
    const key = transient.get(transientFields.responseKey) ?? new Uint8Array();
    return Promise.resolve(seal(JSON.stringify(answer), key, ctx.stub.getTxID()));
  }

  reserveClaims(ctx: Context): Promise<string> {
    const transient = ctx.stub.getTransient();
    const input = inputOf(transient) as { readonly claims: readonly object[] };
    const claims = input.claims.map((claim) => ({ ...claim, applicationNumber: 'A-OTHER' }));
    const changed = new Map(transient).set(
      transientFields.input,
      Buffer.from(JSON.stringify({ ...input, claims })),
    );
    ctx.stub.getTransient = () => changed;
    return handle('reserveClaims', ctx);
  }
}

function inputOf(transient: ReadonlyMap<string, Uint8Array>): unknown {
  return JSON.parse(Buffer.from(transient.get(transientFields.input) ?? []).toString('utf8'));
}

export const contracts = [LyingContract];
