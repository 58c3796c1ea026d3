import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import {
  bank,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
  type BankPeople,
} from './support/consortium.js';
import {
  cite,
  claim,
  declaration,
  exporter as ownId,
  inDays,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';
import { disburse, reserve } from './support/steps.js';

/** Issue 12, point 1: an exporter sees its own, an importer whom it pays, and banks may need consent. */
describe('what an enterprise sees', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let exporter: Client;
  let other: Client;
  let regulator: Client;
  beforeAll(async () => {
    [reader, a, b, exporter, other, regulator] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('EnterpriseMSP', 'exporter-1'),
      person('EnterpriseMSP', 'exporter-2'),
      person('RegulatorMSP', 'approver'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  async function recorded(changes: Partial<FactInput> = {}): Promise<FactInput> {
    const fact = declaration(changes);
    await record(await customsOfficer(), fact);
    return fact;
  }
  const alertsOf = async (client: Client, alert: string) =>
    listAt((await client.get('/alerts?limit=500')).body, 'items').filter(
      (one) => at(one, 'content.alert') === alert,
    );
  const tells = (alerts: readonly Json[], id: string) =>
    alerts.some((one) => JSON.stringify(one).includes(id));

  it('is each of its documents with what is left, whoever recorded it, and nobody else’s', async () => {
    const fact = await recorded();
    const id = await reserve(a, reference(fact), usd('300.00'));
    const listed = async (client: Client) =>
      listAt((await client.get(`/own-documents?document=${fact.number}`)).body, 'items');
    await eventually(async () => (await listed(exporter)).length === 1);
    expect((await listed(exporter))[0]).toMatchObject({
      document: { type: 'customs-declaration', number: fact.number },
      status: 'active',
      remaining: usd('700.00'),
      draws: [{ id, bank: a.msp, state: 'reserved' }],
    });
    expect(await listed(other)).toEqual([]);
    expect((await a.officer.get('/own-documents')).status).toBe(403);
  });

  it('is every claim on them in its state, told at once, without what is the bank’s own', async () => {
    const fact = await recorded();
    const id = await disburse(a, reference(fact), usd('300.00'));
    await eventually(async () => at((await exporter.get(`/claims/${id}`)).body, 'state') === 'disbursed');
    await eventually(async () => tells(await alertsOf(exporter, 'drawn-on'), id));
    expect(tells(await alertsOf(other, 'drawn-on'), id)).toBe(false);
    const { body } = await exporter.get(`/claims?document=${fact.number}`);
    expect(body).toMatchObject({ items: [{ id, owner: a.msp, outstanding: usd('300.00') }] });
    expect((await other.get(`/claims/${id}`)).status).toBe(404);
    expect(listAt((await other.get(`/claims?document=${fact.number}`)).body, 'items')).toEqual([]);

    // What the bank only considers is not the exporter's to know.
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: b.msp })).status).toBe(200);
    await eventually(async () => Number(at((await exporter.get(`/claims/${id}`)).body, 'seq')) === 4);
    expect(JSON.stringify((await exporter.get(`/claims/${id}`)).body)).not.toContain(b.msp);
    const accepted = await b.approver.post(`/claims/${id}/transfer/acceptance`, {
      applicationNumber: claim(reference(fact), usd('1.00')).applicationNumber,
    });
    const taken = textAt(accepted.body, 'id');
    await eventually(async () => at((await exporter.get(`/claims/${taken}`)).body, 'owner') === b.msp);
    expect((await exporter.get(`/claims/${id}`)).body).toMatchObject({ state: 'transferred' });
    await eventually(async () => tells(await alertsOf(exporter, 'claim-transferred'), taken));
  });

  it('is an objection of somebody else to its trade, with the answers', async () => {
    const fact = await recorded();
    await disburse(a, reference(fact), usd('300.00'));
    await verify(b.officer, fact);
    const { scheme, id: seller } = fact.seller;
    const raised = await b.officer.post('/objections', {
      document: { type: fact.type, number: fact.number },
      enterprise: { scheme, id: seller },
      reason: 'We were shown the same papers by another firm.',
    });
    const id = textAt(raised.body, 'id');
    expect((await a.officer.post(`/objections/${id}/answer`, { text: 'Ours is fine.' })).status).toBe(200);
    await eventually(
      async () => listAt((await exporter.get(`/objections/${id}`)).body, 'answers').length === 1,
    );
    const seen = (await exporter.get(`/objections/${id}`)).body;
    expect(seen).toMatchObject({ raisedBy: 'bank', answers: [{ bank: a.msp, text: 'Ours is fine.' }] });
    expect(JSON.stringify(seen)).not.toContain(b.msp);
    expect((await other.get(`/objections/${id}`)).status).toBe(404);
    await eventually(async () => tells(await alertsOf(exporter, 'objected-to'), id));
  });

  it('is an objection that names it by another of its ids', async () => {
    const tax = { scheme: 'TAX' as const, id: String(Date.now()) };
    expect((await regulator.post('/firms', { ids: [ownId, tax] })).status).toBe(201);
    const fact = await recorded({ seller: tax });
    await verify(b.officer, fact);
    const raised = await b.officer.post('/objections', {
      document: { type: fact.type, number: fact.number },
      enterprise: tax,
      reason: 'We were shown the same papers by another firm.',
    });
    expect(raised.status).toBe(201);
    const id = textAt(raised.body, 'id');
    const seen = async (client: Client) => (await client.get(`/objections/${id}`)).status;
    await eventually(async () => (await seen(exporter)) === 200);
    const listed = listAt((await exporter.get('/objections?limit=200')).body, 'items');
    expect(listed.map((one) => at(one, 'id'))).toContain(id);
    expect(await seen(other)).toBe(404);
  });

  it('is, for an importer, the notice of a bank, and nothing of what was lent', async () => {
    const buyer = { ...otherExporter, name: 'Importer' };
    const invoice = taxInvoice({ buyer });
    await record(await taxOfficer(), invoice);
    const fact = await recorded({ buyer, cites: [cite(invoice)] });
    const id = await disburse(a, reference(fact), usd('321.00'));
    const notices = async (client: Client) =>
      listAt((await client.get('/debtor-notices?limit=200')).body, 'items').filter(
        (one) => at(one, 'claim') === id,
      );
    expect(await notices(other)).toEqual([]);
    const notice = { date: inDays(0), how: 'Registered letter' };
    expect((await a.officer.post(`/claims/${id}/debtor-notice`, notice)).status).toBe(200);
    await eventually(async () => (await notices(other)).length === 1);
    const [seen] = await notices(other);
    expect(seen).toMatchObject({
      state: 'pay-the-bank',
      bank: a.msp,
      document: { type: 'tax-invoice', number: invoice.number },
      seller: { id: fact.seller.id },
      ...notice,
    });
    // Nothing of what was lent: neither the amount nor anything else is among these.
    expect(Object.keys(seen as object).sort()).toEqual(
      ['bank', 'claim', 'date', 'document', 'how', 'id', 'seller', 'seq', 'state'].sort(),
    );
    expect((await other.get(`/claims/${id}`)).status).toBe(404);
    expect(await notices(exporter)).toEqual([]);
    await eventually(async () => tells(await alertsOf(other, 'debtor-notified'), id));

    const repaid = { amount: usd('321.00'), source: 'proceeds' };
    expect((await a.officer.post(`/claims/${id}/repayments`, repaid)).status).toBe(200);
    await eventually(async () => at((await notices(other))[0], 'state') === 'over');
    await eventually(async () => tells(await alertsOf(other, 'debtor-notice-over'), id));
    expect((await a.officer.get('/debtor-notices')).status).toBe(403);
  });

  it('is the number of a paper as it was printed, and a history with amounts and days that people read', async () => {
    const { number, ...more } = declaration();
    const printed = `${number.slice(0, 4)} ${number.slice(4, 8)}-${number.slice(8)}`;
    const fact = { ...more, number: printed };
    const factId = await record(await customsOfficer(), fact);
    expect((await verify(a.officer, { ...fact, number })).body).toMatchObject({
      result: 'match',
      printedNumber: printed,
    });
    await eventually(
      async () =>
        listAt((await exporter.get(`/own-documents?document=${number}`)).body, 'items').length === 1,
    );
    expect((await exporter.get(`/own-documents?document=${number}`)).body).toMatchObject({
      items: [{ document: { number }, printedNumber: printed }],
    });
    const id = await disburse(a, reference(fact), usd('12.50'));
    const history = await a.officer.get(`/claims/${id}/history`);
    expect(history.body).toMatchObject({
      versions: [
        { seq: 1, says: { state: 'reserved', amount: usd('12.50'), lines: [{ document: { number } }] } },
        { seq: 2, says: { state: 'accepted' } },
        { seq: 3, says: { state: 'disbursed', outstanding: usd('12.50') } },
      ],
    });
    expect(textAt(history.body, 'versions.0.says.expiresAt')).toMatch(/^\d{4}-\d\d-\d\dT/);
    const customs = await (await customsOfficer()).get(`/facts/${factId}/history`);
    expect(customs.body).toMatchObject({
      versions: [{ says: { number, printedNumber: printed, total: usd('1000.00'), status: 'active' } }],
    });
    const audited = await regulator.get(`/audit/claims/${id}`);
    expect(at(audited.body, 'versions.2.says.state')).toBe('disbursed');
  });

  it('gives or withholds its consent where the consortium wants it', async () => {
    const { body: before } = await regulator.get('/registry/policy');
    const policy = { consent: { BankBMSP: 'document' } };
    await expectRefused(reader, () => b.approver.post('/registry/policy', policy), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    const fact = await recorded();
    expect((await regulator.post('/registry/policy', policy)).status).toBe(201);
    try {
      const body = claim(reference(fact), usd('100.00'));
      const missing = { status: 403, code: 'CONSENT_MISSING', field: 'enterprise' };
      await expectRefused(reader, () => b.officer.post('/claims', body), missing);
      // Of what is not on record it says the same.
      const unknown = claim(reference(declaration()), usd('1.00'));
      await expectRefused(reader, () => b.officer.post('/claims', unknown), missing);
      const consent = { bank: b.msp, document: reference(fact) };
      const notFound = { status: 404, code: 'FACT_NOT_FOUND', field: 'document' };
      await expectRefused(reader, () => other.post('/consents', consent), notFound);
      const past = { ...consent, until: inDays(-2) };
      const badDate = { status: 422, code: 'DATE_INVALID', field: 'until' };
      await expectRefused(reader, () => exporter.post('/consents', past), badDate);
      const given = await exporter.post('/consents', consent);
      expect([given.status, given.body]).toMatchObject([201, { state: 'given', bank: b.msp }]);
      const id = textAt(given.body, 'id');
      expect((await b.officer.post('/claims', body)).status).toBe(201);
      // A bank for which none is needed draws as before.
      await reserve(a, reference(fact), usd('100.00'));
      const none = { status: 404, code: 'CONSENT_NOT_FOUND', field: 'id' };
      await expectRefused(reader, () => other.request('DELETE', `/consents/${id}`), none);
      expect((await exporter.request('DELETE', `/consents/${id}`)).body).toMatchObject({
        state: 'withdrawn',
      });
      const again = claim(reference(fact), usd('100.00'));
      await expectRefused(reader, () => b.officer.post('/claims', again), missing);
      // Where one for the bank is enough, it is for every document, and for that bank.
      expect((await regulator.post('/registry/policy', { consent: { BankBMSP: 'bank' } })).status).toBe(201);
      await expectRefused(reader, () => b.officer.post('/claims', again), missing);
      const whole = await exporter.post('/consents', { bank: b.msp, until: inDays(1) });
      expect(whole.body).toMatchObject({ state: 'given', bank: b.msp });
      expect(whole.body).not.toHaveProperty('document');
      expect((await b.officer.post('/claims', again)).status).toBe(201);
      const further = claim(reference(await recorded()), usd('10.00'));
      expect((await b.officer.post('/claims', further)).status).toBe(201);
      const taken = await exporter.request('DELETE', `/consents/${textAt(whole.body, 'id')}`);
      expect(taken.body).toMatchObject({ state: 'withdrawn' });
      const last = claim(reference(fact), usd('10.00'));
      await expectRefused(reader, () => b.officer.post('/claims', last), missing);
      await eventually(async () =>
        listAt((await b.officer.get('/consents?state=withdrawn')).body, 'items').some(
          (one) => one['id'] === id,
        ),
      );
    } finally {
      expect((await regulator.post('/registry/policy', before)).status).toBe(201);
    }
  });
});
