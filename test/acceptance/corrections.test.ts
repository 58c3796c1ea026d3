import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
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
  declaration,
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
import { waitingAt } from './support/waiting-at.js';

const reason = 'Entered on the wrong claim.';

/** Issue 12, points 3 to 5: what was entered by mistake, and loans that do not come back, in the hands of two people. */
describe('two people of a bank', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let regulator: Client;
  beforeAll(async () => {
    [reader, a, b, regulator] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('RegulatorMSP', 'approver'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  /** A loan of 600.00 on a declaration of 1000.00. */
  async function lent() {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    return { fact, id: await disburse(a, reference(fact), usd('600.00')) };
  }
  const left = async (fact: FactInput) => at((await verify(b.officer, fact)).body, 'remaining.amount');
  const propose = (id: string, step: string, body: object) => a.officer.post(`/claims/${id}/${step}`, body);
  const confirm = (id: string, who = a.approver) => who.post(`/claims/${id}/awaiting/confirmation`, {});
  const ownFunds = (amount: string) => ({ amount: usd(amount), source: 'own-funds' });

  it('take a repayment back: the first changes nothing, the second confirms, both stay on record', async () => {
    const { id, fact } = await lent();
    await a.officer.post(`/claims/${id}/repayments`, ownFunds('200.00'));
    expect(await left(fact)).toBe('600.00');
    const wrong = { entry: 'repayment', repayment: 1, reason };
    const proposed = await propose(id, 'reversal', wrong);
    expect([proposed.status, proposed.body]).toMatchObject([
      200,
      { state: 'partly-repaid', outstanding: usd('400.00'), awaiting: { step: 'reversal' } },
    ]);
    expect(await left(fact)).toBe('600.00');
    await expectRefused(reader, () => propose(id, 'reversal', wrong), { status: 409, code: 'STEP_AWAITING' });
    await expectRefused(reader, () => confirm(id, a.officer), { status: 403, code: 'PERMISSION_DENIED' });
    await expectRefused(reader, () => confirm(id, b.approver), { status: 404, code: 'CLAIM_NOT_FOUND' });

    await eventually(async () => {
      return (await waitingAt(a.approver, id, 'claim-step-to-confirm'))?.['by'] === 'officer';
    });

    expect((await confirm(id)).body).toMatchObject({
      state: 'disbursed',
      outstanding: usd('600.00'),
      repayments: [{ amount: usd('200.00'), reversed: { reason } }],
    });
    expect(await left(fact)).toBe('400.00');
    await expectRefused(reader, () => confirm(id), { status: 409, code: 'STEP_NOT_AWAITING' });
    await expectRefused(reader, () => propose(id, 'reversal', wrong), {
      status: 404,
      code: 'ENTRY_NOT_FOUND',
      field: 'repayment',
    });
    const { body } = await a.officer.get(`/claims/${id}/history`);
    expect(listAt(body, 'versions').map(({ state }) => state)).toEqual([
      'reserved',
      'accepted',
      'disbursed',
      'partly-repaid',
      'partly-repaid',
      'disbursed',
    ]);
  });

  it('take a payout back: the claim is a promise again', async () => {
    const { id, fact } = await lent();
    await a.officer.post(`/claims/${id}/repayments`, ownFunds('100.00'));
    const wrong = { entry: 'disbursement', reason };
    await expectRefused(reader, () => propose(id, 'reversal', wrong), { status: 409, code: 'ENTRY_IN_USE' });
    await propose(id, 'reversal', { entry: 'repayment', repayment: 1, reason });
    await confirm(id);
    await propose(id, 'reversal', wrong);
    const returned = await a.approver.post(`/claims/${id}/awaiting/return`, { reason: 'It did leave.' });
    expect(returned.body).toMatchObject({
      state: 'disbursed',
      returned: { step: 'reversal', reason: 'It did leave.' },
    });
    await propose(id, 'reversal', wrong);
    expect((await confirm(id)).body).toMatchObject({
      state: 'accepted',
      reversals: [{ entry: 'disbursement', reason }],
    });
    expect(await left(fact)).toBe('400.00');
    expect((await a.officer.post(`/claims/${id}/withdrawal`, {})).body).toMatchObject({ state: 'withdrawn' });
    expect(await left(fact)).toBe('1000.00');
  });

  it('take a notice to the debtor back: the debtor hears that it is over, and both stay on record', async () => {
    const buyer = { ...otherExporter, name: 'Importer' };
    const invoice = taxInvoice({ buyer });
    await record(await taxOfficer(), invoice);
    const id = await disburse(a, reference(invoice), usd('600.00'));
    const notice = { date: inDays(0), how: 'Registered letter' };
    expect((await a.officer.post(`/claims/${id}/debtor-notice`, notice)).status).toBe(200);
    const debtor = await person('EnterpriseMSP', 'exporter-2');
    const { scheme, id: seller } = invoice.seller;
    const particulars = { seller: { scheme, id: seller }, total: invoice.total };
    const payee = async () => {
      const document = { type: invoice.type, number: invoice.number };
      return at((await debtor.post('/payee-look-ups', { document, particulars })).body, 'payee.kind');
    };
    expect(await payee()).toBe('bank');
    const noticed = async () => {
      const { body } = await debtor.get('/debtor-notices?limit=200');
      return listAt(body, 'items').some((one) => one['claim'] === id);
    };
    await eventually(noticed);
    const wrong = { entry: 'debtor-notice', reason };
    expect((await propose(id, 'reversal', wrong)).body).toMatchObject({ debtorNotice: notice });
    expect(await payee()).toBe('bank');
    await expectRefused(reader, () => confirm(id, a.officer), { status: 403, code: 'PERMISSION_DENIED' });
    const { body } = await confirm(id);
    expect(body).toMatchObject({
      state: 'disbursed',
      outstanding: usd('600.00'),
      reversals: [{ entry: 'debtor-notice', debtorNotice: notice, reason }],
    });
    expect(body).not.toHaveProperty('debtorNotice');
    expect(await payee()).toBe('seller');
    // A notice that was a mistake is gone from the debtor's list, and it hears of that.
    await eventually(async () => !(await noticed()));
    await eventually(async () => {
      const { body: alerts } = await debtor.get('/alerts?limit=100');
      return listAt(alerts, 'items').some(
        (one) => at(one, 'content.alert') === 'debtor-notice-over' && JSON.stringify(one).includes(id),
      );
    });
    await expectRefused(reader, () => propose(id, 'reversal', wrong), {
      status: 404,
      code: 'ENTRY_NOT_FOUND',
    });
    expect((await a.officer.post(`/claims/${id}/debtor-notice`, notice)).status).toBe(200);
  });

  it('take nothing from a bank that has lent meanwhile', async () => {
    const { id, fact } = await lent();
    await a.officer.post(`/claims/${id}/repayments`, ownFunds('600.00'));
    await verify(b.officer, fact);
    const other = await reserve(b, reference(fact), usd('900.00'));
    await propose(id, 'reversal', { entry: 'repayment', repayment: 1, reason });
    expect((await confirm(id)).body).toMatchObject({ state: 'disbursed', outstanding: usd('600.00') });
    expect(await left(fact)).toBe('0.00');
    expect((await b.approver.post(`/claims/${other}/acceptance`, {})).status).toBe(200);
    expect((await b.officer.post(`/claims/${other}/disbursement`, {})).body).toMatchObject({
      state: 'disbursed',
    });
  });

  it.each([
    ['write-off', { reason }, 'written-off', '600.00', '400.00'],
    ['repurchase', { reason }, 'repurchased', '0.00', '1000.00'],
    [
      'collector',
      { collector: { scheme: 'USCC', id: '91330200MA2CKXQ85H' }, reason },
      'assigned-to-collector',
      '600.00',
      '400.00',
    ],
  ] as const)('end a loan: %s', async (step, body, state, owed, rest) => {
    const { id, fact } = await lent();
    const proposed = await propose(id, step, body);
    expect([proposed.status, proposed.body]).toMatchObject([200, { state: 'disbursed' }]);
    await expectRefused(reader, () => b.officer.post(`/claims/${id}/${step}`, body), {
      status: 404,
      code: 'CLAIM_NOT_FOUND',
    });
    expect((await confirm(id)).body).toMatchObject({ state, outstanding: usd(owed) });
    expect(await left(fact)).toBe(rest);
    const { body: listed } = await a.officer.get(`/claims?state=${state}&limit=100`);
    expect(listAt(listed, 'items').map((item) => item['id'])).toContain(id);
  });

  it('refuse what is not there, and recourse before the debtor is late', async () => {
    const { id } = await lent();
    const recourse = { amount: usd('600.00'), source: 'recourse' };
    await expectRefused(reader, () => propose(id, 'repayments', recourse), {
      status: 409,
      code: 'RECOURSE_TOO_EARLY',
      field: 'source',
    });
    for (const body of [
      { entry: 'repayment', reason },
      { entry: 'payout', reason },
      { entry: 'disbursement' },
    ]) {
      await expectRefused(reader, () => propose(id, 'reversal', body), {
        status: 400,
        code: 'INPUT_INVALID',
      });
    }
    await expectRefused(reader, () => propose(id, 'reversal', { entry: 'debtor-notice', reason }), {
      status: 404,
      code: 'ENTRY_NOT_FOUND',
    });
  });

  it('pay out together where the consortium has set it, and only there', async () => {
    const policy = { payoutDays: 20, twoPeople: { BankAMSP: ['disbursement'] } };
    const { body: before } = await regulator.get('/registry/policy');
    await expectRefused(reader, () => a.approver.post('/registry/policy', policy), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    expect((await regulator.post('/registry/policy', policy)).status).toBe(201);
    try {
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const id = await reserve(a, reference(fact), usd('600.00'));
      const accepted = await a.approver.post(`/claims/${id}/acceptance`, {});
      const days = (Date.parse(String(at(accepted.body, 'expiresAt'))) - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(20);
      expect((await a.officer.post(`/claims/${id}/disbursement`, {})).body).toMatchObject({
        state: 'accepted',
        awaiting: { step: 'disbursement' },
      });
      expect((await confirm(id)).body).toMatchObject({ state: 'disbursed' });
      const other = await reserve(b, reference(fact), usd('100.00'));
      await b.approver.post(`/claims/${other}/acceptance`, {});
      expect((await b.officer.post(`/claims/${other}/disbursement`, {})).body).toMatchObject({
        state: 'disbursed',
      });
    } finally {
      expect((await regulator.post('/registry/policy', before)).status).toBe(201);
    }
  });
});
