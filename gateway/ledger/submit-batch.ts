import type { ItemError } from '@pledgeonce/chaincode/errors.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { ConflictError } from './errors.js';

/** Sends all items in one transaction; verdicts in the order of the items. */
export type SendItems<T, V> = (items: readonly T[]) => Promise<readonly PromiseSettledResult<V>[]>;

export interface RetryPolicy {
  /** Transactions that one item may lose before its caller is told. */
  readonly attempts: number;
  readonly pause: (attempt: number) => Promise<void>;
}

/**
 * Brings every item to a verdict. A batch that loses to another transaction is split: most of its items have
 * nothing to do with the conflict and should not lose again with the one that has.
 */
export async function submitBatch<T, V>(
  items: readonly T[],
  send: SendItems<T, V>,
  policy: RetryPolicy,
  attempt = 0,
): Promise<readonly PromiseSettledResult<V>[]> {
  try {
    return await send(items);
  } catch (error) {
    if (!(error instanceof ConflictError) || attempt + 1 >= policy.attempts) {
      return items.map(() => ({ status: 'rejected', reason: error }));
    }
    await policy.pause(attempt);
    const middle = Math.ceil(items.length / 2);
    const halves = items.length === 1 ? [items] : [items.slice(0, middle), items.slice(middle)];
    const verdicts: PromiseSettledResult<V>[] = [];
    for (const half of halves) verdicts.push(...(await submitBatch(half, send, policy, attempt + 1)));
    return verdicts;
  }
}

/** The refusal of one item as the error that its own request would have met. */
export function itemRefusal({ code, detail, field, lines }: ItemError): LedgerError {
  return new LedgerError(code, {
    detail,
    ...(field === undefined ? {} : { field }),
    ...(lines === undefined ? {} : { lines }),
  });
}
