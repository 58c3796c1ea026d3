import { common } from '@hyperledger/fabric-protos';
import { openedEnvelopes } from './opened-envelopes.js';

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
  return openedEnvelopes(block).flatMap((opened, position) =>
    opened?.type === transaction && opened.hasOwnId
      ? [{ transactionId: opened.transactionId, code: codes[position] ?? -1 }]
      : [],
  );
}
