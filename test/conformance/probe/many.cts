import { peer } from '@hyperledger/fabric-protos';
import type { Context } from 'fabric-contract-api';
import { askPeer } from './ask-peer.cjs';
import { policyOf } from './policies.cjs';
import type { BatchedWrite } from './steps.cjs';

const { GetStateMultiple, GetStateMultipleResult, StateMetadata, WriteBatchState, WriteRecord } = peer;

const types = {
  put: WriteRecord.Type.PUT_STATE,
  delete: WriteRecord.Type.DEL_STATE,
  setPolicy: WriteRecord.Type.PUT_STATE_METADATA,
  purge: WriteRecord.Type.PURGE_PRIVATE_DATA,
  untyped: WriteRecord.Type.UNDEFINED,
};

/** Hands the peer all writes in one message. */
export async function writeBatch(stub: Context['stub'], writes: readonly BatchedWrite[]): Promise<null> {
  const batch = new WriteBatchState();
  batch.setRecList(writes.map(recordOf));
  await askPeer(stub, 'WRITE_BATCH_STATE', batch.serializeBinary());
  return null;
}

/** Asks the peer for all keys in one message; an empty collection is the public state. */
export async function readMany(
  stub: Context['stub'],
  collection: string,
  keys: readonly string[],
): Promise<string[]> {
  const request = new GetStateMultiple();
  request.setCollection(collection);
  request.setKeysList([...keys]);
  const answer = await askPeer(stub, 'GET_STATE_MULTIPLE', request.serializeBinary());
  return GetStateMultipleResult.deserializeBinary(answer)
    .getValuesList_asU8()
    .map((value) => Buffer.from(value).toString('utf8'));
}

function recordOf(write: BatchedWrite): peer.WriteRecord {
  const record = new WriteRecord();
  record.setType(types[write[0]]);
  record.setCollection(write[1]);
  record.setKey(write[2]);
  if (write[0] === 'put') {
    record.setValue(Buffer.from(write[3]));
  } else if (write[0] === 'setPolicy') {
    const metadata = new StateMetadata();
    metadata.setMetakey('VALIDATION_PARAMETER');
    metadata.setValue(policyOf(write[3]));
    record.setMetadata(metadata);
  }
  return record;
}
