import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { insuredTrade, insurer } from './support/insured-trade.js';
import { expectRefused } from './support/nothing-written.js';
import { disburse, reserve } from './support/steps.js';
import { waitingAt } from './support/waiting-at.js';

const reason = 'The goods of this declaration were never shipped.';

/** Issue 12, point 2: parties object, holders answer, the regulator decides, and nobody about themselves. */
describe('an objection', () => {
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

  async function lent() {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    return { fact, id: await disburse(a, reference(fact), usd('600.00')) };
  }
  const objection = ({ number, seller: { scheme, id } }: FactInput) => ({
    document: { type: 'customs-declaration', number },
    enterprise: { scheme, id },
    reason,
  });
  const decide = (id: string, outcome: string, who = regulator) =>
    who.post(`/objections/${id}/decision`, { outcome, reason: 'Looked into.' });
  const notFound = { status: 404, code: 'FACT_NOT_FOUND' };

  it('of the exporter is answered by the holder and decided by the regulator alone', async () => {
    const { fact } = await lent();
    const raised = await exporter.post('/objections', objection(fact));
    expect([raised.status, raised.body]).toMatchObject([201, { state: 'open', raisedBy: 'enterprise' }]);
    expect(JSON.stringify(raised.body)).not.toMatch(/Bank[AB]MSP/);
    const id = textAt(raised.body, 'id');

    await eventually(async () => {
      return (await waitingAt(a.officer, id, 'objection-to-answer')) !== undefined;
    });
    await expectRefused(reader, () => b.officer.post(`/objections/${id}/answer`, { text: 'Mine is fine.' }), {
      status: 404,
      code: 'OBJECTION_NOT_FOUND',
    });
    expect((await b.officer.get(`/objections/${id}`)).status).toBe(404);
    expect((await other.get(`/objections/${id}`)).status).toBe(404);
    expect((await a.officer.post(`/objections/${id}/answer`, { text: 'It is here.' })).status).toBe(200);
    // The exporter's people are officers, and the bank is no regulator.
    const denied = { status: 403, code: 'PERMISSION_DENIED' };
    await expectRefused(reader, () => decide(id, 'dismiss', exporter), denied);
    const notYours = { status: 403, code: 'WRONG_ORGANISATION' };
    await expectRefused(reader, () => decide(id, 'dismiss', a.approver), notYours);
    expect((await decide(id, 'dismiss')).body).toMatchObject({
      state: 'dismissed',
      holders: ['BankAMSP'],
      answers: [{ bank: 'BankAMSP', text: 'It is here.' }],
    });
    await eventually(async () => at((await exporter.get(`/objections/${id}`)).body, 'state') === 'dismissed');
    const seen = (await exporter.get(`/objections/${id}`)).body;
    expect(at(seen, 'answers.0.text')).toBe('It is here.');
    expect(JSON.stringify(seen)).not.toMatch(/Bank[AB]MSP/);
  });

  it('holds new draws until it is decided for good, and nothing that is drawn', async () => {
    const { fact, id: loan } = await lent();
    await verify(b.officer, fact);
    const id = textAt((await b.officer.post('/objections', objection(fact))).body, 'id');
    expect((await decide(id, 'hold')).body).toMatchObject({ state: 'held', objector: 'BankBMSP' });
    const drawing = claim(reference(fact), usd('1.00'));
    await expectRefused(reader, () => b.officer.post('/claims', drawing), {
      status: 409,
      code: 'TRADE_ON_HOLD',
    });
    expect(listAt((await verify(b.officer, fact)).body, 'warnings')).toContainEqual({ warning: 'on-hold' });
    const repaid = await a.officer.post(`/claims/${loan}/repayments`, {
      amount: usd('100.00'),
      source: 'proceeds',
    });
    expect(repaid.body).toMatchObject({ state: 'partly-repaid' });
    await eventually(async () => (await a.officer.get(`/objections/${id}`)).status === 200);
    expect(JSON.stringify((await a.officer.get(`/objections/${id}`)).body)).not.toMatch(/BankBMSP/);
    await expectRefused(
      reader,
      () => b.officer.post(`/objections/${id}/withdrawal`, { reason: 'Settled.' }),
      {
        status: 409,
        code: 'OBJECTION_DECIDED',
      },
    );
    expect((await decide(id, 'correct')).body).toMatchObject({ state: 'correction-ordered' });
    await reserve(b, reference(fact), usd('1.00'));
  });

  it('says why and by which paper, and is taken back by who raised it before anything is decided', async () => {
    const { fact } = await lent();
    const evidence = 'ab'.repeat(32);
    const raised = await exporter.post('/objections', { ...objection(fact), evidence });
    expect(raised.body).toMatchObject({ reason, evidence });
    const id = textAt(raised.body, 'id');
    const paper = 'cd'.repeat(32);
    const answered = await a.officer.post(`/objections/${id}/answer`, {
      text: 'It is here.',
      evidence: paper,
    });
    expect(answered.body).toMatchObject({ reason, evidence, answers: [{ evidence: paper }] });
    const withdraw = (who: Client, body: object = { reason: 'Settled.' }) =>
      who.post(`/objections/${id}/withdrawal`, body);
    const none = { status: 404, code: 'OBJECTION_NOT_FOUND' };
    for (const stranger of [a.officer, other]) await expectRefused(reader, () => withdraw(stranger), none);
    await expectRefused(reader, () => withdraw(exporter, {}), {
      ...{ status: 400, code: 'INPUT_INVALID', field: 'reason' },
    });
    expect((await withdraw(exporter)).body).toMatchObject({ state: 'withdrawn' });
    await expectRefused(reader, () => withdraw(exporter), { status: 409, code: 'OBJECTION_DECIDED' });
    await expectRefused(reader, () => decide(id, 'hold'), { status: 409, code: 'OBJECTION_DECIDED' });
    await eventually(
      async () => at((await a.officer.get(`/objections/${id}`)).body, 'state') === 'withdrawn',
    );
  });

  it('comes back to everybody whom the decision concerns: who objects, the holders, and who is to correct', async () => {
    const [customs, carrier, underwriter] = await Promise.all([
      customsOfficer(),
      person('CarrierMSP', 'officer'),
      insurer(),
    ]);
    const alertsOf = async (who: Client, id: string) =>
      listAt((await who.get('/alerts?limit=200')).body, 'items')
        .filter((one) => JSON.stringify(one).includes(id))
        .map((one) => at(one, 'content.alert'));
    // Customs, which holds no claim, objects to its own declaration; the bank that does hold one is told too.
    const { fact } = await lent();
    const own = textAt((await customs.post('/objections', objection(fact))).body, 'id');
    expect((await decide(own, 'dismiss')).body).toMatchObject({ objector: 'CustomsMSP' });
    const theirs = textAt((await exporter.post('/objections', objection(fact))).body, 'id');
    await decide(theirs, 'dismiss');
    for (const [who, id] of [
      [customs, own],
      [a.officer, own],
      [exporter, theirs],
    ] as const) {
      await eventually(async () => (await alertsOf(who, id)).includes('objection-decided'));
    }

    // What the carrier has recorded is the carrier's to set right, and it was no party before.
    const receipt: FactInput = {
      ...{ type: 'warehouse-receipt', number: `WR${randomInt(1e12)}`, date: fact.date, seller: fact.seller },
      ...{ quantity: { amount: '10', unit: 'TNE' }, transport: { to: 'Tuas yard' } },
    };
    const paper = await record(carrier, receipt);
    const said = { ...objection(fact), document: { type: receipt.type, number: receipt.number } };
    const id = textAt((await exporter.post('/objections', said)).body, 'id');
    expect((await carrier.get(`/objections/${id}`)).status).toBe(404);
    const toCorrect = async (who: Client) =>
      listAt((await who.get('/inbox?kind=document-to-correct&limit=200')).body, 'items');
    expect((await decide(id, 'correct')).body).toMatchObject({ authority: 'CarrierMSP' });
    await eventually(async () => (await toCorrect(carrier)).some((one) => one['id'] === id));
    expect((await toCorrect(carrier)).find((one) => one['id'] === id)).toMatchObject({
      documents: [{ type: receipt.type, number: receipt.number }],
      cause: 'Looked into.',
      may: ['amendFact', 'cancelFact'],
    });
    const seen = (await carrier.get(`/objections/${id}`)).body;
    expect(seen).toMatchObject({ state: 'correction-ordered', authority: 'CarrierMSP' });
    expect(JSON.stringify(seen)).not.toMatch(/Bank[AB]MSP/);
    expect((await toCorrect(underwriter)).some((one) => one['id'] === id)).toBe(false);
    expect((await carrier.post(`/facts/${paper}/cancellation`, { reason: 'As ordered.' })).status).toBe(200);
    await eventually(async () => !(await toCorrect(carrier)).some((one) => one['id'] === id));
  });

  it('is an insurer’s whose policy or buyer limit the trade falls under, and no other’s', async () => {
    const { invoice, limit, policy } = await insuredTrade({ shipment: { cites: [] } });
    const underwriter = await insurer();
    const { scheme, id } = invoice.seller;
    const said = { document: reference(invoice), enterprise: { scheme, id }, reason };
    await expectRefused(reader, () => underwriter.post('/objections', said), {
      ...notFound,
      field: 'document',
    });
    const { fact } = await lent();
    for (const { type, number } of [limit, policy]) {
      const cover = { type, number };
      const none = { ...notFound, field: 'cover' };
      await expectRefused(reader, () => exporter.post('/objections', { ...said, cover }), none);
      const raised = await underwriter.post('/objections', { ...said, cover });
      expect([raised.status, raised.body]).toMatchObject([201, { raisedBy: 'insurer' }]);
      // Of a sale to somebody else the limit says nothing.
      if (type === 'buyer-limit') {
        const elsewhere = { ...objection(fact), cover };
        await expectRefused(reader, () => underwriter.post('/objections', elsewhere), {
          ...{ ...notFound, field: 'document' },
        });
      }
    }
  });

  it('is for parties: to others, and of what is not on record, there is no such document', async () => {
    const { fact } = await lent();
    await expectRefused(reader, () => other.post('/objections', objection(fact)), notFound);
    await expectRefused(reader, () => exporter.post('/objections', objection(declaration())), notFound);
    await expectRefused(reader, () => b.officer.post('/objections', objection(fact)), notFound);
    await expectRefused(reader, () => regulator.post('/objections', objection(fact)), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    const evidence = { ...objection(fact), evidence: 'a scan' };
    await expectRefused(reader, () => exporter.post('/objections', evidence), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'evidence',
    });
    const customs = await (await customsOfficer()).post('/objections', objection(fact));
    expect([customs.status, at(customs.body, 'raisedBy')]).toEqual([201, 'customs']);
  });
});
