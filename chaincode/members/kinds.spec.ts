import type { Input } from '../api.js';
import type { MemberKind } from '../roles.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { bill } from '../testing/offshore-trade.js';
import { claim, declaration, invoice, openLedger, people, record, refuses } from '../testing/story.js';
import { admit, memberOf } from '../testing/further-members.js';

const customs: Person = { ...people.customs, role: 'approver' };
const tax: Person = { ...people.tax, role: 'approver' };

describe('what a member is', () => {
  const asKind = async (ledger: FakeLedger, kind: MemberKind): Promise<Person> => {
    await admit(ledger, 'AnotherMSP', kind);
    return memberOf('AnotherMSP', 'officer');
  };
  const reserve = (ledger: FakeLedger, person: Person) =>
    ledger.submit('reserveClaims', person, { claims: [claim(ledger, '1.00')] });

  it('is what the register says, and no name: a carrier records its papers and lends nothing, a bank the reverse', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const another = await asKind(ledger, 'carrier');
    expect((await record(ledger, bill(), another)).authority).toBe('AnotherMSP');
    await refuses(ledger, 'WRONG_ORGANISATION', () => reserve(ledger, another));

    const ledgerOfBank = await openLedger();
    await record(ledgerOfBank, declaration());
    const bank = await asKind(ledgerOfBank, 'bank');
    expect((await reserve(ledgerOfBank, bank)).answer.items).toMatchObject([{ status: 'reserved' }]);
    await refuses(ledgerOfBank, 'WRONG_ORGANISATION', () =>
      ledgerOfBank.submit('recordFacts', bank, { facts: [bill()] }),
    );
  });

  it('is one read of the register for each call', async () => {
    const ledger = await openLedger();
    const { reads } = await ledger.endorse('readMember', people.bankA, { id: 'BankBMSP' });
    const registered = [...reads.keys()].filter((key) => key.startsWith('public/member~'));
    expect(registered).toEqual(['public/member~BankAMSP', 'public/member~BankBMSP']);
  });

  it('stays what it was admitted as, and counts only where two say the same', async () => {
    const ledger = await openLedger();
    const asCarrier: Input<'changeMember'> = {
      id: 'AnotherMSP',
      title: 'Another',
      kind: 'carrier',
      state: 'admitted',
    };
    await ledger.submit('changeMember', tax, { ...asCarrier, kind: 'bank' });
    const { answer } = await ledger.submit('changeMember', customs, asCarrier);
    expect([answer.state, answer.proposed]).toMatchObject([
      undefined,
      { kind: 'carrier', by: ['CustomsMSP'] },
    ]);
    const admitted = await ledger.submit('changeMember', tax, asCarrier);
    expect(admitted.answer).toMatchObject({ kind: 'carrier', state: 'admitted' });
    const before = ledger.snapshot();
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', tax, { ...asCarrier, kind: 'bank' }),
    );
    expect(ledger.snapshot()).toEqual(before);
  });
});

describe('a further tax office', () => {
  it('records invoices and governs nothing', async () => {
    const ledger = await openLedger();
    await admit(ledger, 'TaxOfTheSouthMSP', 'tax');
    const approver = memberOf('TaxOfTheSouthMSP', 'approver');
    const fact = await record(ledger, invoice(), memberOf('TaxOfTheSouthMSP', 'officer'));
    expect(fact.authority).toBe('TaxOfTheSouthMSP');
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('changeMember', approver, {
        id: 'BankCMSP',
        title: 'Bank C',
        kind: 'bank',
        state: 'admitted',
      }),
    );
    const service = memberOf('TaxOfTheSouthMSP', 'service');
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('retireFingerprintKeys', service, { before: 2 }),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('sweepClaims', service, { claims: [{ id: 'a'.repeat(64), owner: 'BankAMSP' }] }),
    );
  });

  it('changes no document of the other office', async () => {
    const ledger = await openLedger();
    await admit(ledger, 'TaxOfTheSouthMSP', 'tax');
    const south = memberOf('TaxOfTheSouthMSP', 'officer');
    const { id } = await record(ledger, invoice());
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('cancelFact', south, { id, reason: 'Not theirs.' }),
    );
    await refuses(ledger, 'FACT_EXISTS', () => record(ledger, invoice(), south));
  });
});
