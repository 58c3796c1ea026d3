import fc from 'fast-check';
import { RequestKey } from '../api/idempotency-key.js';
import { allInCost } from '../features/matchmaking/all-in-cost.js';
import { byMonth } from '../features/overview/by-month.js';
import { drawnOf } from '../features/verify/drawn-of.js';
import { readQuestions } from '../features/verify/read-questions.js';
import { bodyOf, nearestField } from './form/fields.js';
import { toCsv } from './list/csv.js';
import { formatAmount, shareOf } from './money-format.js';

describe('an amount on the page', () => {
  it('is grouped, and keeps every digit', () => {
    expect(formatAmount('1234567.50', 'en')).toBe('1,234,567.50');
    expect(formatAmount('9007199254740993.01', 'zh')).toBe('9,007,199,254,740,993.01');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 24n }), (whole) => {
        expect(formatAmount(`${whole}.07`, 'en').replaceAll(',', '')).toBe(`${whole}.07`);
      }),
    );
  });

  it('is drawn in its share', () => {
    expect(shareOf('40000.00', '100000.00')).toBe(0.4);
    expect(shareOf('150', '100')).toBe(1.5);
    expect(drawnOf('100000.00', '40000.00')).toBe('60000.00');
    expect(drawnOf('100000', '40000')).toBe('60000');
    expect(drawnOf('100.00', '140.00')).toBe('0.00');
  });
});

describe('what a form sends', () => {
  it('is what was typed, without what was left empty', () => {
    const typed = {
      a: ' x ',
      b: '',
      fees: { amount: '', currency: 'USD' },
      lines: [{ n: '1' }],
      party: { scheme: 'USCC', id: '' },
    };
    expect(bodyOf(typed)).toEqual({ a: 'x', lines: [{ n: '1' }] });
  });

  it('shows a fault at the field itself, or at the nearest', () => {
    const names = ['number', 'seller.scheme', 'seller.id', 'lines.0.amount.amount'];
    expect(nearestField('seller.id', names)).toBe('seller.id');
    expect(nearestField('lines[0].amount', names)).toBe('lines.0.amount.amount');
    expect(nearestField('seller', names)).toBe('seller.scheme');
    expect(nearestField('elsewhere', names)).toBeUndefined();
  });

  it('keeps its key as long as it says the same, and no longer', () => {
    let count = 0;
    const key = new RequestKey(() => `key-${++count}`);
    expect([key.of({ a: 1 }), key.of({ a: 1 }), key.of({ a: 2 })]).toEqual(['key-1', 'key-1', 'key-2']);
    key.spend();
    expect(key.of({ a: 2 })).toBe('key-3');
  });
});

describe('files', () => {
  it('come as a table whose cells run nothing', () => {
    expect(toCsv([['a,b', '=1+1', 'say "so"']])).toBe('\uFEFF"a,b",\'=1+1,"say ""so"""\r\n');
  });

  it('are read by their columns, quoted or not', () => {
    const text =
      'Number,type,enterprise,amount,currency\r\n"A,1",tax-invoice,VAT:DE1,10.00,EUR\n\nB2,tax-invoice,9133,5,USD\n';
    expect(readQuestions(text)).toMatchObject([
      {
        line: 2,
        question: {
          document: { type: 'tax-invoice', number: 'A,1' },
          particulars: {
            enterprise: { scheme: 'VAT', id: 'DE1' },
            total: { amount: '10.00', currency: 'EUR' },
          },
        },
      },
      { line: 4, question: { particulars: { enterprise: { scheme: 'USCC', id: '9133' } } } },
    ]);
  });

  it.each([
    ['PK\u0003\u0000', 'file.notATable'],
    ['a,b\n1,2', 'file.columnsMissing'],
    ['type,number,enterprise,amount,currency\n', 'file.empty'],
    [`type,number,enterprise,amount,currency\n${'a,b,c,1,USD\n'.repeat(10_001)}`, 'file.tooManyRows'],
  ])('that are no such table are told what they lack: %#', (text, reason) => {
    expect(readQuestions(text)).toBe(reason);
  });
});

describe('sums', () => {
  it('never add two currencies', () => {
    const sum = (month: string, amount: string, currency: string) => ({
      month,
      amount: { amount, currency },
    });
    expect(
      byMonth([
        sum('2026-02', '1.50', 'USD'),
        sum('2026-01', '2', 'USD'),
        sum('2026-02', '3', 'EUR'),
        sum('2026-02', '1', 'USD'),
      ]),
    ).toEqual([
      {
        currency: 'USD',
        bars: [
          { name: '2026-01', amount: '2.00' },
          { name: '2026-02', amount: '2.50' },
        ],
      },
      { currency: 'EUR', bars: [{ name: '2026-02', amount: '3.00' }] },
    ]);
  });

  it('of an offer are interest by the day and fees, rounded up', () => {
    const terms = {
      amount: { amount: '100000.00', currency: 'USD' },
      rate: '3.6',
      fees: { amount: '50.00', currency: 'USD' },
    };
    expect(allInCost(terms, 90)).toEqual({ amount: '950.00', currency: 'USD' });
  });
});
