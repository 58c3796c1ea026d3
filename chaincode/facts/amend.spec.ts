import {
  claim,
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

describe('amending and cancelling facts', () => {
  it('keeps every version and moves the balance', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    const change = { id, expectedVersion: 1, changes: { total: usd('150.00') }, reason: 'second container' };
    const { answer, writes } = await ledger.submit('amendFact', people.customs, change);
    expect(answer).toMatchObject({
      version: 2,
      status: 'amended',
      total: usd('150.00'),
      payable: usd('150.00'),
    });
    expect(writes.has(`registry/F~${id}~2`)).toBe(true);
    expect(writes.has(`registry/F~${id}~1`)).toBe(false);
    expect(await remainingOf(ledger, declaration({ total: usd('150.00') }))).toBe('150.00');
    await refuses(ledger, 'VERSION_CONFLICT', () => ledger.submit('amendFact', people.customs, change));
  });

  it('refuses another currency, another authority, an unknown fact', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    const euros = { id, changes: { total: { amount: '1', currency: 'EUR' } }, reason: 'r' };
    await refuses(ledger, 'CURRENCY_MIXED', () => ledger.submit('amendFact', people.customs, euros));
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('cancelFact', people.tax, { id, reason: 'r' }),
    );
    const unknown = { id: 'f'.repeat(64), reason: 'r' };
    await refuses(ledger, 'FACT_NOT_FOUND', () => ledger.submit('cancelFact', people.customs, unknown));
  });

  it('cancels after use: nothing is erased, holders are alerted, repayment out of own funds clears it', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    const loan = await disburse(ledger, claim(ledger, '60.00'));
    const { event, writes } = await ledger.submit('cancelFact', people.customs, {
      id,
      reason: 'never exported',
    });
    expect(event?.alerts).toEqual([{ alert: 'overdrawn', claims: [loan.id], facts: [id] }]);
    expect([...writes.keys()].some((key) => key.includes('C~') || key.includes('claim~'))).toBe(false);
    await refuses(ledger, 'FACT_CANCELLED', () => reserve(ledger, claim(ledger, '1.00')));
    await refuses(ledger, 'FACT_CANCELLED', () =>
      ledger.submit('cancelFact', people.customs, { id, reason: 'again' }),
    );
    const repayment = {
      id: loan.id,
      idempotencyKey: freshKey(),
      amount: usd('60.00'),
      source: 'own-funds',
    } as const;
    const cleared = await ledger.submit('repayClaim', people.bankA, repayment);
    expect(cleared.event?.alerts).toEqual([{ alert: 'overdrawn-cleared' }]);
  });

  it('clears an overdrawn trade when part is repaid out of own funds', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    const loan = await disburse(ledger, claim(ledger, '60.00'));
    await ledger.submit('amendFact', people.customs, {
      id,
      changes: { total: usd('50.00') },
      reason: 'short',
    });
    const repayment = {
      id: loan.id,
      idempotencyKey: freshKey(),
      amount: usd('10.00'),
      source: 'own-funds',
    } as const;
    const { event } = await ledger.submit('repayClaim', people.bankA, repayment);
    expect(event?.alerts).toEqual([{ alert: 'overdrawn-cleared', claims: [loan.id] }]);
  });

  it('records a cancelled document again as its next version, with everything drawn on it', async () => {
    const ledger = await openLedger();
    const { id } = await record(ledger, declaration());
    await disburse(ledger, claim(ledger, '60.00'));
    await ledger.submit('cancelFact', people.customs, { id, reason: 'typing error' });
    const again = await record(ledger, declaration());
    expect(again).toMatchObject({ id, version: 3, status: 'active' });
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });
});
