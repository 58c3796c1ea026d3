import { jest } from '@jest/globals';
import type { ClaimInput, Input } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  disburse,
  freshKey,
  invoice,
  openLedger,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import { dateOf } from '../rules/dates.js';

const P = invoice({ number: 'P-1', total: usd('50.00') });
const Q = invoice({ number: 'Q-9', total: usd('80.00'), date: '2026-05-20' });
const named = ({ number }: { number: string }) => ({ type: 'tax-invoice', number }) as const;

/** A loan of 40.00 on each of two invoices to two debtors. */
async function lent() {
  const ledger = await openLedger();
  for (const fact of [P, Q]) await record(ledger, fact);
  const lines = [P, Q].map((fact) => ({ document: named(fact), amount: usd('40.00') }));
  const { id } = await disburse(ledger, claim(ledger, '80.00', { lines }));
  return { ledger, id, ...acts(ledger, id) };
}

/** A loan of 40.00 on one invoice of 80.00. */
async function lentOnOne(more: Partial<ClaimInput> = {}) {
  const ledger = await openLedger();
  await record(ledger, Q);
  const { id } = await disburse(ledger, onQ(ledger, '40.00', more));
  return { ledger, id, ...acts(ledger, id) };
}

const onQ = (ledger: FakeLedger, amount: string, more: Partial<ClaimInput> = {}) =>
  claim(ledger, amount, { lines: [{ document: named(Q), amount: usd(amount) }], ...more });

function acts(ledger: FakeLedger, id: string) {
  const repay = (amount: string, source: 'proceeds' | 'own-funds', more: Partial<Input<'repayClaim'>> = {}) =>
    ledger.submit('repayClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      amount: usd(amount),
      source,
      ...more,
    });
  const left = async () => [await remainingOf(ledger, P), await remainingOf(ledger, Q)];
  return { repay, left };
}

function advance(ledger: FakeLedger, days: number): void {
  ledger.now += days * day;
  jest.spyOn(Date, 'now').mockReturnValue(ledger.now);
}

describe('a repayment', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('from the proceeds names the invoice that its debtor paid, and uses up that one', async () => {
    const { ledger, repay, left } = await lent();
    await refuses(ledger, 'DOCUMENT_REQUIRED', () => repay('40.00', 'proceeds'));
    const stranger = { document: named(invoice({ number: 'X-3' })) };
    await refuses(ledger, 'DOCUMENT_NOT_CLAIMED', () => repay('40.00', 'proceeds', stranger));
    const { answer } = await repay('40.00', 'proceeds', { document: named(Q) });
    expect(answer).toMatchObject({ state: 'partly-repaid', outstanding: usd('40.00') });
    expect(answer.lines.map(({ outstanding }) => outstanding)).toEqual([usd('40.00'), usd('0.00')]);
    expect(answer.repayments).toMatchObject([{ source: 'proceeds', document: { number: 'Q9' } }]);
    // Of Q, which was paid, what nobody had lent on is left; P, which was not, comes back with the firm's own money.
    expect(await left()).toEqual(['10.00', '40.00']);
    expect((await repay('40.00', 'own-funds')).answer.state).toBe('settled');
    expect(await left()).toEqual(['50.00', '40.00']);
  });

  it('from the proceeds beyond what was lent on its invoice repays no other line', async () => {
    const { repay, left } = await lent();
    const { answer } = await repay('70.00', 'proceeds', { document: named(Q) });
    expect(answer).toMatchObject({ state: 'partly-repaid', outstanding: usd('40.00') });
    expect(answer.repayments).toMatchObject([{ amount: usd('70.00'), surplus: usd('30.00') }]);
    expect(await left()).toEqual(['10.00', '10.00']);
    const again = await repay('10.00', 'proceeds', { document: named(Q) });
    expect(again.answer).toMatchObject({ state: 'partly-repaid', outstanding: usd('40.00') });
    expect(again.answer.repayments[1]).toMatchObject({ surplus: usd('10.00') });
    expect(await left()).toEqual(['10.00', '0.00']);
  });

  it('of more than is owed, or of what was never lent, is refused of any other money', async () => {
    const { ledger, repay } = await lent();
    await refuses(ledger, 'OVERPAYMENT', () => repay('80.01', 'own-funds'));
    await refuses(ledger, 'OVERPAYMENT', () => repay('40.01', 'own-funds', { document: named(P) }));
    const { id } = await reserve(
      ledger,
      claim(ledger, '5.00', { lines: [{ document: named(Q), amount: usd('5.00') }] }),
    );
    const early = acts(ledger, id);
    await refuses(ledger, 'INVALID_STATE', () => early.repay('5.00', 'proceeds'));
  });

  it('from the proceeds is recorded after the settlement too, and uses up what is left', async () => {
    const { ledger, repay } = await lentOnOne();
    await repay('40.00', 'own-funds');
    expect(await remainingOf(ledger, Q)).toBe('80.00');
    const { answer, event } = await repay('80.00', 'proceeds');
    expect(answer).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect(answer.repayments[1]).toMatchObject({ amount: usd('80.00'), surplus: usd('80.00') });
    expect(event?.alerts ?? []).toEqual([]);
    expect(await remainingOf(ledger, Q)).toBe('0.00');
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onQ(ledger, '0.01'), people.bankB));
    // A second time it uses up nothing that is not there.
    await repay('80.00', 'proceeds');
    expect(await remainingOf(ledger, Q)).toBe('0.00');
    await refuses(ledger, 'INVALID_STATE', () => repay('1.00', 'own-funds'));
  });

  it('of what another bank has lent on takes nothing from that bank, and tells it', async () => {
    const { ledger, repay } = await lentOnOne();
    const other = await reserve(ledger, onQ(ledger, '30.00'), people.bankB);
    const { event } = await repay('80.00', 'proceeds');
    expect(event?.alerts).toMatchObject([{ alert: 'paid-elsewhere', claims: [other.id] }]);
    expect(await remainingOf(ledger, Q)).toBe('0.00');
    // Nobody's word makes another bank's claim overdrawn.
    await ledger.submit('acceptClaim', people.approverB, { id: other.id, idempotencyKey: freshKey() });
  });

  it('from own funds restores until the first due date, whatever has been extended since', async () => {
    const { ledger, id, repay } = await lentOnOne();
    await repay('10.00', 'own-funds');
    expect(await remainingOf(ledger, Q)).toBe('50.00');
    advance(ledger, 92);
    const sweep = { claims: [{ id }] };
    await ledger.submit('sweepClaims', people.bankA, sweep);
    const dueDate = dateOf(ledger.now + 30 * day);
    const extended = await ledger.submit('extendClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      dueDate,
    });
    expect(extended.answer).toMatchObject({
      state: 'partly-repaid',
      dueDate,
      firstDueDate: dateOf(ledger.now - 2 * day),
    });
    await repay('10.00', 'own-funds');
    expect(await remainingOf(ledger, Q)).toBe('50.00');
    // The bank that takes it over extends it once more: it is still late.
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    const taken = await ledger.submit('acceptTransfer', people.approverB, {
      id,
      idempotencyKey: freshKey(),
      applicationNumber: 'B-1',
    });
    const later = { id: taken.answer.id, idempotencyKey: freshKey(), dueDate: dateOf(ledger.now + 60 * day) };
    await ledger.submit('extendClaim', people.bankB, later);
    await ledger.submit('repayClaim', people.bankB, {
      id: taken.answer.id,
      idempotencyKey: freshKey(),
      amount: usd('20.00'),
      source: 'own-funds',
    });
    expect(await remainingOf(ledger, Q)).toBe('50.00');
  });
});

describe('a claim that ends long after its document was due', () => {
  const old = invoice({ number: 'OLD-1', date: '2016-03-01', details: { paymentDueDate: '2016-05-30' } });
  const onOld = (ledger: FakeLedger, more: Partial<ClaimInput> = {}) =>
    claim(ledger, '10.00', { lines: [{ document: named(old), amount: usd('10.00') }], ...more });

  it('needs a reason, which the regulator reads; every time anew', async () => {
    const ledger = await openLedger();
    await record(ledger, old);
    const error = await refusal(ledger, () => reserve(ledger, onOld(ledger)));
    expect([error.code, error.body.field]).toEqual(['REASON_REQUIRED', 'pastDueReason']);
    for (const turn of ['first', 'again']) {
      const input = onOld(ledger, { pastDueReason: `In litigation, ${turn}.` });
      const { answer, event } = await ledger.submit('reserveClaims', people.bankA, { claims: [input] });
      const [item] = answer.items;
      if (item?.status !== 'reserved') throw new Error('not reserved');
      expect(event?.alerts).toMatchObject([{ alert: 'past-due-financing', claims: [item.claim.id] }]);
      const seen = await ledger.endorse('readClaim', people.auditor, {
        id: item.claim.id,
        owner: 'BankAMSP',
      });
      expect(seen.answer.pastDueReason).toBe(`In litigation, ${turn}.`);
      await ledger.submit('withdrawClaim', people.bankA, { id: item.claim.id, idempotencyKey: freshKey() });
    }
  });

  it('needs one also when only an extension makes it so', async () => {
    const ledger = await openLedger();
    const due = dateOf(ledger.now + 60 * day);
    await record(ledger, invoice({ number: 'NEW-1', details: { paymentDueDate: due } }));
    const lines = [{ document: named(invoice({ number: 'NEW-1' })), amount: usd('10.00') }];
    const { id } = await disburse(ledger, claim(ledger, '10.00', { lines }));
    const extend = (days: number, more: object = {}) =>
      ledger.submit('extendClaim', people.bankA, {
        id,
        idempotencyKey: freshKey(),
        dueDate: dateOf(ledger.now + days * day),
        ...more,
      });
    await extend(150);
    await refuses(ledger, 'REASON_REQUIRED', () => extend(151));
    const { answer, event } = await extend(151, { pastDueReason: 'The buyer pays by instalments.' });
    expect(answer.pastDueReason).toBe('The buyer pays by instalments.');
    expect(event?.alerts).toMatchObject([{ alert: 'past-due-financing', claims: [id] }]);
  });
});
