import { jest } from '@jest/globals';
import type { Input } from '../api.js';
import { limits } from '../schemas.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  disburse,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const owner = 'BankAMSP';
const { regulatorApprover } = people;
type Outcome = Input<'resolveDispute'>['outcome'];

/** A claim of 60.00 on a declaration of 100.00, in one of the states in which there may be a dispute. */
async function claimed(state: 'reserved' | 'accepted' | 'disbursed' | 'overdue') {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const command = () => ({ id, idempotencyKey: freshKey() });
  const { id } = await reserve(ledger, claim(ledger, '60.00'));
  if (state !== 'reserved') await ledger.submit('acceptClaim', people.approverA, command());
  if (state === 'disbursed' || state === 'overdue') {
    await ledger.submit('disburseClaim', people.bankA, command());
  }
  if (state === 'overdue') {
    advance(ledger, 92);
    await ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] });
  }
  const dispute = (person: typeof people.bankA | typeof people.regulator = people.bankA) =>
    ledger.submit('disputeClaim', person, { ...command(), owner, reason: 'goods rejected' });
  const resolve = (outcome: Outcome, person: typeof people.approverA | typeof regulatorApprover) =>
    ledger.submit('resolveDispute', person, { ...command(), owner, outcome, reason: 'settled' });
  const repay = (amount: string, source: 'proceeds' | 'own-funds') =>
    ledger.submit('repayClaim', people.bankA, { ...command(), amount: usd(amount), source });
  const sweep = () => ledger.submit('sweepClaims', people.regulator, { claims: [{ id, owner }] });
  const read = async () => (await ledger.endorse('readClaim', people.bankA, { id })).answer;
  const left = () => remainingOf(ledger, declaration());
  return { ledger, id, command, dispute, resolve, repay, sweep, read, left };
}

/** Moves the proposal's time and the endorser's clock together. */
function advance(ledger: FakeLedger, days: number): void {
  ledger.now += days * day;
  jest.spyOn(Date, 'now').mockReturnValue(ledger.now);
}

describe('a dispute', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('of a bank is withdrawn by its second person, and decided by the regulator alone', async () => {
    const { ledger, dispute, resolve } = await claimed('disbursed');
    expect((await dispute()).answer).toMatchObject({
      state: 'disputed',
      dispute: { openedBy: owner, before: 'disbursed', reason: 'goods rejected' },
    });
    for (const outcome of ['upheld', 'dismissed'] as const) {
      await refuses(ledger, 'DISPUTE_NOT_YOURS', () => resolve(outcome, people.approverA));
    }
    await refuses(ledger, 'DISPUTE_NOT_YOURS', () => resolve('withdrawn', regulatorApprover));
    const { answer } = await resolve('withdrawn', people.approverA);
    expect([answer.state, answer.dispute]).toEqual(['disbursed', undefined]);
  });

  it('of the regulator is neither dismissed nor withdrawn by the bank, and needs two of its people', async () => {
    const { ledger, command, dispute, resolve } = await claimed('disbursed');
    const opened = { ...command(), reason: 'suspicion' };
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.submit('disputeClaim', people.regulator, opened));
    await dispute(people.regulator);
    for (const outcome of ['dismissed', 'withdrawn', 'upheld'] as const) {
      await refuses(ledger, 'DISPUTE_NOT_YOURS', () => resolve(outcome, people.approverA));
    }
    const opener = { ...people.regulator, role: 'approver' } as const;
    await refuses(ledger, 'FOUR_EYES', () =>
      ledger.submit('resolveDispute', opener, { ...command(), owner, outcome: 'dismissed', reason: 'r' }),
    );
    expect((await resolve('dismissed', regulatorApprover)).answer.state).toBe('disbursed');
  });

  it('of the regulator takes the place of the bank’s own, not the other way round', async () => {
    const { ledger, dispute, resolve } = await claimed('accepted');
    await dispute();
    await refuses(ledger, 'INVALID_STATE', () => dispute());
    expect((await dispute(people.regulator)).answer.dispute).toMatchObject({
      openedBy: 'RegulatorMSP',
      before: 'accepted',
    });
    await refuses(ledger, 'INVALID_STATE', () => dispute(people.regulator));
    await refuses(ledger, 'DISPUTE_NOT_YOURS', () => resolve('withdrawn', people.approverA));
    expect((await resolve('dismissed', regulatorApprover)).answer.state).toBe('accepted');
  });

  it.each([
    ['reserved', '100.00', '0.00'],
    ['accepted', '100.00', '0.00'],
    ['disbursed', '40.00', '60.00'],
    ['overdue', '40.00', '60.00'],
  ] as const)('is upheld or dismissed in every state: %s', async (state, left, owed) => {
    const dismissed = await claimed(state);
    await dismissed.dispute();
    expect((await dismissed.resolve('dismissed', regulatorApprover)).answer.state).toBe(state);
    expect(await dismissed.left()).toBe('40.00');

    jest.restoreAllMocks();
    const upheld = await claimed(state);
    await upheld.dispute();
    const { answer } = await upheld.resolve('upheld', regulatorApprover);
    // Before the payout nothing was lent; afterwards the loan is owed, and nobody lends on that receivable again.
    expect(answer).toMatchObject({ state: 'rejected', outstanding: usd(owed) });
    expect(await upheld.left()).toBe(left);
  });

  it('that was upheld takes the money that still comes back, and gives nothing back for it', async () => {
    const { ledger, dispute, resolve, repay, left } = await claimed('disbursed');
    await dispute();
    await resolve('upheld', regulatorApprover);
    const { answer } = await repay('20.00', 'own-funds');
    expect(answer).toMatchObject({ state: 'rejected', outstanding: usd('40.00') });
    await repay('40.00', 'own-funds');
    await refuses(ledger, 'OVERPAYMENT', () => repay('0.01', 'own-funds'));
    expect(await left()).toBe('40.00');
  });

  it('stops no money, but gives nothing back before it is over', async () => {
    const { dispute, repay, resolve, left } = await claimed('disbursed');
    await dispute(people.regulator);
    expect((await repay('20.00', 'own-funds')).answer).toMatchObject({
      state: 'disputed',
      outstanding: usd('40.00'),
    });
    await repay('10.00', 'proceeds');
    expect((await repay('30.00', 'own-funds')).answer).toMatchObject({ state: 'disputed' });
    expect(await left()).toBe('40.00');
    const { answer } = await resolve('dismissed', regulatorApprover);
    expect(answer.state).toBe('settled');
    expect(await left()).toBe('90.00');
  });

  it('that is upheld uses up what was repaid from own funds meanwhile', async () => {
    const { dispute, repay, resolve, left } = await claimed('disbursed');
    await dispute(people.regulator);
    await repay('60.00', 'own-funds');
    expect((await resolve('upheld', regulatorApprover)).answer.state).toBe('rejected');
    expect(await left()).toBe('40.00');
  });

  it('stops no time: a promise that is not paid out expires', async () => {
    const { ledger, dispute, sweep, read, left } = await claimed('accepted');
    await dispute();
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    advance(ledger, limits.payoutDays.byDefault + 1);
    expect((await sweep()).event?.alerts).toMatchObject([{ alert: 'expired' }]);
    expect(await read()).toMatchObject({ state: 'expired' });
    expect(await left()).toBe('100.00');
  });

  it('stops no time: a loan falls overdue in it, and goes back to that', async () => {
    const { ledger, dispute, sweep, resolve } = await claimed('disbursed');
    advance(ledger, 85);
    await dispute(people.regulator);
    advance(ledger, 7);
    const { event } = await sweep();
    expect(event?.alerts).toMatchObject([{ alert: 'overdue' }]);
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    expect((await resolve('dismissed', regulatorApprover)).answer.state).toBe('overdue');
  });

  it('lapses undecided, the bank’s own sooner', async () => {
    const { ledger, dispute, sweep, repay, read, left } = await claimed('disbursed');
    await dispute();
    await repay('20.00', 'own-funds');
    advance(ledger, limits.disputeDays.bank - 1);
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    advance(ledger, 2);
    expect((await sweep()).event?.alerts).toMatchObject([{ alert: 'dispute-lapsed' }]);
    expect(await read()).toMatchObject({ state: 'partly-repaid', outstanding: usd('40.00') });
    expect(await left()).toBe('60.00');
    await dispute(people.regulator);
    advance(ledger, limits.disputeDays.bank + 1);
    // Only the due date has come meanwhile.
    await ledger.submit('repayClaim', people.bankA, {
      id: (await read()).id,
      idempotencyKey: freshKey(),
      amount: usd('40.00'),
      source: 'proceeds',
    });
    await refuses(ledger, 'NOT_EXPIRED', sweep);
    advance(ledger, limits.disputeDays.regulator);
    await sweep();
    expect(await read()).toMatchObject({ state: 'settled' });
  });

  it('is not opened before there is a claim to it or after its end', async () => {
    const { ledger, command, dispute } = await claimed('reserved');
    await ledger.submit('withdrawClaim', people.bankA, command());
    await refuses(ledger, 'INVALID_STATE', () => dispute());
    const loan = await disburse(ledger, claim(ledger, '10.00'));
    const repaid = {
      id: loan.id,
      idempotencyKey: freshKey(),
      amount: usd('10.00'),
      source: 'proceeds',
    } as const;
    await ledger.submit('repayClaim', people.bankA, repaid);
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit('disputeClaim', people.bankA, { id: loan.id, idempotencyKey: freshKey(), reason: 'r' }),
    );
  });
});
