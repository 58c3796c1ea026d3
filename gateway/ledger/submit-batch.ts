import type { ItemError } from '@pledgeonce/chaincode/errors.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { ConflictError } from './errors.js';
import { splitBatch } from './split-batch.js';

/** Sends all items in one transaction; verdicts in the order of the items. */
export type SendItems<T, V> = (items: readonly T[]) => Promise<readonly PromiseSettledResult<V>[]>;

/** How what lost a conflict is taken up again. */
export interface RetryPolicy {
  /** Whether there is time to try once more; nobody waits for ever. */
  readonly mayGoOn: () => boolean;
  /** Does the work in its turn among all that lost. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Brings every item to a verdict. A batch that loses to another transaction is taken up again, at once and in its turn;
 * where its items have nothing to do with each other it is split, because most of them have nothing to do with the
 * conflict either.
 *
 * @param touchesOf names of what an item changes.
 */
export async function submitBatch<T, V>(
  items: readonly T[],
  send: SendItems<T, V>,
  policy: RetryPolicy,
  touchesOf: (item: T) => readonly string[] = () => [],
): Promise<readonly PromiseSettledResult<V>[]> {
  const bring = async (some: readonly T[], attempt: SendItems<T, V>) => {
    try {
      return await attempt(some);
    } catch (error) {
      if (!(error instanceof ConflictError) || !policy.mayGoOn()) {
        return some.map((): PromiseSettledResult<V> => ({ status: 'rejected', reason: error }));
      }
      return bringParts(some);
    }
  };
  const bringParts = async (some: readonly T[]) => {
    const judged = new Map<T, PromiseSettledResult<V> | undefined>();
    for (const part of splitBatch(some, touchesOf)) {
      const verdicts = await bring(part, (again) => policy.inTurn(() => send(again)));
      for (const [index, item] of part.entries()) judged.set(item, verdicts[index]);
    }
    return some.map((item) => judged.get(item) ?? unjudged);
  };
  return bring(items, send);
}

const unjudged = {
  status: 'rejected',
  reason: new Error('The batch gave no verdict on this item.'),
} as const;

/** The refusal of one item as the error that its own request would have met. */
export function itemRefusal({ code, detail, field, lines }: ItemError): LedgerError {
  return new LedgerError(code, {
    detail,
    ...(field === undefined ? {} : { field }),
    ...(lines === undefined ? {} : { lines }),
  });
}
