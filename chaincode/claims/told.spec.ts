import {
  claim,
  declaration,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  reserve,
  usd,
} from '../testing/story.js';
import type { ClaimInput } from '../api.js';

/** A ledger on which banks do not verify by themselves. */
async function ledgerOfDeclaration() {
  const ledger = await openLedger();
  ledger.banksVerify = false;
  await record(ledger, declaration());
  return ledger;
}

const verification = {
  document: { type: 'customs-declaration' as const, number: declaration().number },
  particulars: { enterprise: { scheme: 'USCC' as const, id: people.exporter.uscc }, total: usd('100.00') },
};

describe('what a refused claim tells', () => {
  const huge = '9999999999999.00';

  it('is the same of a document that is there, one of another firm, a cancelled one and none', async () => {
    const ledger = await ledgerOfDeclaration();
    const cancelled = declaration({ number: '310120260516789013' });
    const { id } = await record(ledger, cancelled);
    await ledger.submit('cancelFact', people.customs, { id, reason: 'r' });
    const lineOn = (number: string): ClaimInput['lines'] => [
      { document: { type: 'customs-declaration', number }, amount: usd(huge) },
    ];
    const attempts: ClaimInput[] = [
      claim(ledger, huge),
      claim(ledger, huge, { enterprise: otherExporter }),
      claim(ledger, huge, { lines: lineOn(cancelled.number) }),
      claim(ledger, huge, { lines: lineOn('310120260516789019') }),
    ];
    const answers = [];
    for (const input of attempts) {
      const { code, body } = await refusal(ledger, () => reserve(ledger, input));
      answers.push(JSON.stringify([code, body]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('NOT_VERIFIED');
    expect(answers[0]).not.toContain('remaining');
  });

  it('never is what is left, to who has not verified', async () => {
    const ledger = await ledgerOfDeclaration();
    await reserve(ledger, claim(ledger, '60.00'), people.bankB);
    const { code, body } = await refusal(ledger, () => reserve(ledger, claim(ledger, '50.00')));
    expect([code, body.lines]).toEqual([
      'EXCEEDS_BALANCE',
      [{ list: 'lines', line: 0, code: 'EXCEEDS_BALANCE', detail: expect.any(String) as string }],
    ]);
  });

  it('is what is left, to the bank that has verified this version, and to no other', async () => {
    const ledger = await ledgerOfDeclaration();
    const { answer } = await ledger.endorse('verifyDocument', people.bankA, verification);
    const proven = () => claim(ledger, huge, { verified: [answer.proof ?? ''] });
    const told = await refusal(ledger, () => reserve(ledger, proven()));
    expect(told.body.lines).toMatchObject([{ code: 'EXCEEDS_BALANCE', remaining: usd('100.00') }]);
    const other = await refusal(ledger, () => reserve(ledger, proven(), people.bankB));
    expect(other.code).toBe('NOT_VERIFIED');
    const wrong = { ...verification, particulars: { ...verification.particulars, total: usd('99.00') } };
    expect((await ledger.endorse('verifyDocument', people.bankA, wrong)).answer.proof).toBeUndefined();
  });

  it('does not change by a verification that comes between two requests under one key', async () => {
    const ledger = await ledgerOfDeclaration();
    const input = claim(ledger, '50.00');
    const first = await reserve(ledger, input);
    const { answer } = await ledger.endorse('verifyDocument', people.bankA, verification);
    expect(await reserve(ledger, { ...input, verified: [answer.proof ?? ''] })).toEqual(first);
  });
});
