import type { Input } from '../api.js';
import { limits } from '../schemas.js';
import { dateOf, instantText } from '../rules/dates.js';
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

async function withClaim(amount = '60.00') {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await reserve(ledger, claim(ledger, amount));
  return { ledger, id, command: () => ({ id, idempotencyKey: freshKey() }) };
}

async function withLoan(amount = '60.00') {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const { id } = await disburse(ledger, claim(ledger, amount));
  const repay = (part: string, source: 'proceeds' | 'own-funds'): Input<'repayClaim'> => ({
    id,
    idempotencyKey: freshKey(),
    amount: usd(part),
    source,
  });
  return { ledger, id, repay, command: () => ({ id, idempotencyKey: freshKey() }) };
}

describe('accepting', () => {
  it('takes a second person, an approver', async () => {
    const { ledger, command } = await withClaim();
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('acceptClaim', people.bankA, command()));
    const promoted = { ...people.bankA, role: 'approver' };
    await refuses(ledger, 'FOUR_EYES', () => ledger.submit('acceptClaim', promoted, command()));
    const { answer, writes } = await ledger.submit('acceptClaim', people.approverA, command());
    expect(answer).toMatchObject({ state: 'accepted', seq: 2 });
    // From hours to be confirmed to weeks to be paid out.
    expect(answer.expiresAt).toBe(instantText(ledger.now + limits.payoutDays.byDefault * day));
    expect(writes.size).toBe(4);
  });

  it('is not another bank’s to do', async () => {
    const { ledger, command } = await withClaim();
    await refuses(ledger, 'CLAIM_NOT_FOUND', () => ledger.submit('acceptClaim', people.approverB, command()));
  });

  it('carries out a repeated command once, and refuses its key for another command', async () => {
    const { ledger, command, id } = await withClaim();
    const once = command();
    const first = await ledger.submit('acceptClaim', people.approverA, once);
    const second = await ledger.submit('acceptClaim', people.approverA, once);
    expect(second.answer).toEqual(first.answer);
    expect(second.writes.size).toBe(0);
    const other = { ...once, id, reason: 'r' };
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('withdrawClaim', people.bankA, other),
    );
  });
});

describe('giving up before disbursement', () => {
  it.each(['withdrawClaim', 'rejectClaim'] as const)('%s restores the balance', async (verb) => {
    const { ledger, command } = await withClaim();
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    await ledger.submit(verb, people.bankA, { ...command(), reason: 'r' });
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit(verb, people.bankA, { ...command(), reason: 'r' }),
    );
  });
});

describe('disbursing', () => {
  it('needs an accepted claim, and holds its documents for as long as the loan runs', async () => {
    const { ledger, command } = await withClaim();
    await refuses(ledger, 'INVALID_STATE', () => ledger.submit('disburseClaim', people.bankA, command()));
    await ledger.submit('acceptClaim', people.approverA, command());
    const { writes, answer } = await ledger.submit('disburseClaim', people.bankA, {
      ...command(),
      reference: 'MT103-1',
    });
    expect([...writes.keys()].filter((key) => key.startsWith('registry/'))).toHaveLength(1);
    expect(answer).toMatchObject({ state: 'disbursed', reference: 'MT103-1' });
    expect([answer.expiresAt, answer.paidOutAt]).toEqual([undefined, instantText(ledger.now)]);
    await refuses(ledger, 'INVALID_STATE', () => ledger.submit('withdrawClaim', people.bankA, command()));
  });
});

describe('repaying', () => {
  it('consumes for good what came from the proceeds, restores what came from own funds', async () => {
    const { ledger, repay } = await withLoan();
    const part = await ledger.submit('repayClaim', people.bankA, repay('20.00', 'proceeds'));
    expect(part.answer).toMatchObject({ state: 'partly-repaid', outstanding: usd('40.00') });
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const rest = await ledger.submit('repayClaim', people.bankA, repay('40.00', 'own-funds'));
    expect(rest.answer.state).toBe('settled');
    expect(await remainingOf(ledger, declaration())).toBe('80.00');
  });

  it('refuses more than is outstanding, another currency, nothing, and a claim not paid out', async () => {
    const { ledger, repay } = await withLoan();
    const submit = (input: Input<'repayClaim'>) => () => ledger.submit('repayClaim', people.bankA, input);
    await refuses(ledger, 'OVERPAYMENT', submit(repay('60.01', 'own-funds')));
    await refuses(ledger, 'AMOUNT_NOT_POSITIVE', submit(repay('0', 'proceeds')));
    const euros = { ...repay('1', 'proceeds'), amount: { amount: '1', currency: 'EUR' } };
    await refuses(ledger, 'CURRENCY_MIXED', submit(euros));
    const reserved = await reserve(ledger, claim(ledger, '10.00'));
    await refuses(ledger, 'INVALID_STATE', submit({ ...repay('1', 'proceeds'), id: reserved.id }));
  });

  it('commits one of two repayments of the whole that are endorsed at once', async () => {
    const { ledger, repay } = await withLoan();
    const [one, two] = await Promise.all([
      ledger.endorse('repayClaim', people.bankA, repay('60.00', 'proceeds')),
      ledger.endorse('repayClaim', people.bankA, repay('60.00', 'proceeds')),
    ]);
    expect([ledger.commit(one), ledger.commit(two)]).toEqual([true, false]);
  });
});

describe('extending', () => {
  it('prolongs a reservation twice, within the longest life', async () => {
    const { ledger, command } = await withClaim();
    const extend = (hours: number) => () =>
      ledger.submit('extendClaim', people.bankA, { ...command(), hours });
    await refuses(ledger, 'EXPIRY_INVALID', extend(100));
    await extend(24)();
    expect((await extend(24)()).answer.extensions).toBe(2);
    await refuses(ledger, 'EXTENSION_LIMIT', extend(24));
  });

  it('moves the due date of a loan, forwards only', async () => {
    const { ledger, command } = await withLoan();
    const extend = (dueDate: string) => () =>
      ledger.submit('extendClaim', people.bankA, { ...command(), dueDate });
    await refuses(ledger, 'DUE_DATE_INVALID', extend('2020-01-01'));
    const later = dateOf(ledger.now + 100 * day);
    expect((await extend(later)()).answer).toMatchObject({ dueDate: later, state: 'disbursed' });
    await refuses(ledger, 'INPUT_INVALID', () => ledger.submit('extendClaim', people.bankA, command()));
  });
});
