import { randomUUID } from 'node:crypto';
import { ledger, peer } from '@hyperledger/fabric-protos';
import timestampProtos from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { HistoryEntry } from '../ledger/ledger.js';
import type { Cursor } from '../peer/simulation/cursor.js';
import type { OpenQuery, TransactionContext } from './transaction-context.js';

/** Results per message to the chaincode; Fabric's. */
const batchSize = 100;
/** Fabric's `ledger.state.totalQueryLimit` as its sample configuration sets it. */
const totalLimit = 100_000;

/** Page size and bookmark that came with a query; a page size of 0 with a bookmark means all that follows. */
export interface Page {
  readonly size: number;
  readonly bookmark: string;
}

/** Reads the paging of a query out of its metadata; undefined when the chaincode did not ask for pages. */
export function pageOf(metadata: Uint8Array): Page | undefined {
  if (metadata.length === 0) return undefined;
  const message = peer.QueryMetadata.deserializeBinary(metadata);
  const page = { size: message.getPagesize(), bookmark: message.getBookmark() };
  return page.size === 0 && page.bookmark === '' ? undefined : page;
}

/** Starts handing out the results of a query and answers with the first batch. */
export function openQuery(
  context: TransactionContext,
  cursor: Cursor<Uint8Array>,
  page?: Page,
): Promise<Uint8Array> {
  const id = randomUUID();
  const query: OpenQuery = {
    cursor,
    paginated: page !== undefined,
    count: 0,
    limit: page && page.size > 0 ? Math.min(page.size, totalLimit) : totalLimit,
    carriedOver: undefined,
  };
  context.queries.set(id, query);
  return nextBatch(context, id, query);
}

/**
 * Answers QUERY_STATE_NEXT.
 *
 * @throws Error when no query of this id is open, with the words of Fabric.
 */
export function continueQuery(context: TransactionContext, id: string): Promise<Uint8Array> {
  const query = context.queries.get(id);
  if (!query) throw new Error('query iterator not found');
  return nextBatch(context, id, query);
}

/** Answers QUERY_STATE_CLOSE; a query that has ended by itself may be closed again. */
export async function closeQuery(context: TransactionContext, id: string): Promise<Uint8Array> {
  await context.queries.get(id)?.cursor.close();
  context.queries.delete(id);
  return response(id, [], false).serializeBinary();
}

async function nextBatch(context: TransactionContext, id: string, query: OpenQuery): Promise<Uint8Array> {
  const batch = query.carriedOver ? [query.carriedOver] : [];
  query.carriedOver = undefined;
  try {
    while (query.count < query.limit) {
      const result = await query.cursor.next();
      if (!result) break;
      query.count++;
      if (!query.paginated && batch.length === batchSize) {
        query.carriedOver = result;
        return response(id, batch, true).serializeBinary();
      }
      batch.push(result);
    }
    context.queries.delete(id);
    const last = response(id, batch, false);
    if (query.paginated) {
      const metadata = new peer.QueryResponseMetadata();
      metadata.setFetchedRecordsCount(query.count);
      metadata.setBookmark(await query.cursor.closeWithBookmark());
      last.setMetadata(metadata.serializeBinary());
    } else {
      await query.cursor.close();
    }
    return last.serializeBinary();
  } catch (error) {
    context.queries.delete(id);
    await query.cursor.close();
    throw error;
  }
}

function response(id: string, results: readonly Uint8Array[], hasMore: boolean): peer.QueryResponse {
  const message = new peer.QueryResponse();
  message.setId(id);
  message.setHasMore(hasMore);
  message.setResultsList(
    results.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  return message;
}

/** A cursor whose results are serialized for the chaincode as they are taken. */
export class EncodingCursor<T> implements Cursor<Uint8Array> {
  readonly #source: Cursor<T>;
  readonly #encode: (item: T) => Uint8Array;

  constructor(source: Cursor<T>, encode: (item: T) => Uint8Array) {
    this.#source = source;
    this.#encode = encode;
  }

  async next(): Promise<Uint8Array | undefined> {
    const item = await this.#source.next();
    return item === undefined ? undefined : this.#encode(item);
  }

  closeWithBookmark(): Promise<string> {
    return this.#source.closeWithBookmark();
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}

/** Serializes a key and its value as a range query returns them. */
export function keyValue(
  namespace: string,
): (entry: { readonly key: string; readonly value: Uint8Array }) => Uint8Array {
  return ({ key, value }) => {
    const message = new ledger.queryresult.KV();
    message.setNamespace(namespace);
    message.setKey(key);
    message.setValue(value);
    return message.serializeBinary();
  };
}

/** Serializes a past value as a history query returns it. */
export function keyModification({ txId, timestamp, isDelete, value }: HistoryEntry): Uint8Array {
  const time = new timestampProtos.Timestamp();
  time.setSeconds(timestamp.seconds);
  time.setNanos(timestamp.nanos);
  const message = new ledger.queryresult.KeyModification();
  message.setTxId(txId);
  message.setTimestamp(time);
  message.setIsDelete(isDelete);
  message.setValue(value);
  return message.serializeBinary();
}
