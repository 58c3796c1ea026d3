import { balanceEffect, claimEnds, releaseReasons } from './claim-ends.js';

const receivable = { role: 'receivable', revolving: false } as const;
const shipment = { role: 'cover', revolving: false } as const;
const limit = { role: 'cover', revolving: true } as const;
const goods = { role: 'collateral', revolving: true } as const;

describe('what an end does to the balances', () => {
  it('is the table’s, by the role of a line; declared shipments follow their receivables', () => {
    for (const reason of releaseReasons) {
      const row = claimEnds[reason];
      expect([receivable, limit, goods].map((line) => balanceEffect(reason, line))).toEqual([
        row.receivable,
        row.limit,
        row.goods,
      ]);
      expect(balanceEffect(reason, shipment)).toBe(row.receivable);
    }
  });

  it('gives a receivable back only where nothing was lent, or its seller bought it back before it was due', () => {
    const restored = releaseReasons.filter((reason) => claimEnds[reason].receivable === 'restored');
    expect(restored).toEqual(['never-disbursed', 'own-funds', 'repurchased']);
  });

  it('keeps a limit used while the insurer stands for a debtor who has not paid', () => {
    const used = releaseReasons.filter((reason) => claimEnds[reason].limit === 'consumed');
    expect(used).toEqual(['recourse', 'indemnity', 'written-off']);
  });
});
