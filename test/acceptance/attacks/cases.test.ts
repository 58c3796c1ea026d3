import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { textAt } from '@pledgeonce/scripts/rest/json.js';
import { freshContainer } from '@pledgeonce/scripts/story/containers.js';
import { billOfLading, idOf } from '@pledgeonce/scripts/story/shipments.js';
import { BlockReader } from '../support/block-reader.js';
import {
  bank,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
  type BankPeople,
} from '../support/consortium.js';
import {
  cite,
  claim,
  declaration,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';
import { asOwnInvoice, disburse, reserve } from '../support/steps.js';

describe('cases', () => {
  let reader: BlockReader;
  let a: BankPeople;
  let b: BankPeople;
  let customs: Client;
  let tax: Client;
  let firm: Client;
  beforeAll(async () => {
    reader = await BlockReader.open(consortium());
    [a, b] = [await bank('A'), await bank('B')];
    [customs, tax] = [await customsOfficer(), await taxOfficer()];
    firm = await person('EnterpriseMSP', 'exporter-1');
  });
  afterAll(() => {
    reader.close();
  });

  const exceeds = { status: 409, code: 'EXCEEDS_BALANCE' };
  const claiming =
    ({ officer }: BankPeople, fact: FactInput, amount: string) =>
    () =>
      officer.post('/claims', claim(reference(fact), usd(amount)));

  it('Agritrade: several papers for one shipment, and shipments that never were', async () => {
    const carrier = await person('CarrierMSP', 'officer');
    const invoice = taxInvoice({ total: usd('1000.00') });
    await record(tax, invoice);
    // Two bills of lading for the same cargo: both cite its invoice, so both are evidence of the one trade.
    const { total: _total, ...paper } = declaration();
    const bills = ['A', 'B'].map((copy): FactInput => ({
      ...paper,
      type: 'bill-of-lading',
      number: `PLDG${invoice.number.slice(-8)}${copy}`,
      cites: [cite(invoice)],
      transport: { vessel: { name: 'Harbour Star' } },
    }));
    for (const bill of bills) {
      await record(carrier, bill);
      const document = { type: bill.type, number: bill.number };
      await expectRefused(reader, () => b.officer.post('/claims', claim(document, usd('1000.00'))), {
        status: 409,
        code: 'NOT_VERIFIED',
      });
    }
    await reserve(a, reference(invoice), usd('1000.00'));
    await expectRefused(reader, claiming(b, invoice, '0.01'), exceeds);
    // A shipment of which no authority knows.
    await expectRefused(reader, claiming(a, declaration(), '1000.00'), {
      status: 409,
      code: 'NOT_VERIFIED',
    });
  });

  /** Freight, which is owed to whoever issued the bill. */
  const pledging =
    ({ officer }: BankPeople, { type, number, seller }: FactInput, amount: string) =>
    () =>
      officer.post('/claims', claim({ type, number }, usd(amount), { enterprise: idOf(seller) }));

  it('Agritrade: several bills of lading for the same containers', async () => {
    const carrier = await person('CarrierMSP', 'officer');
    const containers = [freshContainer(), freshContainer()];
    const bills = [0, 1, 2].map(() => billOfLading({}, { containers }));
    const [first, second, third] = bills;
    if (first === undefined || second === undefined || third === undefined) throw new Error('Three bills.');
    for (const bill of bills) await record(carrier, bill);
    const { body } = await verify(b.officer, second);
    // Bills of other tests, of the same carrier and about the same amount, may raise a warning besides.
    const sameContainers = expect.objectContaining({ warning: 'same-containers' }) as unknown;
    expect(body).toMatchObject({
      result: 'match',
      warnings: expect.arrayContaining([sameContainers]) as unknown,
    });
    // Three banks' worth of paper, one shipment's worth of freight.
    expect((await pledging(a, first, '1000.00')()).status).toBe(201);
    for (const bill of [second, third]) await expectRefused(reader, pledging(b, bill, '0.01'), exceeds);
  });

  it('Agritrade: a pledged bill of lading is cancelled and comes again under another number', async () => {
    const carrier = await person('CarrierMSP', 'officer');
    const transport = { containers: [freshContainer()] };
    const [bill, again] = [billOfLading({}, transport), billOfLading({}, transport)];
    const fact = await record(carrier, bill);
    const pledged = textAt((await pledging(a, bill, '1000.00')()).body, 'id');
    expect((await carrier.post(`/facts/${fact}/cancellation`, { reason: 'Misprinted.' })).status).toBe(200);
    await record(carrier, again);
    await expectRefused(reader, pledging(b, again, '1000.00'), {
      status: 409,
      code: 'EXCEEDS_BALANCE',
    });
    expect((await a.officer.post(`/claims/${pledged}/withdrawal`, {})).status).toBe(200);
    expect((await pledging(a, again, '1000.00')()).status).toBe(201);
    await expectRefused(reader, pledging(b, again, '0.01'), exceeds);
  });

  it('Hin Leong: two banks finance one trade, each with another paper of it', async () => {
    const invoice = taxInvoice({ total: usd('1000.00') });
    await record(tax, invoice);
    const fact = declaration({ total: usd('1000.00'), cites: [cite(invoice)] });
    await record(customs, fact);
    await disburse(a, reference(fact), usd('1000.00'));
    await expectRefused(reader, claiming(b, invoice, '1000.00'), exceeds);
    await expectRefused(reader, claiming(b, invoice, '0.01'), exceeds);
    expect((await verify(b.officer, invoice)).body).toMatchObject({ remaining: usd('0.00'), liveDraws: 1 });
  });

  it('Qingdao: receipts for 300,000 tonnes on a pile of 100,000', async () => {
    const { total: _total, ...paper } = declaration();
    const tonnes = (amount: string) => ({ amount, unit: 'TNE' });
    const receipt: FactInput = {
      ...paper,
      type: 'warehouse-receipt',
      number: `QD-${paper.number}`,
      quantity: tonnes('100000'),
      transport: { to: 'Dagang yard' },
    };
    const carrier = await person('CarrierMSP', 'officer');
    await record(carrier, receipt);
    const pledge =
      ({ officer }: BankPeople, number: string, quantity: string) =>
      () =>
        officer.post('/claims', {
          ...claim(reference(receipt), usd('5000000.00'), { product: 'warehouse' }),
          lines: [],
          collateral: [{ document: { type: receipt.type, number }, quantity: tonnes(quantity) }],
        });
    await expectRefused(reader, pledge(a, receipt.number, '300000'), { status: 409, code: 'NOT_VERIFIED' });
    expect((await pledge(a, receipt.number, '100000')()).status).toBe(201);
    for (const number of [receipt.number, receipt.number.toLowerCase(), `qd ${paper.number}`]) {
      await expectRefused(reader, pledge(b, number, '100000'), exceeds);
      await expectRefused(reader, pledge(b, number, '0.001'), exceeds);
    }
    await expectRefused(reader, () => carrier.post('/facts', { ...receipt, number: `QD ${paper.number}` }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
  });

  it('First Brands: invoices inflated, made up, and sold to several factors', async () => {
    const invoice = taxInvoice({ total: usd('1000.00') });
    await record(tax, invoice);
    const factoring = { product: 'factoring' } as const;
    await reserve(a, reference(invoice), usd('1000.00'), factoring);
    await expectRefused(
      reader,
      () => b.officer.post('/claims', claim(reference(invoice), usd('1000.00'), factoring)),
      exceeds,
    );
    // The same sale, inflated in the firm's own books: the customs declaration says what was really shipped.
    const inflated = asOwnInvoice(taxInvoice({ total: usd('9000.00') }));
    await record(firm, inflated);
    const shipped = declaration({ total: usd('800.00'), cites: [cite(inflated)] });
    await record(customs, shipped);
    await expectRefused(reader, claiming(b, inflated, '800.01'), exceeds);
    await reserve(b, reference(inflated), usd('800.00'));
    // Made up altogether.
    await expectRefused(reader, claiming(b, asOwnInvoice(taxInvoice()), '1.00'), {
      status: 409,
      code: 'NOT_VERIFIED',
    });
  });

  it('First Brands: a financed invoice is lowered afterwards, and everybody concerned is told', async () => {
    const fact = declaration({ total: usd('1000.00') });
    const id = await record(customs, fact);
    await disburse(a, reference(fact), usd('900.00'));
    const amended = await customs.request('PATCH', `/facts/${id}`, {
      body: { changes: { total: usd('300.00') }, reason: 'Inflated.' },
    });
    expect(amended.body).toMatchObject({ overdrawn: true });
    await expectRefused(reader, claiming(b, fact, '1.00'), { status: 409, code: 'UNDERLYING_OVERDRAWN' });
  });
});
