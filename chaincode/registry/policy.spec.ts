import { openLedger, people, refuses } from '../testing/story.js';
import { stepsOfKind } from '../rules/steps-of-two.js';
import { organisationKinds } from '../roles.js';

const { regulatorApprover } = people;

describe('people in the table of steps', () => {
  it('is a step of organisations of every kind, and the only one of a portal', async () => {
    for (const kind of organisationKinds) expect(stepsOfKind(kind)).toContain('people');
    expect(stepsOfKind('enterprise')).toEqual(['people']);
    const ledger = await openLedger();
    const twoPeople = Object.fromEntries(
      [...organisationKinds, people.bankA.mspId, people.exporter.mspId].map((whose) => [
        whose,
        ['people' as const],
      ]),
    );
    const { answer, writes } = await ledger.submit('setPolicy', regulatorApprover, { twoPeople });
    expect(answer.twoPeople).toEqual(twoPeople);
    // The policy, and nothing of anybody's people.
    expect([...writes.keys()]).toEqual(['registry/G']);
  });

  it('goes with no other step for a portal, and is the regulator’s approver’s to set', async () => {
    const ledger = await openLedger();
    for (const twoPeople of [{ enterprise: ['amendment' as const] }, { EnterpriseMSP: ['rates' as const] }]) {
      await refuses(ledger, 'INPUT_INVALID', () =>
        ledger.submit('setPolicy', regulatorApprover, { twoPeople }),
      );
    }
    const twoPeople = { bank: ['people' as const] };
    await refuses(ledger, 'BANK_INVALID', () =>
      ledger.submit('setPolicy', regulatorApprover, { twoPeople: { NobodyMSP: ['people'] } }),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('setPolicy', people.regulator, { twoPeople }),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('setPolicy', people.approverA, { twoPeople }),
    );
  });

  it('is read by a gateway’s own identity, which writes nothing', async () => {
    const ledger = await openLedger();
    const twoPeople = { BankAMSP: ['people' as const] };
    await ledger.submit('setPolicy', regulatorApprover, { twoPeople });
    const { answer, writes } = await ledger.submit('readPolicy', { ...people.bankA, role: 'service' }, {});
    expect(answer.twoPeople).toEqual(twoPeople);
    expect(writes.size).toBe(0);
  });
});
