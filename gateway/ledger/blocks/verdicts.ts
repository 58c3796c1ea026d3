import { common } from '@hyperledger/fabric-protos';
import { openEnvelope } from './open-envelope.js';

const transaction: number = common.HeaderType.ENDORSER_TRANSACTION;

/** What a block's peer decided about a transaction. */
export interface Verdict {
  readonly transactionId: string;
  readonly code: number;
}

/** The peer's validation codes, in the order of the block's envelopes. */
export function codesOf(block: common.Block): Uint8Array {
  const entries = block.getMetadata()?.getMetadataList_asU8();
  return entries?.[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array();
}

/** The verdict on each transaction of a block. What cannot be read, or bears another's id, is none. */
export function verdictsOf(block: common.Block): Verdict[] {
  const codes = codesOf(block);
  return (block.getData()?.getDataList_asU8() ?? []).flatMap((bytes, position) => {
    const opened = openEnvelope(bytes);
    return opened?.type === transaction && opened.hasOwnId
      ? [{ transactionId: opened.transactionId, code: codes[position] ?? -1 }]
      : [];
  });
}
