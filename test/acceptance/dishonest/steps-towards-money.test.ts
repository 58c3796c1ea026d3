import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { BlockReader } from '../support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, type BankPeople } from '../support/consortium.js';
import { claim, declaration, inDays, record, reference, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { disburse, reserve } from '../support/steps.js';

/** Every step that moves towards money asks again whether the documents still stand. */
describe('a claim', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let customs: Client;
  beforeAll(async () => {
    [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
    customs = await customsOfficer();
  });
  afterAll(() => {
    reader.close();
  });

  async function reserved(state: 'reserved' | 'accepted') {
    const fact = declaration();
    const document = await record(customs, fact);
    const id = await reserve(a, reference(fact), usd('600.00'));
    if (state === 'accepted') await a.approver.post(`/claims/${id}/acceptance`, {});
    const step = () =>
      state === 'reserved'
        ? a.approver.post(`/claims/${id}/acceptance`, {})
        : a.officer.post(`/claims/${id}/disbursement`, {});
    return { id, document, fact, step };
  }

  it.each(['reserved', 'accepted'] as const)(
    'that is %s goes no further on a cancelled document',
    async (state) => {
      const { id, document, step } = await reserved(state);
      expect(
        (await customs.post(`/facts/${document}/cancellation`, { reason: 'Never shipped.' })).status,
      ).toBe(200);
      await expectRefused(reader, step, { status: 409, code: 'FACT_CANCELLED' });
      expect((await a.officer.get(`/claims/${id}`)).body).toMatchObject({ state });
    },
  );

  it.each(['reserved', 'accepted'] as const)(
    'that is %s goes no further on a lowered document',
    async (state) => {
      const { document, step } = await reserved(state);
      const lower = (amount: string) =>
        customs.request('PATCH', `/facts/${document}`, {
          body: { changes: { total: usd(amount) }, reason: 'Short shipment.' },
        });
      expect((await lower('599.99')).status).toBe(200);
      await expectRefused(reader, step, { status: 409, code: 'UNDERLYING_OVERDRAWN' });
      expect((await lower('600.00')).status).toBe(200);
      expect((await step()).status).toBe(200);
    },
  );

  it('on a document that was cancelled is not taken over by another bank', async () => {
    const fact = declaration();
    const document = await record(customs, fact);
    const id = await disburse(a, reference(fact), usd('600.00'));
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' })).status).toBe(200);
    await customs.post(`/facts/${document}/cancellation`, { reason: 'Never shipped.' });
    const take = () =>
      b.approver.post(`/claims/${id}/transfer/acceptance`, { applicationNumber: `TAKEN-${fact.number}` });
    await expectRefused(reader, take, { status: 409, code: 'FACT_CANCELLED' });
  });

  it('bears an application number that no other live claim of its bank bears', async () => {
    const fact = declaration();
    await record(customs, fact);
    const applicationNumber = `No ${fact.number}`;
    const under = (spelled: string) => claim(reference(fact), usd('10.00'), { applicationNumber: spelled });
    const id = await reserve(a, reference(fact), usd('10.00'), { applicationNumber });
    for (const spelled of [applicationNumber, applicationNumber.toUpperCase().replace(' ', '')]) {
      await expectRefused(reader, () => a.officer.post('/claims', under(spelled)), {
        status: 409,
        code: 'APPLICATION_EXISTS',
        field: /applicationNumber/,
      });
    }
    expect((await b.officer.post('/claims', under(applicationNumber))).status).toBe(201);
    await a.officer.post(`/claims/${id}/withdrawal`, {});
    expect((await a.officer.post('/claims', under(applicationNumber))).status).toBe(201);
  });

  it('of one cent is not reserved so often that other banks find no place', async () => {
    const fact = declaration();
    await record(customs, fact);
    const claims = Array.from({ length: 70 }, () => claim(reference(fact), usd('1.00')));
    const { body } = await a.officer.post('/claims/batch', { claims });
    const text = JSON.stringify(body);
    expect(text.match(/"status":"reserved"/g)).toHaveLength(64);
    expect(text.match(/"status":"refused"/g)).toHaveLength(6);
    expect(text).toContain('TOO_MANY_RESERVATIONS');
    expect((await b.officer.post('/claims', claim(reference(fact), usd('936.00')))).status).toBe(201);
  });

  it('that ends long after its document was due says why, and the regulator reads it', async () => {
    const fact = declaration({ date: '2016-03-01', details: { paymentDueDate: '2016-05-30' } });
    await record(customs, fact);
    const longAfter = { dueDate: inDays(1800) };
    await expectRefused(
      reader,
      () => a.officer.post('/claims', claim(reference(fact), usd('10.00'), longAfter)),
      {
        status: 422,
        code: 'REASON_REQUIRED',
        field: /pastDueReason/,
      },
    );
    const pastDueReason = 'The buyer pays after the arbitration.';
    const id = await reserve(a, reference(fact), usd('10.00'), { ...longAfter, pastDueReason });
    const regulator = await auditor();
    expect((await regulator.get(`/claims/${id}`)).body).toMatchObject({ pastDueReason });
    const alerts = JSON.stringify((await regulator.get('/alerts?limit=100')).body);
    expect(alerts).toContain('past-due-financing');
    expect(alerts).toContain(id);
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: usd('990.00') });
  });
});
