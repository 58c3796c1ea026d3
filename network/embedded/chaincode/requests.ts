import { peer } from '@hyperledger/fabric-protos';
import {
  EncodingCursor,
  closeQuery,
  continueQuery,
  keyModification,
  keyValue,
  openQuery,
  pageOf,
} from './query-results.js';
import type { TransactionContext } from './transaction-context.js';

/** Answers one request of a running chaincode: the payload of the RESPONSE. Throws what becomes an ERROR. */
export type RequestHandler = (
  payload: Uint8Array,
  context: TransactionContext,
) => Uint8Array | Promise<Uint8Array>;

const nothing = new Uint8Array();
const { Type } = peer.ChaincodeMessage;
const { Type: RecordType } = peer.WriteRecord;

/** What a chaincode may ask of its peer about state, by message type. */
export const requestHandlers: ReadonlyMap<number, RequestHandler> = new Map<number, RequestHandler>([
  [Type.GET_STATE, getState],
  [Type.GET_STATE_MULTIPLE, getStates],
  [Type.PUT_STATE, putState],
  [Type.DEL_STATE, deleteState],
  [Type.GET_STATE_METADATA, getMetadata],
  [Type.PUT_STATE_METADATA, putMetadata],
  [Type.GET_PRIVATE_DATA_HASH, getPrivateHash],
  [Type.PURGE_PRIVATE_DATA, purgePrivate],
  [Type.WRITE_BATCH_STATE, writeBatch],
  [Type.GET_STATE_BY_RANGE, getRange],
  [Type.GET_QUERY_RESULT, getQueryResult],
  [Type.GET_HISTORY_FOR_KEY, getHistory],
  [
    Type.QUERY_STATE_NEXT,
    (payload, context) => continueQuery(context, peer.QueryStateNext.deserializeBinary(payload).getId()),
  ],
  [
    Type.QUERY_STATE_CLOSE,
    (payload, context) => closeQuery(context, peer.QueryStateClose.deserializeBinary(payload).getId()),
  ],
]);

function getState(payload: Uint8Array, { simulator, namespace, access }: TransactionContext): Uint8Array {
  const request = peer.GetState.deserializeBinary(payload);
  const collection = request.getCollection();
  if (collection === '') return simulator.get(namespace, request.getKey()) ?? nothing;
  access.checkRead(collection);
  return simulator.getPrivate(namespace, collection, request.getKey()) ?? nothing;
}

/** Unlike `getState`, it does not look whether the private values that this peer holds are those of the ledger. */
function getStates(payload: Uint8Array, { simulator, namespace, access }: TransactionContext): Uint8Array {
  const request = peer.GetStateMultiple.deserializeBinary(payload);
  const collection = request.getCollection();
  if (collection !== '') access.checkRead(collection);
  const valueOf = (key: string): Uint8Array =>
    (collection === '' ? simulator.get(namespace, key) : simulator.getHeld(namespace, collection, key)) ??
    nothing;
  const result = new peer.GetStateMultipleResult();
  result.setValuesList(request.getKeysList().map(valueOf));
  return result.serializeBinary();
}

function putState(payload: Uint8Array, context: TransactionContext): Uint8Array {
  const request = peer.PutState.deserializeBinary(payload);
  write(context, request.getCollection(), request.getKey(), request.getValue_asU8());
  return nothing;
}

/** Carries out the records in their order, up to the first that is refused; those before it stay carried out. */
function writeBatch(payload: Uint8Array, context: TransactionContext): Uint8Array {
  for (const record of peer.WriteBatchState.deserializeBinary(payload).getRecList()) {
    const [collection, key] = [record.getCollection(), record.getKey()];
    switch (record.getType()) {
      case RecordType.PUT_STATE:
        write(context, collection, key, record.getValue_asU8());
        break;
      case RecordType.DEL_STATE:
        write(context, collection, key, nothing);
        break;
      case RecordType.PUT_STATE_METADATA:
        writeMetadata(context, collection, key, record.getMetadata());
        break;
      case RecordType.PURGE_PRIVATE_DATA:
        purge(context, collection, key);
        break;
      default:
        throw new Error('unknown operation type');
    }
  }
  return nothing;
}

function deleteState(payload: Uint8Array, context: TransactionContext): Uint8Array {
  const request = peer.DelState.deserializeBinary(payload);
  write(context, request.getCollection(), request.getKey(), nothing);
  return nothing;
}

function write(
  { simulator, namespace, access }: TransactionContext,
  collection: string,
  key: string,
  value: Uint8Array,
): void {
  if (collection === '') {
    simulator.set(namespace, key, value);
  } else {
    access.checkWrite(collection);
    simulator.setPrivate(namespace, collection, key, value);
  }
}

function getMetadata(payload: Uint8Array, { simulator, namespace, access }: TransactionContext): Uint8Array {
  const request = peer.GetStateMetadata.deserializeBinary(payload);
  const collection = request.getCollection();
  if (collection !== '') access.checkRead(collection);
  const metadata =
    collection === ''
      ? simulator.metadata(namespace, request.getKey())
      : simulator.privateMetadata(namespace, collection, request.getKey());
  const result = new peer.StateMetadataResult();
  for (const [name, value] of metadata) {
    const entry = new peer.StateMetadata();
    entry.setMetakey(name);
    entry.setValue(value);
    result.addEntries(entry);
  }
  return result.serializeBinary();
}

function putMetadata(payload: Uint8Array, context: TransactionContext): Uint8Array {
  const request = peer.PutStateMetadata.deserializeBinary(payload);
  writeMetadata(context, request.getCollection(), request.getKey(), request.getMetadata());
  return nothing;
}

function writeMetadata(
  { simulator, namespace, access }: TransactionContext,
  collection: string,
  key: string,
  entry = new peer.StateMetadata(),
): void {
  const [name, value] = [entry.getMetakey(), entry.getValue_asU8()];
  if (collection === '') {
    simulator.setMetadata(namespace, key, name, value);
  } else {
    access.checkWrite(collection);
    simulator.setPrivateMetadata(namespace, collection, key, name, value);
  }
}

/** Open to every client: hashes are on the ledger of all organisations. */
function getPrivateHash(payload: Uint8Array, { simulator, namespace }: TransactionContext): Uint8Array {
  const request = peer.GetState.deserializeBinary(payload);
  return simulator.privateHash(namespace, request.getCollection(), request.getKey()) ?? nothing;
}

function purgePrivate(payload: Uint8Array, context: TransactionContext): Uint8Array {
  const request = peer.PurgePrivateState.deserializeBinary(payload);
  purge(context, request.getCollection(), request.getKey());
  return nothing;
}

function purge({ simulator, namespace, access }: TransactionContext, collection: string, key: string): void {
  if (collection === '') throw new Error('only applicable for private data');
  access.checkWrite(collection);
  simulator.purge(namespace, collection, key);
}

function getRange(payload: Uint8Array, context: TransactionContext): Promise<Uint8Array> {
  const { simulator, namespace, access } = context;
  const request = peer.GetStateByRange.deserializeBinary(payload);
  const page = pageOf(request.getMetadata_asU8());
  const collection = request.getCollection();
  const end = request.getEndkey();
  if (collection !== '') {
    access.checkRead(collection);
    const cursor = simulator.rangePrivate(namespace, collection, request.getStartkey(), end);
    return openQuery(context, new EncodingCursor(cursor, keyValue(namespace)));
  }
  // A bookmark is the key at which the page before stopped.
  const start = page && page.bookmark !== '' ? page.bookmark : request.getStartkey();
  const cursor = simulator.range(namespace, start, end, page);
  return openQuery(context, new EncodingCursor(cursor, keyValue(namespace)), page);
}

/** Rich queries need CouchDB; a peer whose state is in LevelDB refuses them with these words. */
function getQueryResult(payload: Uint8Array, { access }: TransactionContext): never {
  const request = peer.GetQueryResult.deserializeBinary(payload);
  const collection = request.getCollection();
  if (collection !== '') access.checkRead(collection);
  const paginated = collection === '' && pageOf(request.getMetadata_asU8()) !== undefined;
  throw new Error(`${paginated ? 'ExecuteQueryWithMetadata' : 'ExecuteQuery'} not supported for leveldb`);
}

function getHistory(payload: Uint8Array, context: TransactionContext): Promise<Uint8Array> {
  const request = peer.GetHistoryForKey.deserializeBinary(payload);
  const cursor = context.simulator.history(context.namespace, request.getKey());
  return openQuery(context, new EncodingCursor(cursor, keyModification));
}
