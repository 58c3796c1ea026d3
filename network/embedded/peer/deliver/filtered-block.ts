import { common, peer } from '@hyperledger/fabric-protos';
import type { CommittedBlock, CommittedTransaction } from '../../ledger/ledger.js';

const {
  ChaincodeEvent,
  FilteredBlock,
  FilteredChaincodeAction,
  FilteredTransaction,
  FilteredTransactionActions,
} = peer;

/** A block reduced to transaction ids, types, validation codes and the names of chaincode events. */
export function filteredBlock({ number, transactions }: CommittedBlock, channel: string): peer.FilteredBlock {
  const block = new FilteredBlock();
  block.setChannelId(channel);
  block.setNumber(number);
  block.setFilteredTransactionsList(transactions.map(filteredTransaction));
  return block;
}

function filteredTransaction({ txId, code, parsed }: CommittedTransaction): peer.FilteredTransaction {
  const transaction = new FilteredTransaction();
  transaction.setTxid(txId);
  transaction.setTxValidationCode(code);
  if (!parsed) return transaction;
  transaction.setType(parsed.type as common.HeaderTypeMap[keyof common.HeaderTypeMap]);
  if (parsed.action) {
    const actions = new FilteredTransactionActions();
    const { event } = parsed.action;
    if (event.length > 0)
      actions.addChaincodeActions(filteredAction(ChaincodeEvent.deserializeBinary(event)));
    transaction.setTransactionActions(actions);
  }
  return transaction;
}

/** Names the event; its payload stays out. */
function filteredAction(event: peer.ChaincodeEvent): peer.FilteredChaincodeAction {
  event.setPayload('');
  const action = new FilteredChaincodeAction();
  action.setChaincodeEvent(event);
  return action;
}
