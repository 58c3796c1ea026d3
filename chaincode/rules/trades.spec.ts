import { emptyTrade, lowerDraw, releaseEffect, withoutLapsed } from './trades.js';

const row = {
  fact: 'f',
  type: 'tax-invoice',
  link: 'f',
  names: ['f'],
  cites: [],
  currency: 'USD',
  ceiling: 100n,
  consumed: 0n,
  cancelled: false,
} as const;
const draw = { drawnBy: 'c', owner: 'BankAMSP', fact: 'f', amount: 60n } as const;
const trade = { ...emptyTrade, rows: [row], draws: [draw] };

describe('releases', () => {
  it('consume for good or restore, by their reason', () => {
    const receivable = { role: 'receivable', revolving: false } as const;
    expect(releaseEffect('proceeds', receivable)).toBe('consumed');
    expect(releaseEffect('own-funds-late', receivable)).toBe('consumed');
    expect(releaseEffect('own-funds', receivable)).toBe('restored');
    expect(releaseEffect('never-disbursed', receivable)).toBe('restored');
    expect(releaseEffect('proceeds', { role: 'cover', revolving: true })).toBe('restored');
    expect(releaseEffect('indemnity', { role: 'cover', revolving: true })).toBe('consumed');
    expect(releaseEffect('indemnity', { role: 'collateral', revolving: true })).toBe('restored');
  });

  it('move what is released to the consumed part, or nowhere', () => {
    expect(lowerDraw(trade, 'c', draw, 20n, 'consumed')).toMatchObject({
      rows: [{ consumed: 40n }],
      draws: [{ amount: 20n }],
    });
    expect(lowerDraw(trade, 'c', draw, 0n, 'restored')).toMatchObject({
      rows: [{ consumed: 0n }],
      draws: [],
    });
    expect(lowerDraw(trade, 'other', draw, 0n, 'consumed')).toBe(trade);
  });

  it('of goods use up what they were sold for, once nothing is held and the goods were sold', () => {
    const priced = { currency: 'USD', amount: 70n };
    const pledged = { ...trade, draws: [{ ...draw, priced }] };
    expect(lowerDraw(pledged, 'c', draw, 0n, 'restored', 'consumed').rows[0]?.consumedPrice).toEqual([
      priced,
    ]);
    expect(lowerDraw(pledged, 'c', draw, 20n, 'restored', 'consumed').rows[0]?.consumedPrice).toBeUndefined();
    expect(lowerDraw(pledged, 'c', draw, 0n, 'restored').rows[0]?.consumedPrice).toBeUndefined();
  });

  it('know one line of a claim from another on the same document', () => {
    const both = { ...trade, draws: [draw, { ...draw, through: 'own', amount: 5n }] };
    expect(lowerDraw(both, 'c', { fact: 'f', through: 'own' }, 0n, 'restored').draws).toEqual([draw]);
  });

  it('drop a reservation only when it has lapsed by every honest clock', () => {
    const reserved = { ...trade, draws: [{ ...draw, until: 1000 }] };
    expect(withoutLapsed(reserved, 1500, 500).draws).toHaveLength(1);
    expect(withoutLapsed(reserved, 1501, 500).draws).toHaveLength(0);
    expect(withoutLapsed(trade, 1e15, 500)).toBe(trade);
  });
});
