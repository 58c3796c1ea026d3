import type { Policy } from '@pledgeonce/chaincode/api.js';
import { secondAdminBy } from './second-admin.js';

const log = { warn: () => undefined };
const bankA = { mspId: 'BankAMSP', kind: 'bank', log };
const policyOf = (twoPeople: Policy['twoPeople']): Policy => ({
  ownDocuments: 'refused',
  payoutDays: 30,
  twoPeople,
  consent: {},
});

describe('a second admin for everybody', () => {
  it('is wanted where the consortium names the organisation or its kind, and nowhere else', async () => {
    const cases: readonly (readonly [Policy['twoPeople'], boolean])[] = [
      [{}, false],
      [{ bank: ['people'] }, true],
      [{ BankAMSP: ['people'] }, true],
      [{ BankBMSP: ['people'], customs: ['people'] }, false],
      [{ BankAMSP: ['disbursement'] }, false],
    ];
    for (const [twoPeople, wanted] of cases) {
      const wantsTwo = secondAdminBy({ ...bankA, policy: () => Promise.resolve(policyOf(twoPeople)) });
      expect({ twoPeople, wanted: await wantsTwo() }).toEqual({ twoPeople, wanted });
    }
  });

  it('is asked anew each time', async () => {
    let twoPeople: Policy['twoPeople'] = {};
    const wantsTwo = secondAdminBy({ ...bankA, policy: () => Promise.resolve(policyOf(twoPeople)) });
    expect(await wantsTwo()).toBe(false);
    twoPeople = { bank: ['people'] };
    expect(await wantsTwo()).toBe(true);
  });

  it('is wanted while the ledger refuses or does not answer', async () => {
    const refusing = secondAdminBy({ ...bankA, policy: () => Promise.reject(new Error('away')) });
    expect(await refusing()).toBe(true);
    const silent = secondAdminBy({ ...bankA, policy: () => new Promise(() => undefined), waitMs: 10 });
    expect(await silent()).toBe(true);
  });
});
