import fc from 'fast-check';
import { ConflictError } from './errors.js';
import { submitBatch } from './submit-batch.js';

/** Time for so many more attempts. */
function patience(attempts = 40) {
  let left = attempts;
  return { mayGoOn: () => left-- > 0, inTurn: <T>(work: () => Promise<T>) => work() };
}
const accepted = (value: number) => ({ status: 'fulfilled', value }) as const;

/** A ledger on which a transaction with a contested item conflicts as often as the item says. */
function contested(conflicts: Map<number, number>) {
  const sent: (readonly number[])[] = [];
  const send = (items: readonly number[]) => {
    sent.push(items);
    const hot = items.find((item) => (conflicts.get(item) ?? 0) > 0);
    if (hot === undefined) return Promise.resolve(items.map(accepted));
    conflicts.set(hot, (conflicts.get(hot) ?? 0) - 1);
    return Promise.reject(new ConflictError('tx', 'MVCC_READ_CONFLICT'));
  };
  return { sent, send };
}

describe('submitting a batch', () => {
  it('splits a batch that lost, and retries the halves', async () => {
    const { sent, send } = contested(new Map([[3, 1]]));
    const verdicts = await submitBatch([1, 2, 3, 4], send, patience());
    expect(sent).toEqual([
      [1, 2, 3, 4],
      [1, 2],
      [3, 4],
    ]);
    expect(verdicts).toEqual([1, 2, 3, 4].map(accepted));
  });

  it('takes up whole, and in its turn, what changes the same thing', async () => {
    const { sent, send } = contested(new Map([[3, 12]]));
    let turns = 0;
    const inTurn = <T>(work: () => Promise<T>) => {
      turns += 1;
      return work();
    };
    const verdicts = await submitBatch([1, 2, 3, 4], send, { ...patience(), inTurn }, () => ['invoice 1']);
    expect(verdicts).toEqual([1, 2, 3, 4].map(accepted));
    expect(sent).toEqual(Array.from({ length: 13 }, () => [1, 2, 3, 4]));
    expect(turns).toBe(12);
  });

  it('gives up, when there is no time left, on the contested item only', async () => {
    const { send } = contested(new Map([[4, Infinity]]));
    const verdicts = await submitBatch([1, 2, 3, 4], send, patience());
    expect(verdicts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  });

  it('does not retry what is not a conflict', async () => {
    let sent = 0;
    const verdicts = await submitBatch(
      [1, 2],
      () => {
        sent++;
        return Promise.reject(new Error('down'));
      },
      patience(),
    );
    expect(sent).toBe(1);
    expect(verdicts.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('gives every item exactly one verdict, in order, whatever conflicts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.dictionary(fc.integer({ min: 0, max: 39 }).map(String), fc.integer({ min: 1, max: 9 })),
        async (count, hot) => {
          const items = Array.from({ length: count }, (_, index) => index);
          const { send } = contested(
            new Map(Object.entries(hot).map(([item, times]) => [Number(item), times])),
          );
          const verdicts = await submitBatch(items, send, patience());
          const judged = verdicts.map((verdict, index) =>
            verdict.status === 'fulfilled'
              ? verdict.value === index
              : verdict.reason instanceof ConflictError,
          );
          expect(judged).toEqual(items.map(() => true));
        },
      ),
    );
  });
});
