import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { BookedClaim, ClaimBook } from '../projection/claim-versions.js';
import { KeptResults } from './kept-results.js';
import { itemLines } from './read-book.js';
import { reconcile } from './reconcile.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const claimOf = (ordinal: number, more: Partial<BookedClaim> = {}): BookedClaim => ({
  ordinal,
  id: ordinal.toString(16).padStart(64, '0'),
  applicationNumber: `APP-${ordinal}`,
  state: 'disbursed',
  currency: 'USD',
  owed: 10_000n,
  dueDate: '2026-12-31',
  ...more,
});

/** The registry's side, as the tables answer it. */
function bookOf(claims: readonly BookedClaim[]) {
  const byName = new Map(claims.map((one) => [one.applicationNumber, one]));
  return {
    find: (id: string) => claims.find((one) => one.id === id),
    named: (name: string) => byName.get(name),
    after: (ordinal: number, limit: number) => claims.filter((one) => one.ordinal > ordinal).slice(0, limit),
  } as unknown as ClaimBook;
}

function storeOf() {
  const entries = new Map<string, unknown>();
  const store = {
    get: (key: string) => Promise.resolve(entries.get(key)),
    put: (key: string, value: unknown) => Promise.resolve(void entries.set(key, value)),
    delete: (key: string) => Promise.resolve(void entries.delete(key)),
  };
  return { entries, results: new KeptResults(store) };
}

async function* sent(lines: Iterable<object>) {
  await Promise.resolve();
  for (const fact of lines) yield { fact };
}

async function compare(claims: readonly BookedClaim[], lines: Iterable<object>, largest: number[] = []) {
  const { entries, results } = storeOf();
  const writer = results.begin('run');
  const comparison = {
    bank: 'BankAMSP',
    asOf: '2026-11-30',
    until: '2026-11-30T23:59:59.999Z',
    book: bookOf(claims),
    lowered: (ids: readonly string[]) => {
      largest.push(ids.length);
      return Promise.resolve(ids.map(() => []));
    },
  };
  const outcome = await reconcile(comparison, itemLines(sent(lines)), writer);
  const input = await writer.end({ idempotencyKey: 'key-00000001', ...outcome });
  return { input, results, entries };
}

const line = (claim: BookedClaim, more: object = {}) => ({
  applicationNumber: claim.applicationNumber,
  outstanding: usd('100.00'),
  state: claim.state,
  dueDate: claim.dueDate,
  ...more,
});

describe('a book against the registry', () => {
  it('of ten thousand lines is compared in small batches and kept in small parts, provable by its hash', async () => {
    const claims = Array.from({ length: 10_000 }, (_, index) => claimOf(index + 1));
    function* lines() {
      for (const one of claims) yield line(one, one.ordinal % 10 === 0 ? { outstanding: usd('99.99') } : {});
    }
    const largest: number[] = [];
    const { input, results, entries } = await compare(claims, lines(), largest);
    expect(Math.max(...largest)).toBeLessThanOrEqual(50);
    expect(input).toMatchObject({ lines: 10_000, claims: 10_000, agreed: 9_000 });
    expect(input.differences).toMatchObject({ outstanding: 1_000, 'only-book': 0, 'only-registry': 0 });
    expect(input.totals).toEqual([
      { book: usd('999990.00'), registry: usd('1000000.00'), open: usd('10.00') },
    ]);
    const sizes = [...entries.values()].filter(Array.isArray).map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
    const all = (await results.lines(input.result, 0, 2_000)) ?? [];
    expect(all).toHaveLength(1_002);
    expect(
      createHash('sha256')
        .update(`${all.join('\n')}\n`)
        .digest('hex'),
    ).toBe(input.result);
    expect(await results.lines(input.result, 999, 3)).toEqual(all.slice(999, 1_002));
    await results.forget('run');
    expect(entries.size).toBe(0);
  });

  it('finds whatever was planted and nothing else', async () => {
    const plants = fc.array(
      fc.constantFrom('none', 'only-book', 'only-registry', 'state', 'outstanding', 'due-date'),
      { maxLength: 130 },
    );
    await fc.assert(
      fc.asyncProperty(plants, async (kinds) => {
        const claims = kinds.flatMap((kind, index) => (kind === 'only-book' ? [] : [claimOf(index + 1)]));
        const lines = kinds.flatMap((kind, index) => {
          const changes = {
            state: { state: '逾期' },
            outstanding: { outstanding: usd('0.00') },
            'due-date': { dueDate: '2027-01-01' },
          };
          const more = kind in changes ? changes[kind as keyof typeof changes] : {};
          return kind === 'only-registry' ? [] : [line(claimOf(index + 1), more)];
        });
        const { input } = await compare(claims, lines);
        for (const [kind, count] of Object.entries(input.differences))
          expect(count).toBe(kinds.filter((one) => one === kind).length);
        expect(input.agreed).toBe(kinds.filter((one) => one === 'none').length);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves out what has ended, and refuses a claim that two lines name', async () => {
    const settled = claimOf(1, { state: 'settled', owed: 0n });
    const { input } = await compare([settled], []);
    expect([input.claims, input.differences['only-registry'], input.totals]).toEqual([0, 0, []]);
    const named = claimOf(2);
    const twice = [line(named), { claim: named.id, outstanding: usd('100.00') }];
    await expect(compare([named], twice)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    const unknown = { applicationNumber: 'X-1', outstanding: usd('1.00') };
    await expect(compare([], [unknown, unknown])).rejects.toMatchObject({
      details: { detail: expect.stringContaining('Line 2') as string },
    });
  });
});
