import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { openDatabase } from './open-database.js';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';

/** What SQLite brings up to date with each claim. */
function keptWithAClaim(listsClaims: boolean): string[] {
  const database = openDatabase(':memory:', { listsClaims });
  const rows = database.all(
    `SELECT name FROM sqlite_schema WHERE tbl_name = 'claims' AND type IN ('index', 'trigger')`,
  );
  database.close();
  return rows.map(({ name }) => String(name)).sort();
}

describe('what is kept with a claim', () => {
  it('is what deadlines need, where nobody is answered a list of claims', () => {
    expect(keptWithAClaim(false)).toEqual([
      'claims_at_rate',
      'claims_by_state_due_date',
      'claims_time_up',
      'sqlite_autoindex_claims_1',
    ]);
    expect(keptWithAClaim(true)).toEqual(
      expect.arrayContaining(['claim_added', 'claims_by_owner_state', ...keptWithAClaim(false)]),
    );
  });

  it('is enough at customs to find what falls due and whose time is up', async () => {
    const projection = new Projection(':memory:', { mspId: 'CustomsMSP', kind: 'customs', government: true });
    const certificate = await certificateOf('anna');
    applyRecords(
      projection,
      certificate,
      [claimRecord('one', { state: 'disbursed', dueDate: '2027-03-01' })],
      [claimRecord('two')],
    );
    const { claims } = projection;
    const day = new Date('2027-02-25T00:00:00.000Z');
    const [one, two] = [digest('one'), digest('two')];
    expect(claims.dueWithin(day, 7, 10)).toEqual({ items: [{ id: one, dueDate: '2027-03-01' }], count: 1 });
    const late = new Date('2028-01-01T00:00:00.000Z');
    expect(claims.pastTheirTime(late, 10).map(({ id }) => id)).toEqual(expect.arrayContaining([one, two]));
    expect(claims.get(two)?.id).toBe(two);
    projection.close();
  });
});
