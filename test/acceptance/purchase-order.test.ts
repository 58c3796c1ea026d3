import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, person, taxOfficer, type BankPeople } from './support/consortium.js';
import {
  claim,
  declaration,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';
import { disburse } from './support/steps.js';

/** Issue 12, point 8: a bank lends on an order that the buyer confirms, and the claim moves onto its invoices. */
describe('purchase order financing', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let seller: Client;
  let buyer: Client;
  let tax: Client;
  beforeAll(async () => {
    [reader, a, b, seller, buyer, tax] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('EnterpriseMSP', 'exporter-1'),
      person('EnterpriseMSP', 'exporter-2'),
      taxOfficer(),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  const conflict = (code: string) => ({ status: 409, code });
  const order = (): FactInput => {
    const { number } = declaration();
    return taxInvoice({
      type: 'purchase-order',
      number: `PO${number}`,
      buyer: { ...otherExporter, name: 'Importer' },
    });
  };
  const invoiceOf = ({ number }: FactInput, amount: string) =>
    taxInvoice({ total: usd(amount), cites: [{ type: 'purchase-order', number }] });
  const known = async (paper: FactInput) => {
    for (const { officer } of [a, b]) expect((await verify(officer, paper)).status).toBe(200);
  };
  const lend = ({ officer }: BankPeople, paper: FactInput, amount: string) =>
    officer.post(
      '/claims',
      claim(reference(paper), usd(amount), {
        product: paper.type === 'purchase-order' ? 'order' : 'invoice',
      }),
    );
  const confirmation = ({ type, number, total, seller: { scheme, id } }: FactInput, amount: string) => ({
    document: { type, number },
    particulars: { seller: { scheme, id }, total },
    amount: usd(amount),
  });
  const move = ({ officer }: BankPeople, id: string, from: FactInput, to: FactInput, amount: string) =>
    officer.post(`/claims/${id}/moves`, {
      lines: [{ order: { number: from.number }, document: reference(to), amount: usd(amount) }],
    });

  it('lends on the order, moves onto its invoices in parts, and nobody else draws in between', async () => {
    const paper = order();
    const fact = await record(seller, paper);
    await known(paper);
    await expectRefused(reader, () => lend(a, paper, '10.00'), conflict('DEBT_NOT_CONFIRMED'));
    await expectRefused(reader, () => seller.post('/debts', confirmation(paper, '1000.00')), {
      status: 404,
      code: 'FACT_NOT_FOUND',
      field: 'document',
    });
    expect((await buyer.post('/debts', confirmation(paper, '1000.00'))).status).toBe(201);
    expect((await verify(b.officer, paper)).body).toMatchObject({
      confirmedByDebtor: { amount: usd('1000.00') },
      remaining: usd('1000.00'),
    });
    const id = await disburse(a, reference(paper), usd('1000.00'), { product: 'order' });
    await expectRefused(
      reader,
      () => seller.post(`/facts/${fact}/cancellation`, { reason: 'No order any more.' }),
      conflict('ORDER_DRAWN'),
    );

    const [first, second, stranger] = [invoiceOf(paper, '600.00'), invoiceOf(paper, '400.00'), taxInvoice()];
    for (const one of [first, second, stranger]) {
      await record(tax, one);
      await known(one);
    }
    await expectRefused(reader, () => lend(b, first, '0.01'), conflict('EXCEEDS_BALANCE'));
    await expectRefused(reader, () => move(a, id, paper, stranger, '100.00'), conflict('NOT_OF_ORDER'));
    await expectRefused(reader, () => move(a, id, paper, first, '600.01'), conflict('EXCEEDS_BALANCE'));
    expect((await move(a, id, paper, first, '600.00')).status).toBe(200);
    await expectRefused(reader, () => lend(b, second, '0.01'), conflict('EXCEEDS_BALANCE'));
    const whole = await move(a, id, paper, second, '400.00');
    expect([whole.status, whole.body]).toMatchObject([
      200,
      { state: 'disbursed', product: 'order', outstanding: usd('1000.00') },
    ]);
    const numbers = listAt(whole.body, 'lines').map((line) => at(line, 'document.number'));
    expect(numbers.toSorted()).toEqual([first.number, second.number].toSorted());
    await expectRefused(reader, () => lend(b, paper, '0.01'), conflict('EXCEEDS_BALANCE'));
  });

  it('shows the move to bank, exporter and history', async () => {
    const paper = order();
    await record(seller, paper);
    await known(paper);
    expect((await buyer.post('/debts', confirmation(paper, '1000.00'))).status).toBe(201);
    const id = textAt((await lend(a, paper, '1000.00')).body, 'id');
    const invoice = invoiceOf(paper, '600.00');
    await record(tax, invoice);
    await known(invoice);
    const moved = await move(a, id, paper, invoice, '600.00');
    expect([moved.status, moved.body]).toMatchObject([
      200,
      { state: 'reserved', outstanding: usd('1000.00') },
    ]);
    const parts = listAt(moved.body, 'lines').map((line) => [
      at(line, 'document.type'),
      at(line, 'amount.amount'),
    ]);
    expect(parts).toEqual([
      ['purchase-order', '400.00'],
      ['tax-invoice', '600.00'],
    ]);
    expect((await verify(b.officer, invoice)).body).toMatchObject({ remaining: usd('0.00') });
    await expectRefused(reader, () => lend(b, paper, '0.01'), conflict('EXCEEDS_BALANCE'));
    await expectRefused(reader, () => move(a, id, paper, invoice, '400.01'), {
      status: 422,
      code: 'MOVE_INVALID',
      field: 'lines.0.amount',
    });
    const history = await a.officer.get(`/claims/${id}/history`);
    expect(listAt(history.body, 'versions')).toHaveLength(2);
    await eventually(async () => {
      const own = await seller.get(`/claims/${id}`);
      return own.status === 200 && at(own.body, 'moves.0.document.number') === invoice.number;
    });
  });
});
