import type { TakeOnLine } from '@pledgeonce/chaincode/take-on/api.js';
import fc from 'fast-check';
import { Book, type PlacedLoan } from './similar.js';
import { Sums } from './sums.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const placed = (line: number, number: string, more: Partial<TakeOnLine> = {}): PlacedLoan => ({
  line,
  loan: {
    reference: `LN-${line}`,
    enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
    product: 'invoice',
    amount: usd('10.00'),
    outstanding: usd('10.00'),
    lines: [{ document: { type: 'tax-invoice', number }, amount: usd('10.00') }],
    paidOutOn: '2026-03-15',
    dueDate: '2026-09-15',
    ...more,
  },
});

describe('lines of one book', () => {
  it('look alike with the same amount on the same paper, however it is typed; the first is named', () => {
    const loans = [
      placed(2, 'INV-001'),
      placed(3, 'INV-002'),
      placed(4, 'inv 00I'),
      placed(5, 'INV-1', { amount: usd('11.00') }),
      placed(6, 'INV-001', { enterprise: { scheme: 'USCC', id: '91350100M000100Y43' } }),
      placed(7, 'INV-1'),
    ];
    const book = new Book(loans);
    expect(loans.map((one) => book.similarTo(one).looksLike)).toEqual([
      undefined,
      undefined,
      2,
      undefined,
      undefined,
      2,
    ]);
  });

  it('tell how the same number is spelled elsewhere in the book, of the same enterprise only', () => {
    const other = placed(4, 'INV-O1', { enterprise: { scheme: 'USCC', id: '91350100M000100Y43' } });
    const loans = [placed(2, 'INV-01'), placed(3, 'INV-0I'), other];
    const book = new Book(loans);
    expect(book.similarTo(placed(2, 'INV-01')).spellingsOf('INV-01')).toEqual(['INV-0I']);
    expect(book.similarTo(other).spellingsOf('INV-O1')).toEqual([]);
  });

  it('never look like one that comes later', () => {
    const number = fc.constantFrom('INV-1', 'INV-01', 'inv I', 'INV-2', 'A');
    fc.assert(
      fc.property(fc.array(number, { maxLength: 12 }), (numbers) => {
        const loans = numbers.map((one, index) => placed(index + 1, one));
        const book = new Book(loans);
        const pairs = loans.flatMap((one) => {
          const earlier = loans[(book.similarTo(one).looksLike ?? 0) - 1];
          return earlier === undefined ? [] : [{ one, earlier }];
        });
        for (const { one, earlier } of pairs) {
          expect(earlier.line).toBeLessThan(one.line);
          expect(book.similarTo(earlier).looksLike).toBeUndefined();
        }
      }),
    );
  });
});

describe('the totals of a book', () => {
  it('are by verdict and currency, exact to the minor unit of each currency', () => {
    const sums = new Sums();
    sums.add('found', { amount: usd('0.10'), outstanding: usd('0.00') });
    sums.add('found', { amount: usd('900719925474.93'), outstanding: usd('0.01') });
    sums.add('found', {
      amount: { amount: '7', currency: 'JPY' },
      outstanding: { amount: '7', currency: 'JPY' },
    });
    sums.add('refused', { amount: 'ten', outstanding: undefined });
    sums.add('refused', undefined);
    expect(sums.lines).toBe(5);
    expect(sums.all).toEqual([
      { verdict: 'found', currency: 'JPY', lines: 1, amount: '7', outstanding: '7' },
      { verdict: 'found', currency: 'USD', lines: 2, amount: '900719925475.03', outstanding: '0.01' },
      { verdict: 'refused', currency: '', lines: 2, amount: '0', outstanding: '0' },
    ]);
  });

  it('add up to all of the lines, in whatever order they come', () => {
    const line = fc.record({
      verdict: fc.constantFrom('found', 'refused', 'not-found'),
      cents: fc.integer({ min: 0, max: 1e6 }),
    });
    const totals = (lines: readonly { readonly verdict: string; readonly cents: number }[]) => {
      const sums = new Sums();
      for (const { verdict, cents } of lines) {
        const money = usd((cents / 100).toFixed(2));
        sums.add(verdict, { amount: money, outstanding: money });
      }
      return sums;
    };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const sums = totals(lines);
        expect(sums.all).toEqual(totals([...lines].reverse()).all);
        expect(sums.all.reduce((sum, one) => sum + one.lines, 0)).toBe(lines.length);
      }),
    );
  });
});
