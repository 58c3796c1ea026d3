import { jest } from '@jest/globals';
import { limits } from '../schemas.js';
import { advance, loanOnDeclaration } from '../testing/loan.js';
import { instantText } from '../rules/dates.js';
import {
  claim,
  day,
  declaration,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
  usd,
} from '../testing/story.js';

const reason = 'The buyer is insolvent.';
const collector = { scheme: 'USCC', id: '91330200MA2CKXQ85H', name: 'East Collections' } as const;

afterEach(() => {
  jest.restoreAllMocks();
});

async function overdue() {
  const loan = await loanOnDeclaration();
  advance(loan.ledger, 92);
  await loan.sweep();
  return loan;
}

describe('a loan that is written off', () => {
  it('takes two people, frees nobody to lend on it again, and stays owed', async () => {
    const { ledger, command, confirm, repay, left } = await overdue();
    const proposed = await ledger.submit('writeOffClaim', people.bankA, { ...command(), reason });
    expect(proposed.answer).toMatchObject({ state: 'overdue', awaiting: { step: 'write-off' } });
    expect(proposed.writes.size).toBe(3);
    await refuses(ledger, 'FOUR_EYES', () => confirm({ ...people.bankA, role: 'approver' }));
    const { answer, writes } = await confirm();
    expect(answer).toMatchObject({ state: 'written-off', outstanding: usd('60.00'), reason });
    expect([...writes.keys()].filter((key) => key.startsWith('registry/U~'))).toHaveLength(1);
    expect(await left()).toBe('40.00');
    // What still comes in is recorded, whoever pays, and gives nothing back.
    expect((await repay('20.00', 'own-funds')).answer).toMatchObject({
      state: 'written-off',
      outstanding: usd('40.00'),
    });
    expect(await left()).toBe('40.00');
  });

  it('takes a repayment before it back with it, and one after it without the balance', async () => {
    const { ledger, command, confirm, repay, reverse, left } = await loanOnDeclaration();
    await repay('10.00', 'own-funds');
    await ledger.submit('writeOffClaim', people.bankA, { ...command(), reason });
    await confirm();
    await repay('5.00', 'own-funds');
    expect(await left()).toBe('50.00');
    await reverse('repayment', 2);
    expect((await confirm()).answer).toMatchObject({ state: 'written-off', outstanding: usd('50.00') });
    expect(await left()).toBe('50.00');
    await reverse('repayment', 1);
    expect((await confirm()).answer).toMatchObject({ outstanding: usd('60.00') });
    expect(await left()).toBe('40.00');
  });

  it('is one that was paid out, and that nobody disputes', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const command = () => ({ id, idempotencyKey: freshKey(), reason });
    await refuses(ledger, 'INVALID_STATE', () => ledger.submit('writeOffClaim', people.bankA, command()));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.submit('writeOffClaim', people.bankB, command()));
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('writeOffClaim', people.exporter, command()),
    );
  });
});

describe('recourse', () => {
  it('is taken after the due date, and uses the receivable up', async () => {
    const early = await loanOnDeclaration();
    await refuses(early.ledger, 'RECOURSE_TOO_EARLY', () => early.repay('60.00', 'recourse'));
    const { repay, left } = await overdue();
    expect((await repay('60.00', 'recourse')).answer).toMatchObject({
      state: 'settled',
      repayments: [{ source: 'recourse' }],
    });
    expect(await left()).toBe('40.00');
  });
});

describe('a repurchase', () => {
  it.each([
    ['before it was due', 0, '100.00'],
    ['later', 92, '40.00'],
  ] as const)('%s pays all that is owed and leaves what its table says', async (_when, days, rest) => {
    const { ledger, command, confirm, repay, left, read } = await loanOnDeclaration();
    await repay('10.00', 'own-funds');
    if (days > 0) advance(ledger, days);
    await ledger.submit('repurchaseClaim', people.bankA, { ...command(), reason });
    expect((await confirm()).answer).toMatchObject({
      state: 'repurchased',
      outstanding: usd('0.00'),
      repayments: [{ source: 'own-funds' }, { source: 'repurchase', amount: usd('50.00') }],
    });
    // What was repaid from own funds in time stays given back.
    expect(await left()).toBe(days > 0 ? '50.00' : rest);
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit('repurchaseClaim', people.bankA, { ...command(), reason }),
    );
    expect((await read()).state).toBe('repurchased');
  });

  it('that never took place is reversed like any repayment', async () => {
    const { ledger, command, confirm, reverse, left } = await loanOnDeclaration();
    await ledger.submit('repurchaseClaim', people.bankA, { ...command(), reason });
    await confirm();
    await reverse('repayment', 1);
    expect((await confirm()).answer).toMatchObject({ state: 'disbursed', outstanding: usd('60.00') });
    expect(await left()).toBe('40.00');
  });
});

describe('an assignment to a collector', () => {
  it('keeps the documents held, and takes what the collector brings in', async () => {
    const { ledger, command, confirm, repay, reverse, left } = await overdue();
    const assigned = { ...command(), collector, reason };
    const wrong = { ...assigned, collector: { ...collector, id: '91330200MA2CKXQ85A' } };
    await refuses(ledger, 'CHECK_DIGIT_WRONG', () => ledger.submit('assignToCollector', people.bankA, wrong));
    await ledger.submit('assignToCollector', people.bankA, assigned);
    const { answer, writes } = await confirm();
    expect(answer).toMatchObject({ state: 'assigned-to-collector', collector, outstanding: usd('60.00') });
    expect([...writes.keys()].filter((key) => key.includes('U~'))).toEqual([]);
    expect(await left()).toBe('40.00');
    expect((await repay('20.00')).answer.state).toBe('assigned-to-collector');
    expect((await repay('40.00')).answer.state).toBe('settled');
    await reverse('repayment', 2);
    expect((await confirm()).answer).toMatchObject({
      state: 'assigned-to-collector',
      outstanding: usd('40.00'),
    });
  });
});

describe('what the consortium sets', () => {
  const approver = people.regulatorApprover;

  it('is how long an accepted claim holds its documents', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { answer: policy } = await ledger.submit('setPolicy', approver, { payoutDays: 5 });
    expect(policy).toEqual({ ownDocuments: 'refused', payoutDays: 5, twoPeople: {}, consent: {} });
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const { answer } = await ledger.submit('acceptClaim', people.approverA, {
      id,
      idempotencyKey: freshKey(),
    });
    expect(answer.expiresAt).toBe(instantText(ledger.now + 5 * day));
    const sweep = () => ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] });
    advance(ledger, 4);
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    advance(ledger, 2);
    await refuses(ledger, 'RESERVATION_EXPIRED', () =>
      ledger.submit('disburseClaim', people.bankA, { id, idempotencyKey: freshKey() }),
    );
    expect((await sweep()).answer.items).toMatchObject([{ state: 'expired' }]);
  });

  it('is which steps of which bank take two people', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const twoPeople = { bank: ['disbursement' as const], BankBMSP: ['extension' as const] };
    await refuses(ledger, 'BANK_INVALID', () =>
      ledger.submit('setPolicy', approver, { twoPeople: { ...twoPeople, CarrierMSP: ['repayment'] } }),
    );
    await ledger.submit('setPolicy', approver, { twoPeople });
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('acceptClaim', people.approverA, command());
    const proposed = await ledger.submit('disburseClaim', people.bankA, {
      ...command(),
      reference: 'MT103-1',
    });
    expect(proposed.answer).toMatchObject({ state: 'accepted', awaiting: { step: 'disbursement' } });
    expect(proposed.answer.paidOutAt).toBeUndefined();
    const { answer } = await ledger.submit('confirmStep', people.approverA, command());
    expect(answer).toMatchObject({ state: 'disbursed', reference: 'MT103-1' });
    // Of bank A an extension takes one person.
    const later = { ...command(), dueDate: instantText(ledger.now + 100 * day).slice(0, 10) };
    expect((await ledger.submit('extendClaim', people.bankA, later)).answer.awaiting).toBeUndefined();
    expect(
      (await ledger.submit('setPolicy', approver, { payoutDays: limits.payoutDays.most })).answer,
    ).toEqual({
      ownDocuments: 'refused',
      payoutDays: limits.payoutDays.most,
      twoPeople,
      consent: {},
    });
  });

  it('lets a repayment wait for a second person, who brings it to its end; before, nothing changes', async () => {
    const { ledger, repay, confirm, left } = await loanOnDeclaration();
    await ledger.submit('setPolicy', approver, { twoPeople: { bank: ['repayment'] } });
    const { answer, writes } = await repay('60.00', 'own-funds');
    const before = { state: 'disbursed', outstanding: usd('60.00') };
    expect(answer).toMatchObject({ ...before, awaiting: { step: 'repayment' } });
    expect([...writes.keys()].filter((key) => key.includes('U~'))).toEqual([]);
    expect(await left()).toBe('40.00');
    expect((await confirm()).answer).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect(await left()).toBe('100.00');
  });

  it('lets an extension wait in the same way', async () => {
    const { ledger, command, confirm, read } = await loanOnDeclaration();
    await ledger.submit('setPolicy', approver, { twoPeople: { bank: ['extension'] } });
    const { dueDate } = await read();
    const later = instantText(ledger.now + 100 * day).slice(0, 10);
    const { answer } = await ledger.submit('extendClaim', people.bankA, { ...command(), dueDate: later });
    expect(answer).toMatchObject({ dueDate, awaiting: { step: 'extension' } });
    const confirmed = (await confirm()).answer;
    expect(confirmed).toMatchObject({ state: 'disbursed', dueDate: later });
    expect(confirmed.awaiting).toBeUndefined();
  });
});
