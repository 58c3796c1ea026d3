import fc from 'fast-check';
import { splitBatch } from './split-batch.js';

const touching = (all: Readonly<Record<string, readonly string[]>>) => (item: string) => all[item] ?? [];

describe('parting a batch that lost a conflict', () => {
  it('halves what has nothing to do with each other', () => {
    expect(splitBatch(['a', 'b', 'c', 'd', 'e'], touching({}))).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    expect(splitBatch(['a'], touching({}))).toEqual([['a']]);
  });

  it('leaves together what changes the same thing, directly or through others', () => {
    const all = { a: ['x'], b: ['x', 'y'], c: ['y'] };
    expect(splitBatch(['a', 'b', 'c'], touching(all))).toEqual([['a', 'b', 'c']]);
    expect(splitBatch(['a', 'd', 'b', 'c'], touching(all))).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('gives every item to one part, never parts a pair that meets, and makes progress wherever it can', () => {
    const batch = fc.array(fc.array(fc.constantFrom('p', 'q', 'r', 's', 't', 'u'), { maxLength: 3 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(batch, (touches) => {
        const items = touches.map((_, index) => index);
        const parts = splitBatch(items, (item) => touches[item] ?? []);
        expect(parts.flat().toSorted((a, b) => a - b)).toEqual(items);
        const names = parts.map((part) => new Set(part.flatMap((item) => touches[item] ?? [])));
        expect([...(names[0] ?? [])].filter((name) => names[1]?.has(name))).toEqual([]);
        const hangTogether = (item: number, with_: ReadonlySet<string>) =>
          (touches[item] ?? []).some((name) => with_.has(name));
        if (parts.length > 1) return;
        // Everything is reached from the first.
        const reached = new Set(touches[0]);
        const open = new Set(items.slice(1));
        for (let found = true; found;) {
          const next = [...open].find((item) => hangTogether(item, reached));
          found = next !== undefined;
          if (next === undefined) break;
          open.delete(next);
          for (const name of touches[next] ?? []) reached.add(name);
        }
        expect([...open]).toEqual([]);
      }),
    );
  });
});
