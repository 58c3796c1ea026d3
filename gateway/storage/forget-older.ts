import type { DurableStore } from './durable-store.js';

/**
 * Deletes what is older than a time. One that cannot be read, such as a record of another version, is left where it is and
 * keeps none behind it.
 *
 * @param timeOf when an entry was made, milliseconds since 1970.
 * @throws the first failure, after all had their turn.
 */
export async function forgetOlder(
  store: DurableStore,
  prefix: string,
  oldest: number,
  timeOf: (value: unknown) => number,
): Promise<void> {
  const failures: unknown[] = [];
  for await (const [key, value] of store.entries(prefix)) {
    try {
      if (timeOf(value) < oldest) await store.delete(key);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
