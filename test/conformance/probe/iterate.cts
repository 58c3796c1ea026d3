import type { Iterators, StateQueryResponse } from 'fabric-shim';
import type { Change, Page, Row } from './steps.cjs';

/** Reads a query to its end and closes it, as every chaincode must. */
export async function rows(results: Iterators.StateQueryIterator): Promise<Row[]> {
  return collect(results, ({ key, value }) => ({ key, value: Buffer.from(value).toString('utf8') }));
}

export async function page(results: StateQueryResponse<Iterators.StateQueryIterator>): Promise<Page> {
  const { bookmark, fetchedRecordsCount } = results.metadata;
  return { rows: await rows(results.iterator), bookmark, count: fetchedRecordsCount };
}

export async function changes(results: Iterators.HistoryQueryIterator): Promise<Change[]> {
  return collect(results, ({ txId, value, isDelete, timestamp }) => ({
    txId,
    value: Buffer.from(value).toString('utf8'),
    deleted: isDelete,
    seconds: Number(timestamp.seconds),
    nanos: timestamp.nanos,
  }));
}

async function collect<From, To>(results: Iterators.CommonIterator<From>, read: (from: From) => To): Promise<To[]> {
  const all: To[] = [];
  // A query without results ends with `done` and an undefined value; otherwise the last result comes before `done`.
  for (let next = await results.next(); !next.done; next = await results.next()) {
    all.push(read(next.value as From));
  }
  await results.close();
  return all;
}
