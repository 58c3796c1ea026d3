import type { Signatory } from './signatory.js';

/** Who asks which organisation's peer, over the peer of which organisation. */
export interface LedgerQuestion {
  readonly signatory: Signatory;
  readonly entry: string;
  readonly mspId: string;
  readonly channel: string;
  readonly timeoutMs: number;
}

/** Asks a peer of its ledger (qscc): its height, a block, a transaction. */
export function askLedger(
  { signatory, entry, mspId, channel, timeoutMs }: LedgerQuestion,
  question: 'GetChainInfo' | 'GetBlockByNumber' | 'GetTransactionByID',
  ...particulars: readonly string[]
): Promise<Uint8Array> {
  return signatory
    .contract(entry, 'qscc')
    .newProposal(question, { arguments: [channel, ...particulars], endorsingOrganizations: [mspId] })
    .evaluate({ deadline: Date.now() + timeoutMs });
}
