import { randomUUID } from 'node:crypto';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, customsOfficer, type BankPeople } from '../support/consortium.js';
import { claim, declaration, inDays, record, reference, usd, verify } from '../support/documents.js';
import { LedgerClient, verdictsOn } from '../support/ledger-client.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse } from '../support/steps.js';

describe('a stale claim', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
  });
  afterAll(() => {
    reader.close();
  });

  it('again after the repayment', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const id = await disburse(a, reference(fact), usd('1000.00'));
    await a.officer.post(`/claims/${id}/repayments`, { amount: usd('1000.00'), source: 'proceeds' });
    for (const { officer } of [a, b]) {
      await expectRefused(reader, () => officer.post('/claims', claim(reference(fact), usd('0.01'))), {
        status: 409,
        code: 'EXCEEDS_BALANCE',
      });
    }
  });

  // The clock of a running consortium is put past the due date in test/time.
  it('after the due date', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    for (const dueDate of [inDays(-1), inDays(0)]) {
      const body = claim(reference(fact), usd('1.00'), { dueDate });
      await expectRefused(reader, () => a.officer.post('/claims', body), {
        status: 422,
        code: 'DUE_DATE_INVALID',
      });
    }
  });

  it('on a document that was cancelled between endorsement and commit', async () => {
    const customs = await customsOfficer();
    const fact = declaration();
    const id = await record(customs, fact);
    await reader.everyPeerHasAll();
    const direct = await LedgerClient.open(consortium(), 'BankAMSP', 'officer');
    try {
      const endorsed = await direct.endorse('reserveClaims', {
        claims: [{ ...claim(reference(fact), usd('500.00')), idempotencyKey: randomUUID() }],
      });
      const cancelled = await customs.post(`/facts/${id}/cancellation`, { reason: 'Never shipped.' });
      expect(cancelled.status).toBe(200);
      const from = await reader.height();
      await direct.order(endorsed);
      expect(await verdictsOn(reader, endorsed, from)).toEqual(['MVCC_READ_CONFLICT']);
    } finally {
      direct.close();
    }
    expect((await verify(a.officer, fact)).body).toMatchObject({ result: 'cancelled' });
    await expectRefused(reader, () => a.officer.post('/claims', claim(reference(fact), usd('500.00'))), {
      status: 409,
      code: 'FACT_CANCELLED',
    });
  });
});
