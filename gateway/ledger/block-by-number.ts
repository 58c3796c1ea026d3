import { common } from '@hyperledger/fabric-protos';
import type { Signatory } from './signatory.js';

/** A whole block, without private data, from the ledger of the signatory's own peer (qscc). */
export async function blockByNumber(
  reader: Signatory,
  number: number,
  { channel, timeoutMs }: { readonly channel: string; readonly timeoutMs: number },
): Promise<common.Block> {
  const bytes = await reader
    .contract(reader.mspId, 'qscc')
    .newProposal('GetBlockByNumber', {
      arguments: [channel, String(number)],
      endorsingOrganizations: [reader.mspId],
    })
    .evaluate({ deadline: Date.now() + timeoutMs });
  return common.Block.deserializeBinary(bytes);
}
