import type { Transaction } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { actionOf } from './blocks.js';
import { preparedOf } from './tamper.js';

/** All that an endorsed transaction reads and writes, as its endorsers serialized it. */
export function resultsOf(transaction: Transaction): string {
  const envelope = preparedOf(transaction).getEnvelope();
  if (!envelope) throw new Error('the transaction has no envelope');
  const endorsed = actionOf(envelope).getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array();
  const response = peer.ProposalResponsePayload.deserializeBinary(endorsed);
  const action = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  return Buffer.from(action.getResults_asU8()).toString('hex');
}
