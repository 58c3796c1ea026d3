import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, person, taxOfficer, type BankPeople } from './support/consortium.js';
import { claim, otherExporter, record, reference, taxInvoice, usd, verify } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { expectRefused } from './support/nothing-written.js';

/** Issue 12, point 8: the debtor confirms invoice, amount and payee, and a bank lends on that. */
describe('reverse factoring', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let seller: Client;
  let buyer: Client;
  beforeAll(async () => {
    [reader, a, b, seller, buyer] = await Promise.all([
      BlockReader.open(consortium()),
      bank('A'),
      bank('B'),
      person('EnterpriseMSP', 'exporter-1'),
      person('EnterpriseMSP', 'exporter-2'),
    ]);
  });
  afterAll(() => {
    reader.close();
  });

  it('lends within what the debtor has confirmed, to whom it named, and not before', async () => {
    const invoice = taxInvoice({ buyer: { ...otherExporter, name: 'Importer' } });
    await record(await taxOfficer(), invoice);
    for (const { officer } of [a, b]) expect((await verify(officer, invoice)).status).toBe(200);
    const lend = ({ officer }: BankPeople, amount: string) =>
      officer.post('/claims', claim(reference(invoice), usd(amount), { product: 'reverse-factoring' }));
    const conflict = (code: string) => ({ status: 409, code });
    await expectRefused(reader, () => lend(a, '10.00'), conflict('DEBT_NOT_CONFIRMED'));

    const { scheme, id } = invoice.seller;
    const said = {
      document: { type: invoice.type, number: invoice.number },
      particulars: { seller: { scheme, id }, total: usd('1000.00') },
      amount: usd('800.00'),
      payTo: a.msp,
    };
    const notFound = { status: 404, code: 'FACT_NOT_FOUND', field: 'document' };
    await expectRefused(reader, () => seller.post('/debts', said), notFound);
    const wrong = { ...said, particulars: { ...said.particulars, total: usd('999.99') } };
    await expectRefused(reader, () => buyer.post('/debts', wrong), notFound);
    await expectRefused(reader, () => buyer.post('/debts', { ...said, amount: usd('1000.01') }), {
      status: 422,
      code: 'DEBT_INVALID',
      field: 'amount',
    });
    await expectRefused(reader, () => a.officer.post('/debts', said), {
      status: 403,
      code: 'WRONG_ORGANISATION',
    });
    const confirmed = await buyer.post('/debts', said);
    expect([confirmed.status, confirmed.body]).toMatchObject([201, { state: 'confirmed', payTo: a.msp }]);
    await expectRefused(reader, () => buyer.post('/debts', said), {
      ...conflict('DEBT_CONFIRMED'),
      field: 'document',
    });
    expect((await verify(b.officer, invoice)).body).toMatchObject({
      confirmedByDebtor: { amount: usd('800.00'), payTo: a.msp },
    });
    await expectRefused(reader, () => lend(b, '10.00'), conflict('DEBT_OF_OTHERS'));
    expect((await lend(a, '500.00')).status).toBe(201);
    await expectRefused(reader, () => lend(a, '300.01'), conflict('EXCEEDS_CONFIRMED'));
    expect((await lend(a, '300.00')).status).toBe(201);

    const debt = textAt(confirmed.body, 'id');
    const debtsOf = async (client: Client) => listAt((await client.get('/debts?limit=200')).body, 'items');
    await eventually(async () => (await debtsOf(buyer)).some((one) => one['id'] === debt));
    expect((await debtsOf(seller)).some((one) => one['id'] === debt)).toBe(false);
    const own = await seller.post('/own-documents/look-up', { document: said.document });
    expect(own.body).toMatchObject({ confirmedByDebtor: { amount: usd('800.00') } });
  });
});
