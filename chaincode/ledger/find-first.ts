import type { Address } from './addresses.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Where something lies whose id was made under the newest fingerprint key or an older one. */
export interface Found<T> {
  readonly id: string;
  /** Undefined when there is no record under any of the ids; then `id` is the one for a new record. */
  readonly record: T | undefined;
}

/** Looks under every id that a thing may have; all are read, so that a record made meanwhile is a conflict. */
export async function findFirst<T>(
  work: UnitOfWork,
  ids: readonly [string, ...string[]],
  at: (id: string) => Address<T>,
): Promise<Found<T>> {
  const records = await Promise.all(ids.map((id) => work.read(at(id))));
  const index = records.findIndex((record) => record !== undefined);
  return { id: ids[Math.max(index, 0)] ?? ids[0], record: records[index] };
}
