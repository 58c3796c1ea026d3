import { jest } from '@jest/globals';
import type { FakeLedger } from '../testing/fake-ledger.js';
import { dateOf } from '../rules/dates.js';
import { limits } from '../schemas.js';
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

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const rate = (ledger: FakeLedger, dollar: string, age = 0) =>
  ledger.submit('publishRates', people.regulator, {
    base: 'CNY',
    date: dateOf(ledger.now - age * day),
    rates: [{ currency: 'USD', rate: dollar }],
  });

async function withClaim(amount = '60.00') {
  const ledger = await openLedger();
  const fact = await record(ledger, declaration());
  const { id } = await reserve(ledger, claim(ledger, amount));
  return { ledger, fact: fact.id, ...steps(ledger, id) };
}

function steps(ledger: FakeLedger, id: string) {
  const command = () => ({ id, idempotencyKey: freshKey() });
  return {
    id,
    accept: () => ledger.submit('acceptClaim', people.approverA, command()),
    payOut: () => ledger.submit('disburseClaim', people.bankA, command()),
    sweep: () => ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] }),
  };
}

function advance(ledger: FakeLedger, days: number): void {
  ledger.now += days * day;
  jest.spyOn(Date, 'now').mockReturnValue(ledger.now);
}

const cancel = (ledger: FakeLedger, id: string) =>
  ledger.submit('cancelFact', people.customs, { id, reason: 'Never shipped.' });
const lower = (ledger: FakeLedger, id: string, total: string) =>
  ledger.submit('amendFact', people.customs, {
    id,
    changes: { total: usd(total) },
    reason: 'Short shipment.',
  });

describe('a step towards money', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(['accept', 'payOut'] as const)('%s is refused on a document that was cancelled', async (step) => {
    const made = await withClaim();
    if (step === 'payOut') await made.accept();
    await cancel(made.ledger, made.fact);
    await refuses(made.ledger, 'FACT_CANCELLED', made[step]);
  });

  it.each(['accept', 'payOut'] as const)(
    '%s is refused on a document that was lowered, as long as it is',
    async (step) => {
      const made = await withClaim();
      if (step === 'payOut') await made.accept();
      await lower(made.ledger, made.fact, '59.99');
      await refuses(made.ledger, 'UNDERLYING_OVERDRAWN', made[step]);
      await lower(made.ledger, made.fact, '60.00');
      await made[step]();
    },
  );

  it('is not taken after the due date, and what was not paid out lapses', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const short = claim(ledger, '60.00', { dueDate: dateOf(ledger.now + 3 * day) });
    const { accept, payOut, sweep, id } = steps(ledger, (await reserve(ledger, short)).id);
    const { answer } = await accept();
    expect(answer.expiresAt?.slice(0, 10)).toBe(short.dueDate);
    advance(ledger, 4);
    await refuses(ledger, 'DUE_DATE_PASSED', payOut);
    expect((await sweep()).answer.items).toMatchObject([{ id, state: 'expired' }]);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('is not taken when a promise is weeks old, whether or not anybody has swept it', async () => {
    const { ledger, accept, payOut } = await withClaim();
    await accept();
    advance(ledger, limits.payoutDays.byDefault - 1);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    advance(ledger, 2);
    await refuses(ledger, 'RESERVATION_EXPIRED', payOut);
    await reserve(ledger, claim(ledger, '100.00'), people.bankB);
    await refuses(ledger, 'RESERVATION_EXPIRED', payOut);
  });

  it('of a bank that takes a loan over is one', async () => {
    const ledger = await openLedger();
    const fact = await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    await cancel(ledger, fact.id);
    const take = { id, idempotencyKey: freshKey(), applicationNumber: 'B-1' };
    await refuses(ledger, 'FACT_CANCELLED', () => ledger.submit('acceptTransfer', people.approverB, take));
  });

  it('does not let a loan without any receivable left stand in the way of its transfer', async () => {
    const ledger = await openLedger();
    const facts = [declaration(), declaration({ number: '221820260000000017' })];
    for (const fact of facts) await record(ledger, fact);
    const lines = facts.map(({ number }) => ({
      document: { type: 'customs-declaration', number } as const,
      amount: usd('10.00'),
    }));
    const { id } = await disburse(ledger, claim(ledger, '20.00', { lines }));
    const [{ document } = { document: undefined }] = lines;
    const repayment = {
      id,
      idempotencyKey: freshKey(),
      amount: usd('10.00'),
      source: 'proceeds',
      document,
    } as const;
    await ledger.submit('repayClaim', people.bankA, repayment);
    await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
    const take = { id, idempotencyKey: freshKey(), applicationNumber: 'B-1' };
    expect((await ledger.submit('acceptTransfer', people.approverB, take)).answer.state).toBe(
      'partly-repaid',
    );
  });
});

describe('a step towards money in another currency', () => {
  /** A claim of 600 yuan on a declaration of 100.00 dollars. */
  async function inYuan(dollar: string, amount = '600.00', ageOfRate = 0) {
    const ledger = await openLedger();
    await record(ledger, declaration());
    await rate(ledger, dollar, ageOfRate);
    const document = { type: 'customs-declaration', number: declaration().number } as const;
    const input = claim(ledger, amount, {
      amount: yuan(amount),
      lines: [{ document, amount: yuan(amount) }],
    });
    return { ledger, ...steps(ledger, (await reserve(ledger, input)).id) };
  }

  it.each(['accept', 'payOut'] as const)('%s asks again at the rate in force', async (step) => {
    const made = await inYuan('8.00', '800.00');
    if (step === 'payOut') await made.accept();
    await rate(made.ledger, '7.99');
    await refuses(made.ledger, 'EXCEEDS_BALANCE', made[step]);
    await rate(made.ledger, '8.00');
    await made[step]();
  });

  it('draws the difference where there is room, and gives nothing back where the rate helps', async () => {
    const { ledger, accept, payOut } = await inYuan('8.00');
    expect(await remainingOf(ledger, declaration())).toBe('25.00');
    await rate(ledger, '7.50');
    const { answer } = await accept();
    expect(answer.lines).toMatchObject([{ drawn: usd('80.00'), outstanding: yuan('600.00') }]);
    expect(answer.lines[0]?.rate?.denominator).toBe('750000000000000');
    expect(await remainingOf(ledger, declaration())).toBe('20.00');
    await rate(ledger, '8.00');
    expect((await payOut()).answer.lines).toMatchObject([{ drawn: usd('80.00') }]);
  });

  it('is not taken at a rate that is too old', async () => {
    const { ledger, accept, payOut } = await inYuan('8.00', '600.00', 30);
    advance(ledger, 2);
    await accept();
    advance(ledger, 4);
    await refuses(ledger, 'RATE_STALE', payOut);
    await rate(ledger, '8.00');
    await payOut();
  });
});
