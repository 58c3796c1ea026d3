import { common, peer } from '@hyperledger/fabric-protos';
import type { Member } from './member.js';
import { codeName } from './validation-code.js';

/** One transaction as it lies in a block. */
export interface OrderedTransaction {
  readonly txId: string;
  readonly code: string;
  readonly envelope: common.Envelope;
  readonly channelHeader: common.ChannelHeader;
}

/** Reads one block from the member's peer. */
export async function readBlock(member: Member, number: bigint): Promise<common.Block> {
  const blocks = await member.channel.getBlockEvents({ startBlock: number });
  try {
    for await (const block of blocks) return block;
  } finally {
    blocks.close();
  }
  throw new Error(`the peer ended its stream before block ${String(number)}`);
}

/** The transactions of a block in their order, with the peer's verdict on each. */
export function transactionsOf(block: common.Block): OrderedTransaction[] {
  const codes = metadataOf(block, common.BlockMetadataIndex.TRANSACTIONS_FILTER);
  const data = block.getData()?.getDataList_asU8() ?? [];
  return data.map((bytes, index) => {
    const envelope = common.Envelope.deserializeBinary(bytes);
    const channelHeader = channelHeaderOf(envelope);
    return { txId: channelHeader.getTxId(), code: codeName(codes[index] ?? -1), envelope, channelHeader };
  });
}

/** The names of the verdicts of this transaction id, of which a block may hold several, in their order. */
export function codesOf(block: common.Block, txId: string): string[] {
  return transactionsOf(block).flatMap((transaction) =>
    transaction.txId === txId ? [transaction.code] : [],
  );
}

/** One of the entries that peers and orderers add to a block beside its data. */
export function metadataOf(block: common.Block, index: number): Uint8Array {
  return block.getMetadata()?.getMetadataList_asU8()[index] ?? new Uint8Array();
}

export function channelHeaderOf(envelope: common.Envelope): common.ChannelHeader {
  return common.ChannelHeader.deserializeBinary(headerOf(envelope).getChannelHeader_asU8());
}

export function signatureHeaderOf(envelope: common.Envelope): common.SignatureHeader {
  return common.SignatureHeader.deserializeBinary(headerOf(envelope).getSignatureHeader_asU8());
}

/** What was endorsed: the action of a transaction, its proposal and the endorsements. */
export function actionOf(envelope: common.Envelope): peer.ChaincodeActionPayload {
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  if (!action) throw new Error('the transaction has no action');
  return peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
}

function headerOf(envelope: common.Envelope): common.Header {
  const header = common.Payload.deserializeBinary(envelope.getPayload_asU8()).getHeader();
  if (!header) throw new Error('the envelope has no header');
  return header;
}
