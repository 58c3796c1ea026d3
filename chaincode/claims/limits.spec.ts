import { limits } from '../api.js';
import { claim, declaration, openLedger, people, record, refuses, reserve } from '../testing/story.js';

describe('limits', () => {
  it('bound the live claims on one trade, however small they are', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const claims = Array.from({ length: limits.drawsPerUnderlying }, () => claim(ledger, '0.01'));
    const { answer } = await ledger.submit('reserveClaims', people.bankA, { claims });
    expect(answer.items.every(({ status }) => status === 'reserved')).toBe(true);
    await refuses(ledger, 'TOO_MANY_DRAWS', () => reserve(ledger, claim(ledger, '0.01')));
  });

  it('bound the lines of a claim', async () => {
    const ledger = await openLedger();
    const [line] = claim(ledger, '0.01').lines;
    if (line === undefined) throw new Error('no line');
    const lines = Array.from({ length: limits.linesPerClaim + 1 }, () => line);
    await refuses(ledger, 'INPUT_INVALID', () => reserve(ledger, claim(ledger, '0.51', { lines })));
  });
});
