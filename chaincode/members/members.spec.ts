import type { Input } from '../api.js';
import { FakeLedger, type Person } from '../testing/fake-ledger.js';
import { service } from '../testing/loans.js';
import { claim, declaration, openLedger, people, record, refuses } from '../testing/story.js';

const approverOf = (mspId: string): Person => ({ mspId, role: 'approver', id: 'approver' });
const [tax, customs, regulator] = ['TaxMSP', 'CustomsMSP', 'RegulatorMSP'].map(approverOf) as [
  Person,
  Person,
  Person,
];
const bankC: Person = { mspId: 'BankCMSP', role: 'officer', id: 'officer' };
const admitted: Input<'changeMember'> = { id: 'BankCMSP', title: 'Bank C', kind: 'bank', state: 'admitted' };

async function ledgerWithDocument(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  return ledger;
}

const reserveAs = (ledger: FakeLedger, person: Person) =>
  ledger.submit('reserveClaims', person, { claims: [claim(ledger, '1.00')] });

describe('the register of members', () => {
  it('has whom the regulator named when it began, and nobody else does anything', async () => {
    const ledger = await ledgerWithDocument();
    const { answer } = await ledger.endorse('readMember', people.bankA, { id: 'BankBMSP' });
    expect(answer).toMatchObject({ id: 'BankBMSP', state: 'admitted' });
    const before = ledger.snapshot();
    await refuses(ledger, 'NOT_A_MEMBER', () => reserveAs(ledger, bankC));
    for (const name of ['readAddresseeKey', 'readPolicy'] as const) {
      const person = { ...bankC, role: name === 'readPolicy' ? 'officer' : service.role };
      await refuses(ledger, 'NOT_A_MEMBER', () => ledger.endorse(name, person, {}));
    }
    await refuses(ledger, 'MEMBER_NOT_FOUND', () =>
      ledger.endorse('readMember', people.bankA, { id: 'BankCMSP' }),
    );
    expect(ledger.snapshot()).toEqual(before);
  });

  it('takes a member in when two government organisations say so, and one alone says nothing', async () => {
    const ledger = await ledgerWithDocument();
    const first = await ledger.submit('changeMember', tax, admitted);
    expect(first.answer.state).toBeUndefined();
    expect(first.answer.proposed).toMatchObject({ state: 'admitted', by: ['TaxMSP'] });
    const again = await ledger.submit('changeMember', tax, admitted);
    expect([again.writes.size, again.answer]).toEqual([0, first.answer]);
    await refuses(ledger, 'NOT_A_MEMBER', () => reserveAs(ledger, bankC));
    const second = await ledger.submit('changeMember', customs, admitted);
    expect(second.answer).toMatchObject({ id: 'BankCMSP', title: 'Bank C', kind: 'bank', state: 'admitted' });
    expect(second.answer.proposed).toBeUndefined();
    expect((await reserveAs(ledger, bankC)).answer.items).toMatchObject([{ status: 'reserved' }]);
    expect((await ledger.endorse('readMember', bankC, { id: 'BankCMSP' })).answer.state).toBe('admitted');
    const third = await ledger.submit('changeMember', regulator, admitted);
    expect(third.writes.size).toBe(0);
  });

  it('counts only those who say the same', async () => {
    const ledger = await ledgerWithDocument();
    await ledger.submit('changeMember', tax, admitted);
    const other = await ledger.submit('changeMember', customs, { ...admitted, title: 'Bank of C' });
    expect(other.answer.proposed?.by).toEqual(['CustomsMSP']);
    expect(other.answer.state).toBeUndefined();
  });

  it('lets a suspended member read and do nothing new, at once, until it is admitted again', async () => {
    const ledger = await ledgerWithDocument();
    const { answer } = await reserveAs(ledger, people.bankA);
    const [item] = answer.items;
    if (item?.status !== 'reserved') throw new Error('not reserved');
    const suspended: Input<'changeMember'> = {
      id: 'BankAMSP',
      title: 'Bank A',
      kind: 'bank',
      state: 'suspended',
    };
    const proposed = await ledger.submit('changeMember', tax, suspended);
    expect(proposed.answer.state).toBe('admitted');
    await reserveAs(ledger, people.bankA);
    await ledger.submit('changeMember', regulator, suspended);
    await refuses(ledger, 'MEMBER_SUSPENDED', () => reserveAs(ledger, people.bankA));
    const { id } = item.claim;
    expect((await ledger.endorse('readClaim', people.bankA, { id })).answer.id).toBe(id);
    const owner = { id, owner: 'BankAMSP' };
    expect((await ledger.endorse('readClaim', people.auditor, owner)).answer.id).toBe(id);
    const offer = await reserveAs(ledger, people.bankB);
    const [offered] = offer.answer.items;
    expect(offered?.status).toBe('reserved');
    for (const person of [tax, regulator]) {
      await ledger.submit('changeMember', person, { ...suspended, state: 'admitted' });
    }
    await reserveAs(ledger, people.bankA);
  });

  it('is kept by approvers of the government alone, and has no government node', async () => {
    const ledger = await ledgerWithDocument();
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('changeMember', people.approverA, admitted),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('changeMember', people.tax, admitted));
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', tax, {
        id: 'CustomsMSP',
        title: 'Customs',
        kind: 'customs',
        state: 'suspended',
      }),
    );
  });

  it('tells who comes before the registry has begun that it has not', async () => {
    const ledger = new FakeLedger();
    await refuses(ledger, 'NOT_INITIALISED', () => ledger.endorse('readPolicy', people.bankA, {}));
  });
});
