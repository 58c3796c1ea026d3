import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, type BankPeople, consortium, person } from './support/consortium.js';
import { claim, inDays, record, reference, taxInvoice, usd, verify } from './support/documents.js';
import {
  assign,
  exporterPerson,
  insuredClaim,
  insuredTrade,
  insurer,
  insurerApprover,
  type InsuredTrade,
} from './support/insured-trade.js';
import { expectRefused } from './support/nothing-written.js';

describe('S2: export credit insurance financing', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  beforeAll(async () => {
    [reader, a, b] = [await BlockReader.open(consortium()), await bank('A'), await bank('B')];
  });
  afterAll(() => {
    reader.close();
  });

  const reserve = ({ officer }: BankPeople, trade: InsuredTrade, amount: string, changes = {}) =>
    officer.post('/claims', insuredClaim(trade, usd(amount), changes));
  const refused = (status: number, code: string, attempt: () => ReturnType<Client['post']>) =>
    expectRefused(reader, attempt, { status, code });

  async function disbursed(trade: InsuredTrade, amount: string): Promise<string> {
    const path = `/claims/${textAt((await reserve(a, trade, amount)).body, 'id')}`;
    expect((await a.approver.post(`${path}/acceptance`, {})).status).toBe(200);
    expect((await a.officer.post(`${path}/disbursement`, {})).status).toBe(200);
    return path;
  }

  async function remaining({ limit, shipment, invoice }: InsuredTrade, { officer } = b) {
    const answers = await Promise.all([limit, shipment, invoice].map((fact) => verify(officer, fact)));
    return answers.map(({ body }) => at(body, 'remaining.amount'));
  }

  async function alerted(reader: Client, alert: string, id: string) {
    const until = Date.now() + 30_000;
    while (Date.now() < until) {
      const items = listAt((await reader.get('/alerts')).body, 'items');
      const found = items.find(
        (item) => at(item, 'content.alert') === alert && JSON.stringify(item).includes(id),
      );
      if (found !== undefined) return found;
      await sleep(500);
    }
    throw new Error(`No alert ${alert}.`);
  }

  it('goes from the assignment to the repayment, and the limit revolves', async () => {
    const trade = await insuredTrade();
    const assignment = await assign(trade.limit);
    for (const party of [await exporterPerson(), await insurer(), a.officer, await auditor()]) {
      expect((await party.get(`/assignments/${assignment}`)).body).toMatchObject({
        state: 'live',
        bank: 'BankAMSP',
        policy: trade.policy.number,
      });
    }
    expect((await b.officer.get(`/assignments/${assignment}`)).status).toBe(404);
    const listed = await a.officer.get('/assignments?state=live&limit=1');
    expect(listAt(listed.body, 'items')[0]).toMatchObject({ id: assignment });

    const path = await disbursed(trade, '800.00');
    expect((await a.officer.get(path)).body).toMatchObject({
      product: 'insured',
      lines: [{ amount: usd('800.00') }],
      cover: [
        { document: { type: 'buyer-limit' }, drawn: usd('800.00') },
        { document: { type: 'declared-shipment' }, drawn: usd('800.00') },
      ],
    });
    expect(await remaining(trade)).toEqual(['1200.00', '200.00', '200.00']);
    const repay = (amount: string) =>
      a.officer.post(`${path}/repayments`, { amount: usd(amount), source: 'proceeds' });
    expect((await repay('200.00')).body).toMatchObject({ cover: [{ outstanding: usd('600.00') }, {}] });
    expect(await remaining(trade)).toEqual(['1400.00', '200.00', '200.00']);
    expect((await repay('600.00')).body).toMatchObject({ state: 'settled' });
    expect(await remaining(trade)).toEqual(['2000.00', '200.00', '200.00']);
  });

  it.each([
    ['the advance on the invoice', { invoiced: '500.00' }, '450.00', '450.01', 'lines'],
    ['the balance of the declaration', { declared: '300.00' }, '270.00', '270.01', 'lines'],
    [
      'the insured share of the shipment',
      { shipped: '600.00', insuredShare: 70 },
      '420.00',
      '420.01',
      'cover',
    ],
    ['the limit', { limit: '123.45' }, '123.45', '123.46', 'cover'],
  ])('is limited by %s', async (_, amounts, most, beyond, list) => {
    const trade = await insuredTrade(amounts);
    await assign(trade.limit);
    // What is left is told to who has verified the documents.
    await remaining(trade, a);
    const answer = await reserve(a, trade, beyond);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'EXCEEDS_BALANCE',
      lines: [{ list, code: 'EXCEEDS_BALANCE', remaining: usd(most) }],
    });
    await refused(409, 'EXCEEDS_BALANCE', () => reserve(a, trade, beyond));
    expect((await reserve(a, trade, most)).status).toBe(201);
  });

  it('gives one buyer limit to one of two simultaneous claims', async () => {
    const trade = await insuredTrade({ limit: '600.00' });
    await assign(trade.limit);
    await remaining(trade, a);
    const answers = await Promise.all([reserve(a, trade, '400.00'), reserve(a, trade, '400.00')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body).toMatchObject({ code: 'EXCEEDS_BALANCE' });
    expect(listAt(loser?.body, 'lines')).toContainEqual(
      expect.objectContaining({ list: 'cover', line: 0, remaining: usd('200.00') }),
    );
  });

  it('needs the one live assignment of policy and buyer', async () => {
    const trade = await insuredTrade();
    await refused(409, 'NOT_ASSIGNEE', () => reserve(a, trade, '10.00'));
    const id = await assign(trade.limit);
    await refused(409, 'NOT_ASSIGNEE', () => reserve(b, trade, '10.00'));
    const exporter = await exporterPerson();
    const second = await exporter.post('/assignments', { bank: 'BankBMSP', limit: trade.limit.number });
    const confirm = `/assignments/${textAt(second.body, 'id')}/confirmation`;
    const approver = await insurerApprover();
    await refused(409, 'ALREADY_ASSIGNED', () => approver.post(confirm, {}));

    const path = await disbursed(trade, '10.00');
    await refused(409, 'ASSIGNMENT_IN_USE', () => exporter.post(`/assignments/${id}/release`, {}));
    const repaid = await a.officer.post(`${path}/repayments`, { amount: usd('10.00'), source: 'proceeds' });
    expect(repaid.status).toBe(200);
    const released = await exporter.post(`/assignments/${id}/release`, { reason: 'Bank B is cheaper.' });
    expect(released.body).toMatchObject({ state: 'released', reason: 'Bank B is cheaper.' });
    expect((await approver.post(confirm, {})).body).toMatchObject({ state: 'live' });
    await refused(409, 'NOT_ASSIGNEE', () => reserve(a, trade, '10.00'));
    expect((await reserve(b, trade, '10.00')).status).toBe(201);
  });

  it('is not assigned by anybody but its parties', async () => {
    const trade = await insuredTrade();
    const stranger = await person('EnterpriseMSP', 'exporter-2');
    const proposal = { bank: 'BankAMSP', limit: trade.limit.number };
    await refused(404, 'FACT_NOT_FOUND', () => stranger.post('/assignments', proposal));
    const exporter = await exporterPerson();
    await refused(422, 'BANK_INVALID', () => exporter.post('/assignments', { ...proposal, bank: 'TaxMSP' }));
    await refused(400, 'INPUT_INVALID', () => exporter.post('/assignments', { bank: 'BankAMSP' }));
    await refused(403, 'WRONG_ORGANISATION', () => a.officer.post('/assignments', proposal));
    const id = textAt((await exporter.post('/assignments', proposal)).body, 'id');
    const officer = await insurer();
    await refused(403, 'PERMISSION_DENIED', () => officer.post(`/assignments/${id}/confirmation`, {}));
    await refused(404, 'ASSIGNMENT_NOT_FOUND', () => b.officer.post(`/assignments/${id}/release`, {}));
    await refused(404, 'ASSIGNMENT_NOT_FOUND', () => stranger.post(`/assignments/${id}/release`, {}));
    expect((await stranger.get(`/assignments/${id}`)).status).toBe(404);
  });

  it('is refused without a premium, with a lapsed limit, a declined shipment or a policy that is over', async () => {
    const unpaid = await insuredTrade();
    const officer = await insurer();
    await assign(unpaid.limit);
    const policy = unpaid.policy.number;
    const amend = async (id: string, changes: object) => {
      const options = { body: { changes, reason: 'By the insurer.' } };
      expect((await officer.request('PATCH', `/facts/${id}`, options)).status).toBe(200);
    };
    await amend(unpaid.ids.shipment, { shipment: { policy, premiumPaid: false } });
    await refused(409, 'PREMIUM_UNPAID', () => reserve(a, unpaid, '10.00'));
    await amend(unpaid.ids.shipment, { shipment: { policy, premiumPaid: true } });

    const held = textAt((await reserve(a, unpaid, '10.00')).body, 'id');
    await amend(unpaid.ids.shipment, { shipment: { policy, premiumPaid: true, declinedOn: inDays(0) } });
    await refused(409, 'COVER_DECLINED', () => reserve(a, unpaid, '10.00'));
    expect((await verify(a.officer, unpaid.shipment)).body).toMatchObject({
      result: 'match',
      warnings: [{ warning: 'not-covered', code: 'COVER_DECLINED' }],
    });
    await alerted(a.officer, 'cover-declined', held);
    await alerted(await auditor(), 'cover-declined', held);
    await amend(unpaid.ids.shipment, { shipment: { policy, premiumPaid: true } });

    await amend(unpaid.ids.limit, { limit: { policy, validUntil: inDays(300), lapsedOn: inDays(0) } });
    await refused(409, 'LIMIT_LAPSED', () => reserve(a, unpaid, '10.00'));
    await alerted(a.officer, 'limit-lapsed', held);
    await alerted(await auditor(), 'limit-lapsed', held);
    await amend(unpaid.ids.limit, { limit: { policy, validUntil: inDays(300) } });

    await amend(unpaid.ids.policy, { policy: { insuredShare: 90, from: inDays(-30), to: inDays(-1) } });
    await refused(409, 'POLICY_NOT_IN_FORCE', () => reserve(a, unpaid, '10.00'));
  });

  it.each([
    ['the premium is unpaid', 'PREMIUM_UNPAID', 'premium-unpaid', 'shipment', { premiumPaid: false }],
    ['the shipment is declined', 'COVER_DECLINED', 'cover-declined', 'shipment', { declinedOn: inDays(0) }],
    ['the limit has lapsed', 'LIMIT_LAPSED', 'limit-lapsed', 'limit', { lapsedOn: inDays(0) }],
    ['the policy is over', 'POLICY_NOT_IN_FORCE', 'policy-reduced', 'policy', { to: inDays(-1) }],
  ] as const)('alerts its holders and is not accepted once %s', async (_, code, alert, which, ended) => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const running = await disbursed(trade, '20.00');
    const held = `/claims/${textAt((await reserve(a, trade, '10.00')).body, 'id')}`;
    const officer = await insurer();
    const section = trade[which][which];
    const amend = async (changes: object) => {
      const body = { changes: { [which]: { ...section, ...changes } }, reason: 'By the insurer.' };
      expect((await officer.request('PATCH', `/facts/${trade.ids[which]}`, { body })).status).toBe(200);
    };
    await amend(ended);
    for (const path of [running, held]) {
      const id = path.replace('/claims/', '');
      for (const who of [a.officer, await auditor(), await exporterPerson()]) await alerted(who, alert, id);
    }
    await refused(409, code, () => a.approver.post(`${held}/acceptance`, {}));
    const { body } = await a.approver.post(`${held}/acceptance`, {});
    expect(listAt(body, 'lines')).toContainEqual(expect.objectContaining({ list: 'cover', code }));
    expect((await a.officer.get(running)).body).toMatchObject({ state: 'disbursed' });
    await amend({});
    expect((await a.approver.post(`${held}/acceptance`, {})).body).toMatchObject({ state: 'accepted' });
  });

  it('alerts its holders when its policy is cancelled, and is not accepted on one', async () => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const held = textAt((await reserve(a, trade, '10.00')).body, 'id');
    const officer = await insurer();
    const cancelled = await officer.post(`/facts/${trade.ids.policy}/cancellation`, { reason: 'Insolvent.' });
    expect(cancelled.status).toBe(200);
    await alerted(a.officer, 'policy-cancelled', held);
    await alerted(await auditor(), 'policy-cancelled', held);
    await refused(409, 'POLICY_NOT_IN_FORCE', () => a.approver.post(`/claims/${held}/acceptance`, {}));
  });

  it('is refused with documents that do not belong together', async () => {
    const [trade, other] = [await insuredTrade(), await insuredTrade()];
    await assign(trade.limit);
    const mixed = { ...trade, shipment: other.shipment };
    await refused(409, 'COVER_MISMATCH', () => reserve(a, mixed, '10.00'));
    const foreign = { ...trade, limit: other.limit };
    await refused(409, 'COVER_MISMATCH', () => reserve(a, foreign, '10.00'));
  });

  it('is refused as bad input with the field that is wrong', async () => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const wrong = (status: number, code: string, field: RegExp, changes: object) =>
      expectRefused(reader, () => reserve(a, trade, '10.00', changes), { status, code, field });
    await wrong(422, 'COVER_REQUIRED', /cover/, { cover: undefined });
    await wrong(422, 'COVER_REQUIRED', /product/, { product: 'discount' });
    await wrong(422, 'DUE_DATE_INVALID', /dueDate/, { dueDate: inDays(181) });
    await wrong(400, 'INPUT_INVALID', /cover/, { cover: [] });
    const [limit, shipment] = insuredClaim(trade, usd('10.00')).cover ?? [];
    await wrong(422, 'CURRENCY_MIXED', /cover.1.amount.currency/, {
      cover: [limit, { ...shipment, amount: { amount: '10.00', currency: 'EUR' } }],
    });
    await wrong(422, 'LINE_REPEATED', /cover.1.document/, { cover: [limit, limit] });
    await refused(409, 'COVER_SUM', () =>
      reserve(a, trade, '10.00', { cover: [limit, { ...shipment, amount: usd('9.99') }] }),
    );
    const officer = await insurer();
    const { buyer: _buyer, ...nobody } = trade.limit;
    await expectRefused(reader, () => officer.post('/facts', { ...nobody, number: 'LIM-0' }), {
      status: 422,
      code: 'FIELD_REQUIRED',
      field: /buyer/,
    });
  });

  it('is not transferred, and an indemnity settles it for good', async () => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const path = await disbursed(trade, '500.00');
    await refused(409, 'TRANSFER_INSURED', () => a.officer.post(`${path}/transfer`, { to: 'BankBMSP' }));
    const byIndemnity = { amount: usd('500.00'), source: 'indemnity' };
    await refused(422, 'INDEMNITY_REQUIRED', () => a.officer.post(`${path}/repayments`, byIndemnity));
    expect(await remaining(trade)).toEqual(['1500.00', '500.00', '500.00']);
    const confirmed = await (
      await insurerApprover()
    ).post('/indemnities', {
      bank: 'BankAMSP',
      policy: trade.policy.number,
      buyer: { scheme: trade.limit.buyer?.scheme, id: trade.limit.buyer?.id },
      amount: usd('500.00'),
      paidOn: inDays(0),
    });
    expect(confirmed.status).toBe(201);
    const indemnity = textAt(confirmed.body, 'id');
    const paid = await a.officer.post(`${path}/repayments`, { ...byIndemnity, indemnity });
    expect(paid.body).toMatchObject({ state: 'settled', repayments: [{ source: 'indemnity', indemnity }] });
    expect(await remaining(trade)).toEqual(['1500.00', '500.00', '500.00']);
    const uninsured = await a.officer.post('/claims', claim(reference(trade.invoice), usd('10.00')));
    const other = `/claims/${textAt(uninsured.body, 'id')}`;
    await a.approver.post(`${other}/acceptance`, {});
    await a.officer.post(`${other}/disbursement`, {});
    await refused(422, 'COVER_REQUIRED', () =>
      a.officer.post(`${other}/repayments`, { amount: usd('10.00'), source: 'indemnity' }),
    );
  });

  it('shows the insurer how much of its limit each bank uses, and nothing more', async () => {
    const trade = await insuredTrade();
    await assign(trade.limit);
    const held = textAt((await reserve(a, trade, '300.00')).body, 'id');
    const officer = await insurer();
    const { status, body } = await officer.get(`/facts/${trade.ids.limit}/use`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      total: usd('2000.00'),
      inUse: usd('300.00'),
      remaining: usd('1700.00'),
      banks: [{ bank: 'BankAMSP', inUse: usd('300.00'), claims: 1 }],
    });
    expect(JSON.stringify(body)).not.toContain(held);
    const denied = await a.officer.get(`/facts/${trade.ids.limit}/use`);
    expect([denied.status, at(denied.body, 'code')]).toEqual([403, 'WRONG_ORGANISATION']);
    expect((await officer.get(`/claims/${held}`)).status).toBe(403);
    const invoice = await record(await person('TaxMSP', 'officer'), {
      ...trade.invoice,
      number: taxInvoice().number,
    });
    expect((await officer.get(`/facts/${invoice}/use`)).status).toBe(404);
  });
});
