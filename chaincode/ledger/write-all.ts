import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim-api';
import { writesPerMessage } from './peer-offer.js';
import { askPeer, partsOf } from './peer-request.js';
import type { LedgerWrite } from './port.js';

const { StateMetadata, WriteBatchState, WriteRecord } = peer;

/**
 * Hands the writes of a transaction to the peer: many in one message where the peer takes them so, because each message
 * costs both sides more than the write itself; else one by one.
 */
export async function writeAll(stub: ChaincodeStub, writes: readonly LedgerWrite[]): Promise<void> {
  const parts = partsOf(stub);
  const size = writesPerMessage(parts.handler);
  if (size === undefined) {
    for (const write of writes) await writeOne(stub, write);
    return;
  }
  const records = writes.flatMap((write) => recordsOf(write, parts.validationParameterMetakey));
  for (let start = 0; start < records.length; start += size) {
    const batch = new WriteBatchState();
    batch.setRecList(records.slice(start, start + size));
    await askPeer(parts, 'WRITE_BATCH_STATE', batch.serializeBinary());
  }
}

async function writeOne(stub: ChaincodeStub, { collection, key, value, policy }: LedgerWrite): Promise<void> {
  const bytes = Buffer.from(value, 'utf8');
  if (collection === undefined) {
    await stub.putState(key, bytes);
    if (policy !== undefined) await stub.setStateValidationParameter(key, policy);
  } else {
    await stub.putPrivateData(collection, key, bytes);
    if (policy !== undefined) await stub.setPrivateDataValidationParameter(collection, key, policy);
  }
}

function recordsOf(
  { collection, key, value, policy }: LedgerWrite,
  validationParameter: string,
): peer.WriteRecord[] {
  const put = recordOn(collection, key, WriteRecord.Type.PUT_STATE);
  put.setValue(Buffer.from(value, 'utf8'));
  if (policy === undefined) return [put];
  const protect = recordOn(collection, key, WriteRecord.Type.PUT_STATE_METADATA);
  const metadata = new StateMetadata();
  metadata.setMetakey(validationParameter);
  metadata.setValue(policy);
  protect.setMetadata(metadata);
  return [put, protect];
}

function recordOn(
  collection: string | undefined,
  key: string,
  type: peer.WriteRecord.TypeMap[keyof peer.WriteRecord.TypeMap],
): peer.WriteRecord {
  const record = new WriteRecord();
  record.setType(type);
  record.setKey(key);
  record.setCollection(collection ?? '');
  return record;
}
