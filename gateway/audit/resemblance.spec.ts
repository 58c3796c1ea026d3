import fc from 'fast-check';
import type { AuditedDocument, ResemblanceOptions } from './resemblance.js';
import { resemblances, usualOptions } from './resemblance.js';

/** One euro is 1.10 dollars; a yen, which has no minor unit, is 0.0065. */
const values: ReadonlyMap<string, bigint> = new Map([
  ['USD', 10_000n],
  ['EUR', 11_000n],
  ['JPY', 6_500n],
]);
const options: ResemblanceOptions = { ...usualOptions, valueOf: (currency) => values.get(currency) };

const document = (fact: string, more: Partial<AuditedDocument> = {}): AuditedDocument => ({
  fact,
  dimension: 'price',
  seller: 'USCC:1',
  number: `N${fact}`,
  currency: 'USD',
  amount: 100_000n,
  day: 1_000,
  family: 'invoice',
  link: more.number ?? `N${fact}`,
  cites: [],
  buyer: undefined,
  self: false,
  containers: [],
  ...more,
});
const reasons = (one: AuditedDocument, ...others: AuditedDocument[]) =>
  resemblances(one, others, options).map(({ fact, reason }) => `${fact} ${reason}`);

const anyDocument = fc
  .record({
    number: fc.stringMatching(/^[A-Z]{0,3}\d{1,6}$/),
    seller: fc.constantFrom('USCC:1', 'USCC:2'),
    currency: fc.constantFrom('USD', 'EUR', 'CNY'),
    amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
    day: fc.integer({ min: 900, max: 1_100 }),
    family: fc.constantFrom('invoice', 'declaration'),
    buyer: fc.option(fc.constantFrom('LEI:1', 'LEI:2', 'VAT:3'), { nil: undefined }),
    self: fc.boolean(),
    link: fc.constantFrom('l1', 'l2', 'l3', 'l4'),
    cites: fc.uniqueArray(fc.constantFrom('l1', 'l2', 'l3', 'l4'), { maxLength: 2 }),
    containers: fc.uniqueArray(fc.constantFrom('C1', 'C2', 'C3'), { maxLength: 3 }),
  })
  .map((more) => (fact: string) => document(fact, more));

describe('documents that resemble one another', () => {
  it('are found behind every disguise of the attack list', () => {
    const original = document('a', { number: 'INV0012', containers: ['CSQU3054383'] });
    const disguises: [string, Partial<AuditedDocument>][] = [
      ['number', { number: '12', amount: 5n }],
      ['amount', { number: 'X9', day: 1_006 }],
      ['amount', { number: 'INV0013', day: 1_400 }],
      ['amount', { number: 'X9', amount: 100_001n, day: 1_004 }],
      ['currency', { number: 'X9', currency: 'EUR', amount: 90_909n, day: 1_003 }],
      ['containers', { number: 'X9', amount: undefined, currency: undefined, containers: ['CSQU3054383'] }],
      ['containers', { seller: 'USCC:2', number: 'X9', amount: 5n, day: 1_020, containers: ['CSQU3054383'] }],
    ];
    for (const [reason, more] of disguises) {
      expect([reason, reasons(document('b', more), original)]).toEqual([reason, [`a ${reason}`]]);
    }
  });

  it('are an invoice and the parts that it was split into', () => {
    const parts = [20_000n, 30_000n, 50_000n].map((amount, index) =>
      document(`p${index}`, { number: `S${index}7`, amount, day: 1_002 }),
    );
    expect(reasons(document('whole'), ...parts)).toEqual(['p0 split', 'p1 split', 'p2 split']);
    const [first, ...rest] = parts;
    if (first === undefined) throw new Error('no parts');
    expect(reasons(first, document('whole'), ...rest)).toContain('whole merged');
  });

  it('are an invoice and a declaration of one sale that cite nothing, unless they state different buyers', () => {
    const declaration = document('d', { family: 'declaration', number: '18', day: 1_180, buyer: 'LEI:1' });
    expect(reasons(declaration, document('i', { number: 'X9', buyer: 'LEI:1' }))).toEqual(['i parties']);
    expect(reasons(declaration, document('i', { number: 'X9' }))).toEqual(['i parties']);
    expect(reasons(declaration, document('i', { number: 'X9', buyer: 'LEI:2' }))).toEqual([]);
    expect(reasons(declaration, document('i', { number: 'X9', day: 999 }))).toEqual([]);
    expect(reasons(declaration, document('e', { family: 'declaration', number: 'X9' }))).toEqual([]);
  });

  it('are two of which one cites the other under another spelling', () => {
    const invoice = document('i', { amount: 7n, link: 'invoice\nUSCC:1\nINV12' });
    const cites = (number: string) =>
      document('d', {
        family: 'declaration',
        link: 'declaration\nUSCC:1\n18',
        cites: [`invoice\nUSCC:1\n${number}`],
      });
    expect(reasons(cites('INV/12'), invoice)).toEqual(['i citation']);
    expect(reasons(invoice, cites('INV/12'))).toEqual(['d citation']);
    expect(reasons(cites('INV12'), invoice)).toEqual([]);
    expect(reasons(cites('INV/13'), invoice)).toEqual([]);
  });

  it('stay alike when a third paper cites both: only who cites whom is silent', () => {
    const [a, b] = [document('a'), document('b', { day: 1_002 })];
    const own = document('o', { family: 'declaration', self: true, amount: 3n, cites: [a.link, b.link] });
    expect(reasons(b, a, own)).toEqual(['a amount']);
  });

  it('are not a document and the one that it cites, of a later journey, of another debt, or far off in value', () => {
    const one = document('a', { containers: ['CSQU3054383'] });
    expect(reasons(document('b', { family: 'declaration', cites: [one.link] }), one)).toEqual([]);
    expect(reasons(document('b', { amount: 5n, day: 1_031, containers: ['CSQU3054383'] }), one)).toEqual([]);
    expect(reasons(document('b', { dimension: 'freight' }), one)).toEqual([]);
    expect(reasons(document('b', { currency: 'EUR', amount: 92_000n }), one)).toEqual([]);
    expect(reasons(document('b', { currency: 'GBP', amount: 90_909n }), one)).toEqual([]);
  });

  it('resemble each other or neither does, whatever the pair', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (left, right) => {
        const [a, b] = [left('a'), right('b')];
        const there = resemblances(a, [b], options).map(({ reason }) => reason);
        const back = resemblances(b, [a], options).map(({ reason }) => reason);
        expect(there.toSorted()).toEqual(back.toSorted());
      }),
    );
  });

  it('do not depend on the order of the others, and nothing resembles itself', () => {
    fc.assert(
      fc.property(anyDocument, fc.array(anyDocument, { maxLength: 8 }), (one, many) => {
        const others = many.map((make, index) => make(`f${index}`));
        // Which parts make up a sum may depend on the order; pairs may not.
        const pairs = (list: readonly AuditedDocument[]) =>
          resemblances(one('f0'), list, options)
            .filter(({ reason }) => reason !== 'split' && reason !== 'merged')
            .map(({ fact, reason }) => `${fact} ${reason}`)
            .toSorted();
        expect(pairs(others.toReversed())).toEqual(pairs(others));
        expect(pairs(others).some((pair) => pair.startsWith('f0 '))).toBe(false);
      }),
    );
  });

  it('are found under any split in two or three, at any rate of the day', () => {
    const money = fc.bigInt({ min: 2n, max: 10n ** 9n });
    fc.assert(
      fc.property(fc.array(money, { minLength: 2, maxLength: 3 }), fc.nat(7), (amounts, shift) => {
        const parts = amounts.map((amount, index) =>
          document(`p${index}`, { number: `${index}1`, amount, day: 1_000 + shift }),
        );
        const whole = document('w', { number: '99', amount: amounts.reduce((sum, one) => sum + one, 0n) });
        expect(reasons(whole, ...parts).some((reason) => reason.endsWith('split'))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 10_000n, max: 10n ** 12n }), fc.nat(7), (euros, shift) => {
        const one = document('a', { number: '1', amount: (euros * 11n) / 10n });
        const other = document('b', { number: '2', currency: 'EUR', amount: euros, day: 1_000 + shift });
        expect(reasons(one, other)).toContain('b currency');
      }),
    );
  });
});
