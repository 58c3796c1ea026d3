import fc from 'fast-check';
import { eachDue } from './each-due.js';

/** Plays a round over the numbers below a count, in pages. */
async function round(count: number, page: number, atOnce: number, failing: ReadonlySet<number>) {
  const attended: number[] = [];
  const failed: number[] = [];
  let pages = 0;
  await eachDue<number, number>({
    page: (after) => {
      pages += 1;
      const first = after === undefined ? 0 : after + 1;
      return Array.from({ length: Math.min(page, count - first) }, (_, index) => first + index);
    },
    placeOf: (item) => item,
    attend: (item) => {
      if (failing.has(item)) return Promise.reject(new Error(String(item)));
      attended.push(item);
      return Promise.resolve();
    },
    failed: (_error, item) => failed.push(item),
    atOnce,
  });
  return { attended, failed, pages };
}

describe('a round over what is due', () => {
  it('comes to the end whatever the page, and whichever fail, each once and in order', async () => {
    const run = fc.record({
      count: fc.nat(60),
      page: fc.integer({ min: 1, max: 9 }),
      atOnce: fc.integer({ min: 1, max: 5 }),
      failing: fc.uniqueArray(fc.nat(60)),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ count, page, atOnce, failing }) => {
        const bad = new Set(failing);
        const { attended, failed, pages } = await round(count, page, atOnce, bad);
        const all = Array.from({ length: count }, (_, index) => index);
        expect(attended).toEqual(all.filter((item) => !bad.has(item)));
        expect(failed.toSorted((left, right) => left - right)).toEqual(all.filter((item) => bad.has(item)));
        expect(pages).toBeLessThanOrEqual(Math.ceil(count / page) + 1);
      }),
    );
  });
});
