import { common, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, CommittedTransaction } from '../../ledger/ledger.js';

const {
  ChaincodeEvent,
  FilteredBlock,
  FilteredChaincodeAction,
  FilteredTransaction,
  FilteredTransactionActions,
} = peer;
const endorserTransaction: number = common.HeaderType.ENDORSER_TRANSACTION;

/**
 * A block reduced to transaction ids, types, validation codes and the names of chaincode events.
 *
 * @throws when an envelope cannot be read, whatever its validation code: Fabric's peers give no such block either, and
 * so end every stream of filtered blocks at it for good.
 */
export function filteredBlock({ number, transactions }: CommittedBlock, channel: string): peer.FilteredBlock {
  const block = new FilteredBlock();
  block.setChannelId(channel);
  block.setNumber(number);
  block.setFilteredTransactionsList(transactions.flatMap((one) => filteredTransaction(one) ?? []));
  return block;
}

/** @returns undefined for an envelope that Fabric passes over: one without a header. */
function filteredTransaction({ code, envelope }: CommittedTransaction): peer.FilteredTransaction | undefined {
  const payload = common.Payload.deserializeBinary(
    common.Envelope.deserializeBinary(envelope).getPayload_asU8(),
  );
  const header = payload.getHeader();
  if (header === undefined) return undefined;
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const transaction = new FilteredTransaction();
  transaction.setTxid(channelHeader.getTxId());
  transaction.setType(channelHeader.getType() as common.HeaderTypeMap[keyof common.HeaderTypeMap]);
  transaction.setTxValidationCode(code);
  if (channelHeader.getType() === endorserTransaction) {
    transaction.setTransactionActions(filteredActions(payload.getData_asU8()));
  }
  return transaction;
}

function filteredActions(data: Uint8Array): peer.FilteredTransactionActions {
  const actions = new FilteredTransactionActions();
  for (const action of peer.Transaction.deserializeBinary(data).getActionsList()) {
    const endorsed = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()).getAction();
    if (endorsed === undefined) continue;
    const response = peer.ProposalResponsePayload.deserializeBinary(
      endorsed.getProposalResponsePayload_asU8(),
    );
    const result = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
    const event = ChaincodeEvent.deserializeBinary(result.getEvents_asU8());
    if (event.getChaincodeId() !== '') actions.addChaincodeActions(filteredAction(event));
  }
  return actions;
}

/** Names the event; its payload stays out. */
function filteredAction(event: peer.ChaincodeEvent): peer.FilteredChaincodeAction {
  event.setPayload('');
  const action = new FilteredChaincodeAction();
  action.setChaincodeEvent(event);
  return action;
}
