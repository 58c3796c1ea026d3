import type { Input, Output } from '../api.js';
import { certify, newAuthority } from '../testing/authorities.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { admit, memberOf } from '../testing/further-members.js';
import { bill } from '../testing/offshore-trade.js';
import {
  claim,
  declaration,
  exporter,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const tax: Person = { ...people.tax, role: 'approver' };
const customs: Person = { ...people.customs, role: 'approver' };
const [officerB, approverB] = [memberOf('BankBMSP', 'officer'), memberOf('BankBMSP', 'approver')];
const forA = (person: Person): Person => ({ ...person, inPlaceOf: 'BankAMSP' });

const removal = (id: string, successor: string | undefined): Input<'changeMember'> => ({
  id,
  title: id,
  kind: 'bank',
  state: 'removed',
  ...(successor !== undefined && { successor }),
});

/** @returns what the second word wrote. */
async function remove(ledger: FakeLedger, id: string, successor: string) {
  await ledger.submit('changeMember', tax, removal(id, successor));
  return ledger.submit('changeMember', customs, removal(id, successor));
}

/** A bank with a claim of 60 on a document of 100, which has been merged into Bank B. */
async function merged(): Promise<{ ledger: FakeLedger; id: string }> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await reserve(ledger, claim(ledger, '60.00'));
  await remove(ledger, 'BankAMSP', 'BankBMSP');
  return { ledger, id };
}

describe('a member that is removed', () => {
  it('is so when two say it, in two records, whatever it holds', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    for (let count = 0; count < 5; count++) await reserve(ledger, claim(ledger, '1.00'));
    const first = await ledger.submit('changeMember', tax, removal('BankAMSP', 'BankBMSP'));
    expect(first.answer).toMatchObject({
      state: 'admitted',
      proposed: { state: 'removed', successor: 'BankBMSP' },
    });
    expect((await reserve(ledger, claim(ledger, '1.00'))).owner).toBe('BankAMSP');
    await ledger.submit('changeMember', customs, removal('BankAMSP', 'BankBMSP'));
    const read = async (id: string) => (await ledger.endorse('readMember', people.regulator, { id })).answer;
    expect(await read('BankAMSP')).toMatchObject({ state: 'removed', successor: 'BankBMSP' });
    expect(await read('BankBMSP')).toMatchObject({ state: 'admitted', inherits: ['BankAMSP'] });
    const again = await ledger.submit(
      'changeMember',
      people.regulatorApprover,
      removal('BankAMSP', 'BankBMSP'),
    );
    expect(again.writes.size).toBe(0);
  });

  it('neither reads nor writes, and is told why', async () => {
    const { ledger, id } = await merged();
    await refuses(ledger, 'MEMBER_REMOVED', () =>
      ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '1.00')] }),
    );
    const attempts = [
      () => ledger.endorse('readClaim', people.bankA, { id }),
      () => ledger.endorse('readPolicy', people.bankA, {}),
      () => ledger.endorse('readAddresseeKey', memberOf('BankAMSP', 'service'), {}),
      () => ledger.endorse('readOwnRecords', memberOf('BankAMSP', 'service'), { keys: [`C~${id}~1`] }),
      () => ledger.endorse('readClaim', { ...people.bankA, inPlaceOf: 'BankBMSP' }, { id }),
    ];
    for (const attempt of attempts) await refuses(ledger, 'MEMBER_REMOVED', attempt);
  });

  it('stays removed, and its certificate authority nobody else’s', async () => {
    const ledger = await openLedger();
    const authority = await newAuthority();
    await admit(ledger, 'BankCMSP', 'bank', authority.certificate);
    const officer: Person = {
      mspId: 'BankCMSP',
      role: 'officer',
      id: 'officer',
      certificate: await certify(authority, 'officer'),
    };
    await record(ledger, declaration());
    await remove(ledger, 'BankCMSP', 'BankBMSP');
    await refuses(ledger, 'MEMBER_REMOVED', () =>
      ledger.submit('reserveClaims', officer, { claims: [claim(ledger, '1.00')] }),
    );
    const words: Input<'changeMember'>[] = [
      { id: 'BankCMSP', title: 'BankCMSP', kind: 'bank', state: 'admitted' },
      {
        id: 'BankCMSP',
        title: 'BankCMSP',
        kind: 'bank',
        state: 'admitted',
        authority: authority.certificate,
      },
      removal('BankCMSP', 'BankAMSP'),
      { id: 'BankDMSP', title: 'D', kind: 'bank', state: 'admitted', authority: authority.certificate },
    ];
    for (const word of words)
      await refuses(ledger, 'MEMBER_INVALID', () => ledger.submit('changeMember', tax, word));
  });

  it('has a successor: another member of its kind that is admitted, and nobody who is not removed has one', async () => {
    const ledger = await openLedger();
    await admit(ledger, 'BankCMSP', 'bank');
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, { ...removal('BankCMSP', undefined), state: 'suspended' });
    const words: Input<'changeMember'>[] = [
      removal('BankAMSP', undefined),
      removal('BankAMSP', 'BankAMSP'),
      removal('BankAMSP', 'CarrierMSP'),
      removal('BankAMSP', 'BankCMSP'),
      removal('BankAMSP', 'NowhereMSP'),
      removal('BankAMSP', 'RegulatorMSP'),
      removal('NowhereMSP', 'BankBMSP'),
      { ...removal('BankAMSP', 'BankBMSP'), state: 'suspended' },
      { ...removal('EnterpriseMSP', 'BankBMSP'), kind: 'enterprise' },
    ];
    for (const word of words)
      await refuses(ledger, 'MEMBER_INVALID', () => ledger.submit('changeMember', tax, word));
    // Who has gone meanwhile succeeds nobody.
    await ledger.submit('changeMember', tax, removal('BankAMSP', 'BankBMSP'));
    await remove(ledger, 'BankBMSP', 'BankAMSP');
    await refuses(ledger, 'MEMBER_INVALID', () =>
      ledger.submit('changeMember', customs, removal('BankAMSP', 'BankBMSP')),
    );
  });

  it('leaves what it had inherited to its own successor', async () => {
    const { ledger, id } = await merged();
    await admit(ledger, 'BankCMSP', 'bank');
    const { writes } = await remove(ledger, 'BankBMSP', 'BankCMSP');
    expect([...writes.keys()].sort()).toEqual(['public/member~BankBMSP', 'public/member~BankCMSP']);
    const read = await ledger.endorse('readMember', people.regulator, { id: 'BankCMSP' });
    expect(read.answer.inherits).toEqual(['BankBMSP', 'BankAMSP']);
    const officerC = forA(memberOf('BankCMSP', 'officer'));
    expect((await ledger.endorse('readClaim', officerC, { id })).answer.id).toBe(id);
    await refuses(ledger, 'MEMBER_REMOVED', () => ledger.endorse('readClaim', forA(officerB), { id }));
  });
});

describe('the successor', () => {
  const step = (ledger: FakeLedger, id: string) => {
    const command = () => ({ id, idempotencyKey: freshKey() });
    return {
      accept: (person: Person) => ledger.submit('acceptClaim', person, command()),
      disburse: (person: Person) => ledger.submit('disburseClaim', person, command()),
      withdraw: (person: Person) =>
        ledger.submit('withdrawClaim', person, { ...command(), reason: 'Not wanted any more.' }),
    };
  };

  it('goes on with the claims of the other in its place, and by no other way', async () => {
    const { ledger, id } = await merged();
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.endorse('readClaim', officerB, { id }));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => step(ledger, id).accept(approverB));
    expect((await ledger.endorse('readClaim', forA(officerB), { id })).answer).toMatchObject({
      id,
      owner: 'BankAMSP',
    });
    await step(ledger, id).accept(forA(approverB));
    const { answer, writes } = await step(ledger, id).disburse(forA(officerB));
    expect(answer).toMatchObject({ state: 'disbursed', owner: 'BankAMSP' });
    const [key] = [...writes.keys()].filter((name) => name.startsWith('BankAMSP/C~'));
    expect(JSON.parse(writes.get(key ?? '') ?? '{}')).toMatchObject({
      by: { mspId: 'BankAMSP', id: 'officer@BankBMSP' },
    });
  });

  it('is two people with the other’s: equal enrolment ids are not one person, and one person is not two', async () => {
    const { ledger, id } = await merged();
    // Reserved by the officer of Bank A.
    const namesake: Person = { ...approverB, id: people.bankA.id };
    expect((await step(ledger, id).accept(forA(namesake))).answer.state).toBe('accepted');
  });

  it('verifies nothing differently: what is left of a document, and how much is drawn, stay as they were', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const ask = () =>
      ledger.endorse('verifyDocument', officerB, {
        document: { type: 'customs-declaration', number: declaration().number },
        particulars: { enterprise: exporter, total: usd('100.00') },
      });
    const told = ({ answer }: { answer: Output<'verifyDocument'> }) => ({ ...answer, proof: undefined });
    const before = told(await ask());
    await remove(ledger, 'BankAMSP', 'BankBMSP');
    expect(told(await ask())).toEqual(before);
    await step(ledger, id).withdraw(forA(officerB));
    expect(told(await ask())).toMatchObject({ remaining: usd('100.00') });
  });

  it('begins nothing in the name of the other', async () => {
    const { ledger } = await merged();
    await refuses(ledger, 'OWN_NAME_ONLY', () =>
      ledger.submit('reserveClaims', forA(officerB), { claims: [claim(ledger, '1.00')] }),
    );
    expect((await reserve(ledger, claim(ledger, '40.00'), officerB)).owner).toBe('BankBMSP');
  });

  it('alone acts in that place', async () => {
    const { ledger, id } = await merged();
    await admit(ledger, 'BankCMSP', 'bank');
    const strangers = [memberOf('BankCMSP', 'approver'), people.tax, people.regulator];
    for (const person of strangers) {
      await refuses(ledger, 'NOT_SUCCESSOR', () =>
        ledger.submit('sweepClaims', forA({ ...person, role: 'approver' }), { claims: [{ id }] }),
      );
    }
    await refuses(ledger, 'NOT_SUCCESSOR', () =>
      ledger.endorse('readClaim', { ...officerB, inPlaceOf: 'BankCMSP' }, { id }),
    );
    await refuses(ledger, 'INPUT_INVALID', () =>
      ledger.endorse('readClaim', { ...officerB, inPlaceOf: 'no member' }, { id }),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('acceptClaim', forA(officerB), { id, idempotencyKey: freshKey() }),
    );
  });

  it('reads on and does nothing while it is suspended', async () => {
    const { ledger, id } = await merged();
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, { ...removal('BankBMSP', undefined), state: 'suspended' });
    await refuses(ledger, 'MEMBER_SUSPENDED', () => step(ledger, id).accept(forA(approverB)));
    expect((await ledger.endorse('readClaim', forA(officerB), { id })).answer.id).toBe(id);
    for (const person of [tax, customs])
      await ledger.submit('changeMember', person, { ...removal('BankBMSP', undefined), state: 'admitted' });
    const read = await ledger.endorse('readMember', people.regulator, { id: 'BankBMSP' });
    expect(read.answer.inherits).toEqual(['BankAMSP']);
    expect((await step(ledger, id).accept(forA(approverB))).answer.state).toBe('accepted');
  });

  it('keeps both names apart where each bank gave the same key and the same number', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const same = { applicationNumber: 'LN-1', idempotencyKey: 'the-key-of-both-banks' };
    const ids = [];
    for (const person of [people.bankA, people.bankB]) {
      const { answer } = await ledger.submit('reserveClaims', person, {
        claims: [claim(ledger, '10.00', same)],
      });
      ids.push(...answer.items.flatMap((item) => (item.status === 'reserved' ? [item.claim.id] : [])));
    }
    expect(new Set(ids).size).toBe(2);
    await remove(ledger, 'BankAMSP', 'BankBMSP');
    const key = { idempotencyKey: 'one-key-for-both-claims', reason: 'Not wanted.' };
    const withdraw = (person: Person, id = '') => ledger.submit('withdrawClaim', person, { ...key, id });
    expect((await withdraw(forA(officerB), ids[0])).answer).toMatchObject({ id: ids[0], state: 'withdrawn' });
    expect((await withdraw(officerB, ids[1])).answer).toMatchObject({ id: ids[1], state: 'withdrawn' });
  });

  it('is one bank with the other: it offers itself nothing, and objects to nothing of its own', async () => {
    const { ledger, id } = await merged();
    await step(ledger, id).accept(forA(approverB));
    await step(ledger, id).disburse(forA(officerB));
    const offer = (to: string) => ({ id, idempotencyKey: freshKey(), to });
    for (const to of ['BankBMSP', 'BankAMSP'])
      await refuses(ledger, 'TRANSFER_INVALID', () =>
        ledger.submit('offerTransfer', forA(officerB), offer(to)),
      );
    await admit(ledger, 'BankCMSP', 'bank');
    await ledger.submit('offerTransfer', forA(officerB), offer('BankCMSP'));
    const taken = await ledger.submit('acceptTransfer', memberOf('BankCMSP', 'approver'), {
      id,
      idempotencyKey: freshKey(),
      applicationNumber: 'C-1',
    });
    expect(taken.answer).toMatchObject({ owner: 'BankCMSP', state: 'disbursed' });
    expect((await ledger.endorse('readClaim', forA(officerB), { id })).answer.state).toBe('transferred');
  });

  it('finds its own copies and those of the other, each under its own key', async () => {
    const { ledger, id } = await merged();
    const service = memberOf('BankBMSP', 'service');
    const keyOf = async (person: Person) => (await ledger.endorse('readAddresseeKey', person, {})).answer.key;
    expect(await keyOf(forA(service))).not.toBe(await keyOf(service));
    const keys = [`C~${id}~1`];
    const [inherited] = (await ledger.endorse('readOwnRecords', forA(service), { keys })).answer.records;
    const [own] = (await ledger.endorse('readOwnRecords', service, { keys })).answer.records;
    expect(own).toBeNull();
    expect(JSON.parse(inherited ?? '{}')).toMatchObject({ id, owner: 'BankAMSP' });
  });

  it('of a carrier changes the papers that the other has recorded', async () => {
    const ledger = await openLedger();
    await admit(ledger, 'AnotherMSP', 'carrier');
    const fact = await record(ledger, bill(), memberOf('AnotherMSP', 'officer'));
    const word: Input<'changeMember'> = {
      ...removal('AnotherMSP', 'CarrierMSP'),
      kind: 'carrier',
    };
    for (const person of [tax, customs]) await ledger.submit('changeMember', person, word);
    const carrier = memberOf('CarrierMSP', 'officer');
    const cancel = (person: Person) =>
      ledger.submit('cancelFact', person, { id: fact.id, reason: 'Never shipped.' });
    await refuses(ledger, 'WRONG_ORGANISATION', () => cancel(carrier));
    expect((await cancel({ ...carrier, inPlaceOf: 'AnotherMSP' })).answer.status).toBe('cancelled');
  });
});

describe('to a bank that was removed', () => {
  it('nobody offers or consents to anything new', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '30.00'), people.bankB);
    await ledger.submit('acceptClaim', people.approverB, { id, idempotencyKey: freshKey() });
    await ledger.submit('disburseClaim', people.bankB, { id, idempotencyKey: freshKey() });
    await admit(ledger, 'BankCMSP', 'bank');
    await remove(ledger, 'BankAMSP', 'BankCMSP');
    await refuses(ledger, 'TRANSFER_INVALID', () =>
      ledger.submit('offerTransfer', people.bankB, { id, idempotencyKey: freshKey(), to: 'BankAMSP' }),
    );
    await refuses(ledger, 'BANK_INVALID', () =>
      ledger.submit('giveConsent', people.exporter, { idempotencyKey: freshKey(), bank: 'BankAMSP' }),
    );
  });
});
