import { createHash } from 'node:crypto';
import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';

const { rwset } = ledger;
const endorserTransaction = 3;

/** What a transaction of our chaincode told and wrote. */
export interface SpecWritten {
  readonly event: LedgerEvent | undefined;
  readonly writtenKeys: readonly {
    readonly collection: string | undefined;
    readonly key: string;
    readonly value: string;
  }[];
}

/** A block with one valid transaction, as a peer hands it out to an organisation that holds no private data. */
export function specBlock(number: number, chaincode: string, written: SpecWritten): common.Block {
  const header = new common.BlockHeader();
  header.setNumber(number);
  const data = new common.BlockData();
  data.addData(envelope(chaincode, written));
  const metadata = new common.BlockMetadata();
  // Of signatures, configuration, verdicts: one verdict, valid.
  metadata.setMetadataList([Uint8Array.of(), Uint8Array.of(), Uint8Array.of(0)]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block;
}

function envelope(chaincode: string, written: SpecWritten): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid('BankAMSP');
  const creator = identity.serializeBinary();
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(endorserTransaction);
  channelHeader.setTxId(createHash('sha256').update(creator).digest('hex'));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction(chaincode, written).serializeBinary());
  const whole = new common.Envelope();
  whole.setPayload(payload.serializeBinary());
  return whole.serializeBinary();
}

function transaction(chaincode: string, { event, writtenKeys }: SpecWritten): peer.Transaction {
  const action = new peer.ChaincodeAction();
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  action.setChaincodeId(id);
  action.setResults(results(chaincode, writtenKeys));
  const told = new peer.ChaincodeEvent();
  told.setPayload(Buffer.from(JSON.stringify(event)));
  action.setEvents(told.serializeBinary());
  const response = new peer.ProposalResponsePayload();
  response.setExtension$(action.serializeBinary());
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(response.serializeBinary());
  const payload = new peer.ChaincodeActionPayload();
  payload.setAction(endorsed);
  const one = new peer.TransactionAction();
  one.setPayload(payload.serializeBinary());
  const whole = new peer.Transaction();
  whole.addActions(one);
  return whole;
}

function results(chaincode: string, writtenKeys: SpecWritten['writtenKeys']): Uint8Array {
  const set = new rwset.NsReadWriteSet();
  set.setNamespace(chaincode);
  for (const { collection, key, value } of writtenKeys) {
    if (collection === undefined) continue;
    const write = new rwset.kvrwset.KVWriteHash();
    write.setKeyHash(Buffer.from(digest(key), 'hex'));
    write.setValueHash(Buffer.from(digest(value), 'hex'));
    const hashed = new rwset.kvrwset.HashedRWSet();
    hashed.addHashedWrites(write);
    const inCollection = new rwset.CollectionHashedReadWriteSet();
    inCollection.setCollectionName(collection);
    inCollection.setHashedRwset(hashed.serializeBinary());
    set.addCollectionHashedRwset(inCollection);
  }
  const whole = new rwset.TxReadWriteSet();
  whole.addNsRwset(set);
  return whole.serializeBinary();
}
