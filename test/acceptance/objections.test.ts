import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';
import { disburse, reserve } from './support/steps.js';

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
      const { body } = await a.officer.get('/inbox?kind=objection-to-answer&limit=100');
      return listAt(body, 'items').some((item) => item['id'] === id);
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
