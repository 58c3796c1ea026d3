import fc from 'fast-check';
import { isLinearizable } from './linearizable.js';
import { after, type Asked, type History, type Operation, type Told } from './operation.js';
import { plantedIn } from './planted.js';

const total = 100n;
const history = (...operations: Operation[]): History => ({ document: 'one', total, operations });
const op = (asked: Asked, told: Told, from: number, until: number, client = 0): Operation => ({
  client,
  asked,
  told,
  from,
  until,
});
const draw = (amount: bigint): Asked => ({ kind: 'draw', amount });
const release = (amount: bigint): Asked => ({ kind: 'release', amount });
const read: Asked = { kind: 'read' };

describe('whether one order explains every answer', () => {
  it.each<readonly [boolean, string, History]>([
    [true, 'nothing', history()],
    [
      true,
      'one after the other',
      history(op(draw(60n), 'done', 0, 1), op(read, 40n, 2, 3), op(draw(50n), 'refused', 4, 5)),
    ],
    [
      true,
      'a read beside a draw, that sees it or not',
      history(op(draw(60n), 'done', 0, 9), op(read, 100n, 1, 2), op(read, 40n, 3, 4)),
    ],
    [
      false,
      'a read beside a draw, that sees it and then not',
      history(op(draw(60n), 'done', 0, 9), op(read, 40n, 1, 2), op(read, 100n, 3, 4)),
    ],
    [false, 'a stale read', history(op(draw(60n), 'done', 0, 1), op(read, 100n, 2, 3))],
    [
      false,
      'two draws that do not fit together',
      history(op(draw(60n), 'done', 0, 5), op(draw(60n), 'done', 1, 4)),
    ],
    [
      false,
      'a lost release',
      history(op(draw(60n), 'done', 0, 1), op(release(60n), 'done', 2, 3), op(read, 40n, 4, 5)),
    ],
    [false, 'a refusal of what fits', history(op(draw(60n), 'refused', 0, 1))],
    [
      true,
      'an open draw that happened late',
      history(op(draw(60n), 'open', 0, 1), op(read, 100n, 2, 3), op(read, 40n, 4, 5)),
    ],
    [
      true,
      'an open draw that never happened',
      history(op(draw(60n), 'open', 0, 1), op(draw(100n), 'done', 2, 3)),
    ],
    [
      false,
      'an open draw that happened and then did not',
      history(op(draw(60n), 'open', 0, 1), op(read, 40n, 2, 3), op(read, 100n, 4, 5)),
    ],
  ])('%s: %s', (isSo, _, one) => {
    expect(isLinearizable(one)).toBe(isSo);
  });

  it('says the same as trying every order', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { maxLength: 6 }), (operations) => {
        const one = history(...operations);
        expect(isLinearizable(one)).toBe(byEveryOrder(total, operations));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds both planted faults, and plants none where something is open', () => {
    const clean = history(op(draw(60n), 'done', 0, 1), op(read, 40n, 2, 3));
    expect(isLinearizable(clean)).toBe(true);
    expect(plantedIn(clean).map(isLinearizable)).toEqual([false, false]);
    expect(plantedIn(history(op(draw(60n), 'open', 0, 1), op(read, 40n, 2, 3)))).toEqual([]);
  });
});

const anyAmount = fc.constantFrom(30n, 60n, 100n);
const anyOperation: fc.Arbitrary<Operation> = fc
  .tuple(
    fc.oneof(
      fc.tuple(anyAmount.map(draw), fc.constantFrom<Told>('done', 'refused', 'open')),
      fc.tuple(anyAmount.map(release), fc.constantFrom<Told>('done', 'open')),
      fc.tuple(fc.constant(read), fc.constantFrom<Told>(100n, 70n, 40n, 0n)),
    ),
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([[asked, told], from, length]) => op(asked, told, from, from + length));

/** The definition, word for word: any next operation that nothing else had been answered before it was asked. */
function byEveryOrder(left: bigint, rest: readonly Operation[]): boolean {
  const owed = rest.filter(({ told }) => told !== 'open');
  if (owed.length === 0) return true;
  const earliest = Math.min(...owed.map(({ until }) => until));
  return rest.some((one) => {
    if (one.from > earliest) return false;
    const next = after(left, one);
    return (
      next !== undefined &&
      byEveryOrder(
        next,
        rest.filter((other) => other !== one),
      )
    );
  });
}
