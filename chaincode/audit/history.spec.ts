import { createHash } from 'node:crypto';
import { claim, declaration, disburse, openLedger, people, record, refuses } from '../testing/story.js';

describe('histories', () => {
  it('prove every private version against its hash, with transaction and time', async () => {
    const ledger = await openLedger();
    const fact = await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    const { answer } = await ledger.endorse('readClaimHistory', people.auditor, { id, owner: 'BankAMSP' });
    expect(answer.versions.map(({ seq, state }) => [seq, state])).toEqual([
      [1, 'reserved'],
      [2, 'accepted'],
      [3, 'disbursed'],
    ]);
    for (const { stored = '', hash, transactionId } of answer.versions) {
      expect(createHash('sha256').update(stored).digest('hex')).toBe(hash);
      expect(transactionId).toMatch(/^[0-9a-f]{64}$/);
    }
    const facts = await ledger.endorse('readFactHistory', people.customs, { id: fact.id });
    expect(facts.answer.versions).toMatchObject([{ seq: 1, state: 'active', collection: 'registry' }]);
  });

  it('are not for other banks, nor for other authorities', async () => {
    const ledger = await openLedger();
    const fact = await record(ledger, declaration());
    const { id } = await disburse(ledger, claim(ledger, '60.00'));
    await refuses(ledger, 'CLAIM_NOT_FOUND', () =>
      ledger.endorse('readClaimHistory', people.bankB, { id, owner: 'BankAMSP' }),
    );
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.endorse('readFactHistory', people.tax, { id: fact.id }),
    );
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.endorse('readFact', people.otherExporter, { id: fact.id }),
    );
    expect((await ledger.endorse('readFact', people.exporter, { id: fact.id })).answer.number).toBe(
      declaration().number,
    );
  });
});
