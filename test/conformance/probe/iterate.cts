import type { Iterators, StateQueryResponse } from 'fabric-shim';
import type { Change, Page, Row } from './steps.cjs';

/** What the stub answers to a query: a promise that one can also loop over. */
type Results<T> = Promise<unknown> & AsyncIterable<T>;

/** Reads a query to its end, which closes it. */
export async function rows(results: Results<Iterators.KV>): Promise<Row[]> {
  // A query that the shim itself refuses is a mere promise.
  await results;
  const all: Row[] = [];
  for await (const { key, value } of results) all.push({ key, value: Buffer.from(value).toString('utf8') });
  return all;
}

/** Reads one page; only the promise, not the loop, gives its bookmark. */
export async function page({
  iterator,
  metadata,
}: StateQueryResponse<Iterators.StateQueryIterator>): Promise<Page> {
  const all: Row[] = [];
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    all.push({ key: next.value.key, value: Buffer.from(next.value.value).toString('utf8') });
  }
  await iterator.close();
  return { rows: all, bookmark: metadata.bookmark, count: metadata.fetchedRecordsCount };
}

export async function changes(results: Results<Iterators.KeyModification>): Promise<Change[]> {
  const all: Change[] = [];
  for await (const { txId, value, isDelete, timestamp } of results) {
    const seconds = Number(timestamp.seconds);
    all.push({
      txId,
      value: Buffer.from(value).toString('utf8'),
      deleted: isDelete,
      seconds,
      nanos: timestamp.nanos,
    });
  }
  return all;
}
