import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';

const [october, november, december] = ['10', '11', '12'].map((month) => `2026-${month}-05T00:00:00.000Z`) as [
  string,
  string,
  string,
];
const endOf = (month: string, day: number) => `2026-${month}-${day}T23:59:59.999Z`;

/** Bank A's claims: one that was paid out in October and settled in December, and one made in November. */
async function told() {
  const projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
  const certificate = await certificateOf('anna');
  const first = { applicationNumber: 'L-1', paidOutAt: october };
  applyRecords(
    projection,
    certificate,
    [claimRecord('one', { ...first, state: 'disbursed', updatedAt: october })],
    [claimRecord('two', { applicationNumber: 'L-2', updatedAt: november })],
    [
      claimRecord('one', {
        ...first,
        seq: 2,
        state: 'partly-repaid',
        outstanding: 2_500n,
        dueDate: '2027-05-01',
        updatedAt: november,
      }),
    ],
    [claimRecord('one', { ...first, seq: 3, state: 'settled', outstanding: 0n, updatedAt: december })],
  );
  return projection;
}

describe('the book as of a day', () => {
  it('is what the versions said at its end, whatever came later', async () => {
    const projection = await told();
    const rows = (moment: string) =>
      projection
        .bookAt('BankAMSP', moment)
        .after(0, 10)
        .map(({ applicationNumber, state, owed, dueDate }) => [applicationNumber, state, owed, dueDate]);
    expect(rows(endOf('09', 30))).toEqual([]);
    expect(rows(endOf('10', 31))).toEqual([['L-1', 'disbursed', 6_000n, '2027-03-01']]);
    expect(rows(endOf('11', 30))).toEqual([
      ['L-1', 'partly-repaid', 2_500n, '2027-05-01'],
      ['L-2', 'reserved', 6_000n, '2027-03-01'],
    ]);
    expect(rows(endOf('12', 31))[0]).toEqual(['L-1', 'settled', 0n, '2027-03-01']);
    expect(projection.bookAt('BankBMSP', endOf('12', 31)).after(0, 10)).toEqual([]);
    projection.close();
  });

  it('is found by any spelling of the number, and of a number used again by the claim that was live', async () => {
    const projection = await told();
    const certificate = await certificateOf('anna');
    applyRecords(
      projection,
      certificate,
      [claimRecord('old', { applicationNumber: 'L-3', state: 'expired', updatedAt: october })],
      [claimRecord('new', { applicationNumber: 'L-3', updatedAt: november })],
    );
    const named = (name: string, moment: string) => projection.bookAt('BankAMSP', moment).named(name);
    expect(named(' l-1', endOf('11', 30))).toMatchObject({ owed: 2_500n });
    expect(named('L-3', endOf('11', 30))).toMatchObject({ state: 'reserved', owed: 6_000n });
    expect(named('L-3', endOf('10', 31))).toMatchObject({ state: 'expired', owed: 0n });
    expect(named('L-2', endOf('10', 31))).toBeUndefined();
    projection.close();
  });

  it('keeps as owed what was lent and written off, and nothing of what was given back', async () => {
    const projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
    const ended = (state: 'written-off' | 'rejected' | 'withdrawn', paidOutAt?: string) =>
      claimRecord(`${state} ${paidOutAt ?? ''}`, {
        state,
        updatedAt: october,
        ...(paidOutAt && { paidOutAt }),
      });
    applyRecords(projection, await certificateOf('anna'), [
      ended('written-off', october),
      ended('rejected', october),
      ended('rejected'),
      ended('withdrawn'),
    ]);
    const owed = projection
      .bookAt('BankAMSP', endOf('10', 31))
      .after(0, 10)
      .map((one) => one.owed);
    expect(owed).toEqual([6_000n, 6_000n, 0n, 0n]);
    projection.close();
  });
});
