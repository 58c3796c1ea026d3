import { claim } from '@pledgeonce/chaincode/claims/records.js';
import type { Claim } from '@pledgeonce/chaincode/claims/records.js';
import { viewOf } from './claim-views.js';
import { decoded } from './decoded.js';
import { Projection } from './projection.js';
import { certificateOf } from './testing/certificate.js';
import { applyRecords, claimRecord } from './testing/records.js';
import { watchSql } from './testing/watched-sql.js';

/** What a bank's tables are asked of the inbox when a version of its claim comes. */
async function askedOfTheInbox(...versions: Partial<Claim>[]): Promise<string[]> {
  const projection = new Projection(':memory:', { mspId: 'BankAMSP', kind: 'bank', government: false });
  const certificate = await certificateOf('anna');
  for (const before of versions.slice(0, -1))
    applyRecords(projection, certificate, [claimRecord('one', before)]);
  const { plans } = watchSql(() => {
    applyRecords(projection, certificate, [claimRecord('one', versions.at(-1))]);
  });
  projection.close();
  return [...plans.keys()].filter((sql) => sql.includes('inbox')).map((sql) => sql.slice(0, 6));
}

describe('a version of a claim', () => {
  it('is not looked for in the inbox where it is the first and waits for nobody', async () => {
    expect(await askedOfTheInbox({ seq: 1, state: 'disbursed' })).toEqual([]);
    expect(await askedOfTheInbox({ seq: 1, state: 'overdue' })).toEqual(['DELETE', 'INSERT']);
  });

  it('ends what waited at the one before', async () => {
    expect(await askedOfTheInbox({ seq: 1, state: 'overdue' }, { seq: 2, state: 'settled' })).toEqual([
      'DELETE',
    ]);
  });

  it('is spelled once for all organisations that keep it', () => {
    const { value } = claimRecord('one');
    const ofAnotherPeer = Buffer.from(value).toString('utf8');
    expect(viewOf(decoded(claim, value))).toBe(viewOf(decoded(claim, ofAnotherPeer)));
  });
});
