import { jest } from '@jest/globals';
import { limits } from '../api.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  firstReserved,
  freshKey,
  openLedger,
  people,
  record,
  refuses,
  reserve,
} from '../testing/story.js';

describe('limits', () => {
  const many = (ledger: FakeLedger, count: number) =>
    Array.from({ length: count }, () => claim(ledger, '0.01'));

  it('bound the claims of one bank on one trade that are not paid out, also within a batch', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const claims = many(ledger, limits.reservationsPerBank + 1);
    const { answer } = await ledger.submit('reserveClaims', people.bankA, { claims });
    expect(answer.items.filter(({ status }) => status === 'reserved')).toHaveLength(
      limits.reservationsPerBank,
    );
    expect(answer.items.at(-1)).toMatchObject({ status: 'refused', code: 'TOO_MANY_RESERVATIONS' });
    await refuses(ledger, 'TOO_MANY_RESERVATIONS', () => reserve(ledger, claim(ledger, '0.01')));
    const id = firstReserved(answer).id;
    await ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    await refuses(ledger, 'TOO_MANY_RESERVATIONS', () => reserve(ledger, claim(ledger, '0.01')));
    await ledger.submit('disburseClaim', people.bankA, { id, idempotencyKey: freshKey() });
    await reserve(ledger, claim(ledger, '0.01'));
    await reserve(ledger, claim(ledger, '0.01'), people.bankB);
  });

  it('bound the live claims on one trade, however small they are', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    // One bank in place of the eight that it takes.
    const lifted = jest.replaceProperty(limits, 'reservationsPerBank', limits.drawsPerUnderlying as never);
    const claims = many(ledger, limits.drawsPerUnderlying);
    const { answer } = await ledger.submit('reserveClaims', people.bankA, { claims });
    lifted.restore();
    expect(answer.items.every(({ status }) => status === 'reserved')).toBe(true);
    await refuses(ledger, 'TOO_MANY_DRAWS', () => reserve(ledger, claim(ledger, '0.01'), people.bankB));
  });

  it('bound the lines of a claim', async () => {
    const ledger = await openLedger();
    const [line] = claim(ledger, '0.01').lines;
    if (line === undefined) throw new Error('no line');
    const lines = Array.from({ length: limits.linesPerClaim + 1 }, () => line);
    await refuses(ledger, 'INPUT_INVALID', () => reserve(ledger, claim(ledger, '0.51', { lines })));
  });
});
