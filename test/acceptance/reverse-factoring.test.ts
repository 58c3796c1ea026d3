import { randomBytes, randomInt } from 'node:crypto';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
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

  it('is confirmed by a buyer abroad, who has an account by its VAT number and reads whom to pay', async () => {
    const abroad = { scheme: 'VAT', id: `DE${String(randomInt(1e9)).padStart(9, '0')}` } as const;
    const admin = await person('EnterpriseMSP', 'admin');
    const id = `buyer.${randomBytes(5).toString('hex')}`;
    const invite = (party: object, more = {}) =>
      admin.post('/people', { id, role: 'officer', party, ...more });
    const wrong = { scheme: 'LEI', id: '5493001KJTIIGC8Y1R13' };
    expect(await invite(wrong)).toMatchObject({ body: { code: 'CHECK_DIGIT_WRONG', field: 'party.id' } });
    expect(await invite({ scheme: 'DUNS', id: '150483782' })).toMatchObject({ status: 400 });
    const both = await invite(abroad, { uscc: otherExporter.id });
    expect(both).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', field: 'party' } });
    // An account under an LEI or an EORI is made in the same way.
    for (const party of [
      { scheme: 'LEI', id: '5493001KJTIIGC8Y1R12' },
      { scheme: 'EORI', id: `DE${randomInt(1e6, 1e7)}12345` },
    ]) {
      const named = await admin.post('/people', { id: `${id}.${party.scheme}`, role: 'officer', party });
      expect(named).toMatchObject({ status: 201, body: { state: 'invited', party } });
    }
    const invited = await invite({ ...abroad, id: abroad.id.toLowerCase() });
    expect(invited).toMatchObject({ status: 201, body: { state: 'invited', party: abroad } });
    expect(invited.body).not.toHaveProperty('uscc');
    const secret = `Mine alone: ${randomBytes(9).toString('base64url')}`;
    const code = textAt(invited.body, 'invitation.code');
    const portal = organisationOf(consortium(), 'EnterpriseMSP');
    const accepted = { enrolmentId: id, code, secret };
    expect((await new Client(portal.url, '').post('/invitations/acceptance', accepted)).status).toBe(204);
    const session = await openSession(portal, id, secret);
    expect(session).toMatchObject({ status: 201, body: { person: { party: abroad } } });
    const importer = new Client(portal.url, textAt(session.body, 'token'));

    const invoice = taxInvoice({ buyer: { ...abroad, name: 'Käufer GmbH' } });
    await record(await taxOfficer(), invoice);
    expect((await verify(a.officer, invoice)).status).toBe(200);
    const document = { type: invoice.type, number: invoice.number };
    const { scheme, id: sellerId } = invoice.seller;
    const seller = { scheme, id: sellerId };
    const said = { document, particulars: { seller, total: usd('1000.00') }, amount: usd('800.00') };
    await expectRefused(reader, () => buyer.post('/debts', said), { status: 404, code: 'FACT_NOT_FOUND' });
    const confirmed = await importer.post('/debts', said);
    expect(confirmed).toMatchObject({ status: 201, body: { state: 'confirmed', debtor: abroad } });
    const debt = textAt(confirmed.body, 'id');
    const listed = async (client: Client) =>
      JSON.stringify((await client.get('/debts?limit=200')).body).includes(debt);
    await eventually(() => listed(importer));
    expect(await listed(buyer)).toBe(false);
    const asked = { bank: a.msp, categories: ['basic'], purpose: 'A loan', ...term(), uses: 1 };
    await expectRefused(reader, () => importer.post('/authorisations', asked), {
      ...{ status: 403, code: 'OTHER_ENTERPRISE' },
    });

    const reserved = await a.officer.post(
      '/claims',
      claim(reference(invoice), usd('800.00'), { product: 'reverse-factoring' }),
    );
    const lent = textAt(reserved.body, 'id');
    await a.approver.post(`/claims/${lent}/acceptance`, {});
    const notice = { date: new Date().toISOString().slice(0, 10), how: 'A registered letter.' };
    expect((await a.officer.post(`/claims/${lent}/debtor-notice`, notice)).status).toBe(200);
    const told = async (client: Client) =>
      JSON.stringify((await client.get('/debtor-notices')).body).includes(lent);
    await eventually(() => told(importer));
    expect(await told(buyer)).toBe(false);
  });
});

/** From today for a month. */
function term() {
  const [from = '', to = ''] = [0, 30].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  );
  return { from, to };
}
