import {
  creditRecords,
  importing,
  joining,
  manyLines,
  oneDocument,
  onlineLoans,
  sharedContainer,
  underCover,
} from './count-chaincode.js';
import type { CountedFigure } from './counted.js';

/** Rows of the table whose keys may not grow, whatever is there. What a bucket keeps is bounded, so it fills first. */
const operations: Readonly<Record<string, () => AsyncGenerator<CountedFigure>>> = {
  'a document of a seller who has others on the same days': () => importing([130, 230, 330]),
  'a bill that lists a container again, and claims on such bills': () => sharedContainer(4),
  'two trades that are joined': () => joining([6, 12, 24]),
  'a claim of fifty lines': () => manyLines([50, 75, 100]),
  'fifty claims on one document': () => oneDocument([0, 20, 40]),
  'an insured claim, and the policy behind it': () => underCover([1, 30, 60]),
  'a credit record and its query': () => creditRecords([1, 20, 40]),
  'an online loan of an enterprise that has others, and its repayment': () => onlineLoans([1, 20, 40]),
};

describe('what one endorser reads and writes', () => {
  it.each(Object.entries(operations))(
    'for %s is as much for more',
    async (_name, play) => {
      const byWhat = new Map<string, CountedFigure[]>();
      for await (const figure of play())
        byWhat.set(figure.what, [...(byWhat.get(figure.what) ?? []), figure]);
      for (const figures of byWhat.values()) {
        // The first fifty bills find no others: from the second on each finds as many as a bucket keeps.
        const full = figures.length > 3 ? figures.slice(1) : figures;
        for (const key of ['keys read', 'keys written']) {
          const counts = full.map(({ counts }) => counts[key] ?? 0);
          expect(counts[0]).toBeGreaterThan(0);
          expect(Math.max(...counts)).toBeLessThanOrEqual(1.05 * Math.min(...counts));
        }
      }
    },
    120_000,
  );

  it('of a document writes no more bytes because its seller has many', async () => {
    const bytes: number[] = [];
    for await (const { counts } of importing([130, 230, 330])) bytes.push(counts['bytes'] ?? 0);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(1.05 * Math.min(...bytes));
  }, 120_000);

  it('of a trade writes its one record, in proportion to its documents and draws and not to their square', async () => {
    const bytes: number[] = [];
    for await (const { counts } of oneDocument([0, 40, 80])) bytes.push(counts['bytes'] ?? 0);
    const [first = 0, second = 0, third = 0] = bytes;
    expect(third - second).toBeLessThanOrEqual(1.2 * (second - first));
  }, 120_000);
});
