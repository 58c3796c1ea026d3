import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
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
  exporter,
  inDays,
  record,
  reference,
  taxInvoice,
  usd,
} from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { expectRefused } from './support/nothing-written.js';

const how = 'Registered letter, received';

describe('S10: the registered payee of an invoice', () => {
  let a: BankPeople;
  let debtor: Client;
  let reader: BlockReader;
  beforeAll(async () => {
    [a, debtor] = [await bank('A'), await person('EnterpriseMSP', 'exporter-2')];
    reader = await BlockReader.open(consortium());
  });
  afterAll(() => {
    reader.close();
  });

  async function financed() {
    const fact = taxInvoice();
    await record(await taxOfficer(), fact);
    const id = textAt((await a.officer.post('/claims', claim(reference(fact), usd('600.00')))).body, 'id');
    await a.approver.post(`/claims/${id}/acceptance`, {});
    const document = { type: fact.type, number: fact.number };
    const question = { document, particulars: { seller: exporter, total: usd('1000.00') } };
    return {
      id,
      fact,
      question,
      ask: (more: object = {}) => debtor.post('/payee-look-ups', { ...question, ...more }),
    };
  }

  it('is the seller until the debtor was notified, then the bank, and the seller again after repayment', async () => {
    const { id, ask } = await financed();
    expect((await ask()).body).toMatchObject({
      result: 'match',
      payee: { kind: 'seller', party: exporter },
    });
    const notice = { date: inDays(0), how };
    const told = await a.officer.post(`/claims/${id}/debtor-notice`, notice);
    expect([told.status, at(told.body, 'debtorNotice.how')]).toEqual([200, how]);
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      result: 'match',
      payee: { kind: 'bank', bank: 'BankAMSP', notified: notice },
    });
    await a.officer.post(`/claims/${id}/disbursement`, {});
    await a.officer.post(`/claims/${id}/repayments`, { amount: usd('600.00'), source: 'proceeds' });
    expect(at((await ask()).body, 'payee.kind')).toBe('seller');
  });

  it('after a transfer is the bank whose letter the debtor has, and never two', async () => {
    const b = await bank('B');
    const { id, ask, fact } = await financed();
    const letter = (by: BankPeople, claimed: string) =>
      by.officer.post(`/claims/${claimed}/debtor-notice`, { date: inDays(0), how });
    // A second bank lends on the rest, and writes first.
    const later = textAt((await b.officer.post('/claims', claim(reference(fact), usd('400.00')))).body, 'id');
    await b.approver.post(`/claims/${later}/acceptance`, {});
    expect((await letter(b, later)).status).toBe(200);
    expect(at((await ask()).body, 'payee.bank')).toBe('BankBMSP');
    expect((await letter(a, id)).status).toBe(200);
    expect(at((await ask()).body, 'payee.bank')).toBe('BankAMSP');
    await a.officer.post(`/claims/${id}/disbursement`, {});
    expect((await a.officer.post(`/claims/${id}/transfer`, { to: 'BankBMSP' })).status).toBe(200);
    const taken = await b.approver.post(`/claims/${id}/transfer/acceptance`, {
      applicationNumber: `TAKEN-${fact.number}`,
    });
    expect(taken.status).toBe(200);
    // Not the new bank, on the strength of a letter that tells the debtor to pay the old one.
    expect((await ask()).body).toMatchObject({
      payee: { kind: 'bank', bank: 'BankAMSP', notified: { how } },
    });
    expect((await letter(b, textAt(taken.body, 'id'))).status).toBe(200);
    expect((await ask()).body).toEqual({
      result: 'match',
      payee: { kind: 'bank', bank: 'BankBMSP', notified: { date: inDays(0), how } },
    });
  });

  it('does not change when the seller’s own paper joins two sales', async () => {
    const customs = await customsOfficer();
    const { id, ask, fact } = await financed();
    const [own, other] = [declaration({ cites: [cite(fact)] }), declaration()];
    for (const declared of [own, other]) await record(customs, declared);
    const b = await bank('B');
    const stranger = textAt(
      (await b.officer.post('/claims', claim(reference(other), usd('10.00')))).body,
      'id',
    );
    await b.approver.post(`/claims/${stranger}/acceptance`, {});
    await b.officer.post(`/claims/${stranger}/debtor-notice`, { date: inDays(0), how });
    const mine = await person('EnterpriseMSP', 'exporter-1');
    const paper = (number: string) =>
      taxInvoice({ type: 'commercial-invoice', number, cites: [cite(own), cite(other)] });
    for (const number of [taxInvoice().number, fact.number]) await record(mine, paper(number));
    expect(at((await ask()).body, 'payee.kind')).toBe('seller');
    await a.officer.post(`/claims/${id}/debtor-notice`, { date: inDays(0), how });
    expect(at((await ask()).body, 'payee.bank')).toBe('BankAMSP');
  });

  it('is not found by guessing: misses are counted for person and firm, and then it answers nobody', async () => {
    const { question } = await financed();
    const gateway = await ExtraGateway.start(consortium(), 'EnterpriseMSP', { missesPerPerson: 5 });
    try {
      const guesser = await gateway.person('exporter-2');
      const asked = (amount: string) =>
        guesser.post('/payee-look-ups', {
          ...question,
          particulars: { ...question.particulars, total: usd(amount) },
        });
      for (let guess = 1; guess <= 5; guess += 1) {
        expect((await asked(`${guess}.00`)).body).toEqual({ result: 'no-match' });
      }
      expect((await asked('1000.00')).body).toMatchObject({ code: 'RATE_LIMITED' });
    } finally {
      await gateway.stop();
    }
  });

  it('answers a wrong particular like an unknown invoice, and no bank at all', async () => {
    const { question, ask } = await financed();
    const wrong = { ...question, particulars: { ...question.particulars, total: usd('999.99') } };
    const unknown = { ...question, document: taxInvoice() };
    const known = { type: unknown.document.type, number: unknown.document.number };
    for (const more of [wrong, { document: known }]) {
      expect((await ask(more)).body).toEqual({ result: 'no-match' });
    }
    const b = await bank('B');
    await expectRefused(reader, () => b.officer.post('/payee-look-ups', question), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
  });

  it('records a notice only of a claim that is accepted, and only of the past', async () => {
    const { id } = await financed();
    await expectRefused(
      reader,
      () => a.officer.post(`/claims/${id}/debtor-notice`, { date: inDays(5), how }),
      { status: 422, code: 'DATE_INVALID', field: 'date' },
    );
    const b = await bank('B');
    await expectRefused(
      reader,
      () => b.officer.post(`/claims/${id}/debtor-notice`, { date: inDays(0), how }),
      { status: 404, code: 'CLAIM_NOT_FOUND' },
    );
  });
});
