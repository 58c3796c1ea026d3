import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { ItemDesk } from './item-desk.js';
import type { Ledger } from './ledger.js';
import type { Step } from './outbox.js';
import type { Signatory } from './signatory.js';

const limits = { itemsPerBatch: 100, touchesPerBatch: 1000, batchesPerLane: 4 };

/** A ledger that looks for what was sent before as long as it is told, and keeps what leaves. */
function deskUnderTest(lookMs: readonly number[], known: ReadonlySet<number> = new Set()) {
  const left: unknown[] = [];
  const ledger = {
    resume: async (step: Step | undefined) => {
      const place = Number(step?.key);
      await sleep(lookMs[place] ?? 0);
      return known.has(place) ? { transactionId: 'before', output: `known ${place}` } : undefined;
    },
    retryPolicy: () => ({ mayGoOn: () => false, inTurn: (work: () => Promise<unknown>) => work() }),
    submitOnce: (
      _signatory: Signatory,
      _name: string,
      { claims }: { readonly claims: readonly unknown[] },
    ) => {
      left.push(...claims);
      const items = claims.map((claim, index) => ({ index, status: 'reserved', claim }));
      return Promise.resolve({ transactionId: 'now', output: { items } });
    },
  } as unknown as Ledger;
  const request = {};
  const item = (place: number) =>
    ({ isLive: true, request, nextStep: () => ({ key: String(place) }) }) as unknown as Signatory;
  const desk = new ItemDesk(ledger, 'reserveClaims', limits);
  return {
    left,
    place: (place: number) => desk.place('officer', item(place), place, ['the same document']),
  };
}

describe('items of one request', () => {
  it('leave in the order in which they were placed, however long it takes to look for each', async () => {
    const waits = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(waits, async (lookMs) => {
        const { left, place } = deskUnderTest(lookMs);
        const placed = await Promise.all(lookMs.map(async (_, index) => (await place(index)).view));
        const inOrder = lookMs.map((_, index) => index);
        expect(left).toEqual(inOrder);
        expect(placed).toEqual(inOrder);
      }),
      { numRuns: 30 },
    );
  });

  it('that were sent before are answered as then, and do not leave again', async () => {
    const { left, place } = deskUnderTest([3, 0, 1], new Set([0, 2]));
    const placed = await Promise.all([place(0), place(1), place(2)]);
    expect(placed).toEqual(['known 0', { view: 1, transactionId: 'now' }, 'known 2']);
    expect(left).toEqual([1]);
  });
});
