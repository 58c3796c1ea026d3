import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeStub } from 'fabric-shim-api';
import { keysPerMessage } from './peer-offer.js';
import { askPeer, partsOf } from './peer-request.js';

const { GetStateMultiple, GetStateMultipleResult } = peer;

/** Reads one key; what comes back is empty where there is no value. */
export function readOne(
  stub: ChaincodeStub,
  collection: string | undefined,
  key: string,
): Promise<Uint8Array> {
  return collection === undefined ? stub.getState(key) : stub.getPrivateData(collection, key);
}

/**
 * Reads many keys of one collection: in one message where the peer answers so, else one by one.
 *
 * @returns the values in the order of the keys; empty where there is none.
 */
export async function readAll(
  stub: ChaincodeStub,
  collection: string | undefined,
  keys: readonly string[],
): Promise<Uint8Array[]> {
  const parts = partsOf(stub);
  const size = keysPerMessage(parts.handler);
  if (size === undefined || keys.length === 1) {
    return Promise.all(keys.map((key) => readOne(stub, collection, key)));
  }
  const values: Uint8Array[] = [];
  for (let start = 0; start < keys.length; start += size) {
    const request = new GetStateMultiple();
    request.setKeysList(keys.slice(start, start + size));
    request.setCollection(collection ?? '');
    const answer = await askPeer(parts, 'GET_STATE_MULTIPLE', request.serializeBinary());
    values.push(...GetStateMultipleResult.deserializeBinary(answer).getValuesList_asU8());
  }
  // Where reading fails, Fabric 3.1 answers no values instead of an error.
  if (values.length !== keys.length) throw new Error(`${keys.length} keys read, ${values.length} values`);
  return values;
}
