import {
  type NearEntry,
  nearlySameAmount,
  oneEditApart,
  sameAmount,
  sameDigits,
  splitOrMerged,
  windowOf,
  windowsNear,
} from './near-keys.js';

const entry = (fact: string, number: string, amount: number, day = 100): NearEntry => ({
  fact,
  number,
  family: 'invoice',
  currency: 'USD',
  amount: BigInt(amount),
  day,
});
const facts = (found: readonly { fact: string }[]) => found.map(({ fact }) => fact);

describe('near keys', () => {
  it('see through leading zeros and other prefixes', () => {
    const others = [entry('a', 'INV0012', 1), entry('b', '12', 2), entry('c', 'INV0013', 3)];
    expect(facts(sameDigits(entry('x', 'RE12', 9), others))).toEqual(['a', 'b']);
  });

  it('notice the same amount a day later, or under a number with one digit wrong', () => {
    const others = [
      entry('a', '555', 7, 101),
      entry('b', '1235', 7, 500),
      entry('c', '777', 7, 500),
      entry('d', '1234', 8),
    ];
    expect(facts(sameAmount(entry('x', '1234', 7), others))).toEqual(['a', 'b']);
  });

  it('notice an amount that was changed by a cent, not one that is another', () => {
    const others = [entry('a', '1', 99_999), entry('b', '2', 99_000), entry('c', '3', 100_001, 200)];
    expect(nearlySameAmount(entry('x', '9', 100_000), others, new Map())).toEqual([
      { fact: 'a', reason: 'amount' },
    ]);
  });

  it("notice an amount that was stated in another currency at the day's rate", () => {
    const published = (currency: string, rate: string) => ({
      currency,
      base: 'CNY',
      rate,
      date: '2026-03-01',
    });
    const rates = new Map([
      ['USD', published('USD', '7.1')],
      ['EUR', published('EUR', '7.81')],
    ]);
    const inEuro = { ...entry('a', '1', 90_910), currency: 'EUR' };
    const another = { ...entry('b', '2', 95_000), currency: 'EUR' };
    const unknown = { ...entry('c', '3', 90_910), currency: 'CHF' };
    const inYuan = { ...entry('d', '4', 710_000), currency: 'CNY' };
    expect(nearlySameAmount(entry('x', '9', 100_000), [inEuro, another, unknown, inYuan], rates)).toEqual([
      { fact: 'a', reason: 'currency' },
      { fact: 'd', reason: 'currency' },
    ]);
  });

  it('notice an invoice that was split in three, or merged out of three', () => {
    const parts = [entry('a', '1', 20), entry('b', '2', 30), entry('c', '3', 50), entry('d', '4', 5)];
    expect(splitOrMerged(entry('x', '9', 100), parts)).toEqual(
      facts(parts.slice(0, 3)).map((fact) => ({ fact, reason: 'split' })),
    );
    const merged = splitOrMerged(entry('x', '9', 50), [
      entry('w', '8', 100),
      entry('a', '1', 20),
      entry('b', '2', 30),
    ]);
    // 20 and 30 also add up to the new one: either finding leads a person to the same papers.
    expect(merged.length).toBeGreaterThan(0);
    expect(
      splitOrMerged(entry('x', '9', 50), [
        entry('w', '8', 100),
        entry('a', '1', 20),
        entry('c', '2', 30, 90),
      ]),
    ).toEqual([]);
  });

  it('count one edit: replaced, inserted, left out, swapped', () => {
    expect(['1234', '1239', '12345', '124', '1324'].every((other) => oneEditApart('1234', other))).toBe(true);
    expect(['4321', '12', '1200', '123456'].some((other) => oneEditApart('1234', other))).toBe(false);
  });

  it('look into every window that a document within a week can be in', () => {
    for (let day = 0; day < 60; day++) {
      for (let other = Math.max(0, day - 7); other <= day + 7; other++) {
        expect(windowsNear(day)).toContain(windowOf(other));
      }
    }
  });
});
