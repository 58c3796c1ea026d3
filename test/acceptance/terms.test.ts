import { randomInt } from 'node:crypto';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, inDays, record, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { insuredTrade, insurer, insurerApprover } from './support/insured-trade.js';
import { expectRefused } from './support/nothing-written.js';
import { waitingAt } from './support/waiting-at.js';

/** Issue 12, points 5 and 7: what a loan costs, and what two people of an authority do. */
describe('the terms of a claim', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let exporter: Client;
  let regulator: Client;
  beforeAll(async () => {
    [reader, a, b, exporter, regulator] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('EnterpriseMSP', 'exporter-1'),
      person('RegulatorMSP', 'approver'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  it('are its price and its outlet, for the bank, the exporter and the regulator, and in statistics', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const outlet = `T-${randomInt(1e9)}`;
    const price = { rate: '2.25', fees: usd('1.50') };
    const body = claim(reference(fact), usd('600.00'), { price, outlet, dueDate: inDays(90) });
    const mixed = { ...price, fees: { amount: '1', currency: 'EUR' } };
    await expectRefused(reader, () => a.officer.post('/claims', { ...body, price: mixed }), {
      status: 422,
      code: 'CURRENCY_MIXED',
      field: 'price.fees.currency',
    });
    for (const [field, bad] of [
      ['price.rate', { price: { rate: 'two' } }],
      ['outlet', { outlet: 'no outlet' }],
    ] as const) {
      const invalid = { status: 400, code: 'INPUT_INVALID', field };
      await expectRefused(reader, () => a.officer.post('/claims', { ...body, ...bad }), invalid);
    }
    const reserved = await a.officer.post('/claims', body);
    // 1.50 on 600.00 for 90 days is 1.0139 % by the year.
    expect(reserved.body).toMatchObject({ price: { ...price, allIn: '3.2639' }, outlet });
    const id = textAt(reserved.body, 'id');
    expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
    const statistics = async (who: Client) =>
      listAt((await who.get(`/statistics/prices?outlet=${outlet}`)).body, 'items');
    for (const who of [a.officer, regulator]) {
      await eventually(async () => (await statistics(who)).length === 1);
      expect((await statistics(who))[0]).toMatchObject({
        owner: a.msp,
        product: 'discount',
        rateBand: '2-3',
        outlet,
        claims: 1,
        averageRate: '2.25',
        averageAllIn: '3.2639',
        amount: usd('600.00'),
      });
    }
    expect(await statistics(b.officer)).toEqual([]);
    await eventually(async () => at((await exporter.get(`/claims/${id}`)).body, 'price.allIn') === '3.2639');
    const table = await a.officer.fetch('GET', `/statistics/prices?outlet=${outlet}`, {
      headers: { accept: 'text/csv' },
    });
    expect(await table.text()).toContain(`discount,2-3,${outlet},1,2.25,3.2639,600.00,USD`);
    const claims = await a.officer.fetch('GET', `/claims?document=${fact.number}`, {
      headers: { accept: 'text/csv' },
    });
    expect(await claims.text()).toContain(`2.25,1.50,3.2639,${outlet}`);
  });

  it('are an authority’s to change by two people, where the consortium has set it', async () => {
    const officer = await customsOfficer();
    const approver = await person('CustomsMSP', 'approver');
    const { body: before } = await regulator.get('/registry/policy');
    const wrong = { twoPeople: { customs: ['rates'] } };
    await expectRefused(reader, () => regulator.post('/registry/policy', wrong), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'twoPeople.customs',
    });
    const policy = { twoPeople: { CustomsMSP: ['amendment', 'cancellation'] } };
    const fact = declaration();
    const id = await record(officer, fact);
    expect((await regulator.post('/registry/policy', policy)).status).toBe(201);
    try {
      const amended = await officer.request('PATCH', `/facts/${id}`, {
        body: { changes: { total: usd('400.00') }, reason: 'Short shipped.' },
      });
      expect(amended.body).toMatchObject({
        status: 'active',
        total: usd('1000.00'),
        awaiting: { step: 'amendment', proposedBy: 'officer' },
      });
      const cancellation = () => officer.post(`/facts/${id}/cancellation`, { reason: 'Recorded in error.' });
      await expectRefused(reader, cancellation, { status: 409, code: 'STEP_AWAITING', field: 'id' });
      const confirm = (who: Client) => who.post(`/facts/${id}/awaiting/confirmation`, {});
      await expectRefused(reader, () => confirm(officer), { status: 403, code: 'PERMISSION_DENIED' });
      const stranger = await person('TaxMSP', 'approver');
      await expectRefused(reader, () => confirm(stranger), { status: 403, code: 'WRONG_ORGANISATION' });
      await eventually(async () => (await waitingAt(approver, id, 'document-step-to-confirm')) !== undefined);
      const returned = await approver.post(`/facts/${id}/awaiting/return`, { reason: 'Another paper came.' });
      expect(returned.body).toMatchObject({ status: 'active', returned: { reason: 'Another paper came.' } });
      await expectRefused(reader, () => confirm(approver), {
        status: 409,
        code: 'STEP_NOT_AWAITING',
        field: 'id',
      });
      expect((await cancellation()).body).toMatchObject({ awaiting: { step: 'cancellation' } });
      expect((await confirm(approver)).body).toMatchObject({ status: 'cancelled', version: 2 });
    } finally {
      expect((await regulator.post('/registry/policy', before)).status).toBe(201);
    }
  });

  it('wait in the inbox of the insurer’s second person, who is not of the government', async () => {
    const [officer, approver] = [await insurer(), await insurerApprover()];
    const { ids, policy: paper } = await insuredTrade();
    const id = ids.policy;
    const { body: before } = await regulator.get('/registry/policy');
    const twoPeople = { InsurerMSP: ['amendment', 'cancellation'] };
    expect((await regulator.post('/registry/policy', { twoPeople })).status).toBe(201);
    try {
      const reason = 'The premium was not paid.';
      const waiting = (who: Client) => waitingAt(who, id, 'document-step-to-confirm');
      expect((await officer.post(`/facts/${id}/cancellation`, { reason })).body).toMatchObject({
        status: 'active',
        awaiting: { step: 'cancellation' },
      });
      await eventually(async () => (await waiting(approver)) !== undefined);
      expect(await waiting(approver)).toMatchObject({
        record: 'document-step',
        address: `/facts/${id}`,
        documents: [{ type: 'insurance-policy', number: paper.number }],
        cause: `cancellation: ${reason}`,
        by: 'officer',
        may: ['confirmFactStep', 'returnFactStep'],
      });
      // Nobody else is told what an insurer means to do.
      for (const stranger of [a.approver, await person('CustomsMSP', 'approver')]) {
        expect(await waiting(stranger)).toBeUndefined();
      }
      expect((await approver.post(`/facts/${id}/awaiting/confirmation`, {})).body).toMatchObject({
        status: 'cancelled',
      });
      await eventually(async () => (await waiting(approver)) === undefined);
    } finally {
      expect((await regulator.post('/registry/policy', before)).status).toBe(201);
    }
  });
});
