import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';

describe('claims that fall due soon', () => {
  it('are named up to a bound, the first in front, and all are counted', async () => {
    const projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
    const certificate = await certificateOf('anna');
    const due = (state: 'disbursed' | 'partly-repaid' | 'settled', day: string, count: number) => {
      applyRecords(
        projection,
        certificate,
        Array.from({ length: count }, (_, index) =>
          claimRecord(`${state} ${day} ${index}`, { state, dueDate: day }),
        ),
      );
    };
    due('disbursed', '2026-11-08', 700);
    due('partly-repaid', '2026-11-06', 500);
    due('settled', '2026-11-06', 30);
    due('disbursed', '2026-12-24', 30);
    const { items, count } = projection.claims.dueWithin(new Date('2026-11-05T00:00:00Z'), 7, 1_000);
    expect(count).toBe(1_200);
    expect(items).toHaveLength(1_000);
    const days = items.map(({ dueDate }) => dueDate);
    expect(days.filter((day) => day === '2026-11-06')).toHaveLength(500);
    expect(days).toEqual(days.toSorted());
    projection.close();
  });
});
