import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { today } from '@pledgeonce/scripts/story/payment-papers.js';
import { auditor, bank, customsOfficer, person, taxOfficer, type BankPeople } from './support/consortium.js';
import { cite, declaration, record, reference, taxInvoice, usd, verify } from './support/documents.js';
import { disburse, reserve } from './support/steps.js';

/** A currency that no other test draws in. */
const currency = 'SEK';

describe('the auditor of a limit', () => {
  let a: BankPeople;
  let regulator: Client;
  let customs: Client;
  let tax: Client;
  beforeAll(async () => {
    [a, regulator, customs, tax] = await Promise.all([bank('A'), auditor(), customsOfficer(), taxOfficer()]);
  });

  /** Cause, what was left, and what bound it, of each change. */
  async function told(fact: string): Promise<unknown[]> {
    const { status, body } = await regulator.get(`/audit/facts/${fact}`);
    expect(status).toBe(200);
    return listAt(body, 'limits.items').map((change) => [
      listAt(change, 'causes')
        .map(({ cause }) => cause)
        .join(' '),
      at(change, 'remaining.amount'),
      at(change, 'limitedBy.documents.0.number'),
    ]);
  }

  it('reads why it rose and fell: a draw, a repayment, an amendment, a neighbour, a credit note, a cancellation', async () => {
    const invoice = taxInvoice({ total: usd('800.00') });
    const declared = declaration({ total: usd('1000.00'), cites: [cite(invoice)] });
    const fact = await record(customs, declared);
    const lent = await disburse(a, reference(declared), usd('300.00'));
    const billed = await record(tax, invoice);
    const withdrawn = await reserve(a, reference(invoice), usd('100.00'));
    await a.officer.post(`/claims/${withdrawn}/withdrawal`, {});
    const note = taxInvoice({
      type: 'credit-note',
      corrects: { number: invoice.number },
      total: usd('50.00'),
    });
    const credited = await record(tax, note);
    await a.officer.post(`/claims/${lent}/repayments`, { amount: usd('300.00'), source: 'own-funds' });
    const changes = { total: usd('600.00') };
    await customs.request('PATCH', `/facts/${fact}`, { body: { changes, reason: 'Short.' } });
    await tax.post(`/facts/${billed}/cancellation`, { reason: 'Red letter.' });

    expect(await told(fact)).toEqual([
      ['recorded', '1000.00', declared.number],
      ['drawn', '700.00', declared.number],
      ['joined', '500.00', invoice.number],
      ['drawn', '400.00', invoice.number],
      ['released', '500.00', invoice.number],
      ['credit-note', '450.00', invoice.number],
      ['released', '750.00', invoice.number],
      ['amended', '600.00', declared.number],
      ['cancelled', '0.00', invoice.number],
    ]);
    const items = listAt((await regulator.get(`/audit/facts/${fact}`)).body, 'limits.items');
    expect(items[1]).toMatchObject({ causes: [{ claims: [lent] }], overdrawn: false });
    expect(items[3]).toMatchObject({ causes: [{ claims: [withdrawn] }] });
    expect(items[5]).toMatchObject({ causes: [{ documents: [{ id: credited }] }] });
    expect(items[8]).toMatchObject({
      causes: [{ documents: [{ id: billed, type: 'tax-invoice', number: invoice.number }] }],
    });
    // The last line is what a bank is told today.
    expect((await verify(a.officer, { ...declared, total: usd('600.00') })).body).toMatchObject({
      remaining: usd('0.00'),
    });
    for (const item of items) {
      const id = String(item['transactionId']);
      expect((await regulator.get(`/audit/transactions/${id}`)).body).toMatchObject({
        code: 'VALID',
        block: item['block'],
      });
    }
  });

  it('reads whose rate it was, and a page before another', async () => {
    const officer = await person('RegulatorMSP', 'officer');
    const publish = (rate: string) =>
      officer.post('/rates', {
        base: 'CNY',
        date: today(),
        rates: [
          { currency, rate },
          { currency: 'USD', rate: '7.10' },
        ],
      });
    await publish('0.71');
    const crowns = taxInvoice({ total: { amount: '1000.00', currency } });
    const declared = declaration({ total: usd('500.00'), cites: [cite(crowns)] });
    await record(tax, crowns);
    const fact = await record(customs, declared);
    await publish('0.70');
    const changes = await told(fact);
    expect(changes[0]).toEqual(['recorded', '100.00', crowns.number]);
    expect(changes[1]).toEqual(['rate', '98.59', crowns.number]);
    const { body } = await regulator.get(`/audit/facts/${fact}`);
    expect(at(body, 'limits.items.1.causes.0.currencies')).toContain(currency);
    const second = listAt(body, 'limits.items')[1];
    const before = `${String(second?.['block'])}-${String(second?.['position'])}`;
    const older = (await regulator.get(`/audit/facts/${fact}?before=${before}`)).body;
    expect(listAt(older, 'limits.items')).toHaveLength(1);
    expect((await regulator.get(`/audit/facts/${fact}?before=x`)).status).toBe(400);
  });

  it('is the regulator: the authority of a document reads no bank’s claims there', async () => {
    const declared = declaration();
    const fact = await record(customs, declared);
    await reserve(a, reference(declared), usd('10.00'));
    const { status, body } = await customs.get(`/audit/facts/${fact}`);
    expect([status, at(body, 'limits')]).toEqual([200, undefined]);
    expect((await a.officer.get(`/audit/facts/${fact}`)).status).toBe(404);
  });
});
