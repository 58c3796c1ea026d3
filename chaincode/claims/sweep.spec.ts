import { jest } from '@jest/globals';
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

/** Moves the proposal's time and the endorser's clock together. */
function advance(ledger: FakeLedger, milliseconds: number): void {
  ledger.now += milliseconds;
  jest.spyOn(Date, 'now').mockReturnValue(ledger.now);
}

async function ledgerWithDeclaration(): Promise<FakeLedger> {
  const ledger = await openLedger();
  await record(ledger, declaration());
  return ledger;
}

describe('time', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('expires a reservation, not before', async () => {
    const ledger = await ledgerWithDeclaration();
    const { id } = await reserve(ledger, claim(ledger, '60.00'));
    await refuses(ledger, 'NOT_EXPIRED', () =>
      ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] }),
    );
    advance(ledger, 3 * day + 10 * 60_000);
    const accept = { id, idempotencyKey: freshKey() };
    await refuses(ledger, 'RESERVATION_EXPIRED', () =>
      ledger.submit('acceptClaim', people.approverA, accept),
    );
    const { answer, event } = await ledger.submit('sweepClaims', people.regulator, {
      claims: [{ id, owner: 'BankAMSP' }],
    });
    expect(answer.items).toEqual([{ index: 0, status: 'swept', id, state: 'expired' }]);
    expect(event?.alerts).toEqual([{ alert: 'expired', claims: [id] }]);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('frees the balance of a lapsed reservation for the next claim, swept or not', async () => {
    const ledger = await ledgerWithDeclaration();
    const squatter = await reserve(ledger, claim(ledger, '100.00'));
    advance(ledger, 3 * day + 10 * 60_000);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
    await reserve(ledger, claim(ledger, '100.00'), people.bankB);
    const { answer } = await ledger.submit('sweepClaims', people.bankA, { claims: [{ id: squatter.id }] });
    expect(answer.items[0]).toMatchObject({ state: 'expired' });
    expect(await remainingOf(ledger, declaration())).toBe('0.00');
  });

  it('makes a loan overdue, which can still be repaid; own funds no longer restore', async () => {
    const ledger = await ledgerWithDeclaration();
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    advance(ledger, 92 * day);
    const { answer } = await ledger.submit('sweepClaims', people.bankA, { claims: [{ id }] });
    expect(answer.items[0]).toMatchObject({ state: 'overdue' });
    const repay = { id, idempotencyKey: freshKey(), amount: usd('60.00'), source: 'own-funds' } as const;
    expect((await ledger.submit('repayClaim', people.bankA, repay)).answer.state).toBe('settled');
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });
});
