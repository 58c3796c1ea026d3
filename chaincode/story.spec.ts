import type { LedgerError } from './errors.js';
import {
  claim,
  declaration,
  disburse,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from './testing/story.js';

describe('a receivable is pledged once', () => {
  it('plays the whole story', async () => {
    const ledger = await openLedger();
    const bill = invoice();
    await record(ledger, bill);
    const fact = await record(ledger, declaration({ cites: [{ type: 'tax-invoice', number: 'inv 001' }] }));

    // Two banks race for 60 of 100: both are endorsed against the same state, one commits.
    const first = await ledger.endorse('reserveClaims', people.bankA, { claims: [claim(ledger, '60.00')] });
    const second = await ledger.endorse('reserveClaims', people.bankB, { claims: [claim(ledger, '60.00')] });
    expect(ledger.commit(first)).toBe(true);
    expect(ledger.commit(second)).toBe(false);
    const retry: LedgerError = await refusal(ledger, () =>
      reserve(ledger, claim(ledger, '60.00'), people.bankB),
    );
    expect(retry.code).toBe('EXCEEDS_BALANCE');
    expect(retry.body.lines?.[0]?.remaining).toEqual(usd('40.00'));

    // The remainder, then nothing is left on either document of the goods.
    await reserve(ledger, claim(ledger, '40.00'), people.bankB);
    expect(await remainingOf(ledger, bill)).toBe('0.00');
    const onInvoice = claim(ledger, '1.00', {
      lines: [{ document: { type: 'tax-invoice', number: 'INV-001' }, amount: usd('1.00') }],
    });
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, onInvoice));
    const otherSpelling = claim(ledger, '1.00', {
      lines: [
        { document: { type: 'customs-declaration', number: '3101 2026 0516-789012' }, amount: usd('1.00') },
      ],
    });
    await refuses(ledger, 'EXCEEDS_BALANCE', () => reserve(ledger, otherSpelling));
    await refuses(ledger, 'APPLICANT_MISMATCH', () =>
      reserve(ledger, { ...claim(ledger, '1.00'), enterprise: otherExporter }),
    );

    // Lowered by customs: both banks alerted, nothing erased, no new draws.
    const { event } = await ledger.submit('amendFact', people.customs, {
      id: fact.id,
      changes: { total: usd('80.00') },
      reason: 'short shipped',
    });
    expect(event?.alerts).toEqual([
      {
        alert: 'overdrawn',
        claims: expect.arrayContaining([expect.any(String)]) as string[],
        facts: [fact.id],
      },
    ]);
    expect(event?.alerts[0]?.claims).toHaveLength(2);
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () => reserve(ledger, claim(ledger, '1.00')));
  });

  it('keeps the balance consumed after repayment from the proceeds', async () => {
    const ledger = await openLedger();
    await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    const repay = { id, amount: usd('60.00'), source: 'proceeds' } as const;
    const { answer } = await ledger.submit('repayClaim', people.bankA, {
      ...repay,
      idempotencyKey: freshKey(),
    });
    expect(answer).toMatchObject({ state: 'settled', outstanding: usd('0.00') });
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });
});
