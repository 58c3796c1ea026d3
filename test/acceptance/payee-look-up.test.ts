import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, person, taxOfficer, type BankPeople } from './support/consortium.js';
import { claim, exporter, inDays, record, reference, taxInvoice, usd } from './support/documents.js';
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
      question,
      ask: (more: object = {}) => debtor.post('/payee-look-ups', { ...question, ...more }),
    };
  }

  it('is the seller until the debtor was notified, then the bank, and the seller again after repayment', async () => {
    const { id, ask } = await financed();
    expect((await ask()).body).toMatchObject({
      result: 'match',
      payees: [{ kind: 'seller', party: exporter }],
    });
    const notice = { date: inDays(0), how };
    const told = await a.officer.post(`/claims/${id}/debtor-notice`, notice);
    expect([told.status, at(told.body, 'debtorNotice.how')]).toEqual([200, how]);
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      result: 'match',
      payees: [{ kind: 'bank', bank: 'BankAMSP', notified: notice }],
    });
    await a.officer.post(`/claims/${id}/disbursement`, {});
    await a.officer.post(`/claims/${id}/repayments`, { amount: usd('600.00'), source: 'proceeds' });
    expect(listAt((await ask()).body, 'payees')).toMatchObject([{ kind: 'seller' }]);
  });

  it('answers a wrong particular like an unknown invoice, and no bank at all', async () => {
    const { question, ask } = await financed();
    const wrong = { ...question, particulars: { ...question.particulars, total: usd('999.99') } };
    const unknown = { ...question, document: taxInvoice() };
    const known = { type: unknown.document.type, number: unknown.document.number };
    for (const more of [wrong, { document: known }]) {
      expect((await ask(more)).body).toEqual({ result: 'no-match', payees: [] });
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
