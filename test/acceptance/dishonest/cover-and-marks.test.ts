import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import {
  checkOf,
  held,
  heldInvoice,
  offshoreBill,
  type OffshorePaper,
  offshorePayment,
  purchase,
} from '@pledgeonce/scripts/story/offshore-papers.js';
import { open, payment, taxFiling } from '@pledgeonce/scripts/story/payment-papers.js';
import { freshReceipt } from '@pledgeonce/scripts/story/shipments.js';
import { BlockReader } from '../support/block-reader.js';
import {
  auditor,
  bank,
  type BankPeople,
  consortium,
  customsOfficer,
  person,
  taxOfficer,
} from '../support/consortium.js';
import {
  cite,
  claim,
  declaration,
  inDays,
  otherExporter,
  record,
  reference,
  usd,
  verify,
} from '../support/documents.js';
import { assign, insuredClaim, insuredTrade, type InsuredTrade } from '../support/insured-trade.js';
import { expectRefused } from '../support/nothing-written.js';

/** Several trades of several papers each, on a busy machine too. */
const patienceMs = 300_000;

let reader: BlockReader;
let a: BankPeople;
let b: BankPeople;
beforeAll(async () => {
  [reader, a, b] = await Promise.all([BlockReader.open(consortium()), bank('A'), bank('B')]);
});
afterAll(() => {
  reader.close();
});
const left = async (fact: FactInput) => at((await verify(b.officer, fact)).body, 'remaining.amount');

/** Point 6. */
describe('cover of one buyer', () => {
  it(
    'does not stand for the invoice to another one, whose own is named with a cent',
    async () => {
      const [x, y] = [await insuredTrade({ limit: '0.01' }), await insuredTrade({ limit: '90000.00' })];
      for (const { limit } of [x, y]) await assign(limit);
      const covered = (trade: InsuredTrade, amount: string) =>
        [trade.limit, trade.shipment].map((fact) => ({ document: reference(fact), amount: usd(amount) }));
      const body = insuredClaim(x, usd('900.00'), {
        cover: [...covered(x, '0.01'), ...covered(y, '899.99')],
      });
      const attempt = () => a.officer.post('/claims', body);
      const answer = await attempt();
      expect(answer.status).toBe(409);
      expect(listAt(answer.body, 'lines').map(({ code }) => code)).toContain('COVER_SUM');
      await expectRefused(reader, attempt, { status: 409, code: textAt(answer.body, 'code') });
      expect(await left(y.limit)).toBe('90000.00');
      expect(await left(x.invoice)).toBe('1000.00');
    },
    patienceMs,
  );

  it(
    'is freed by what its own buyer paid, and never by another one’s payment',
    async () => {
      const [x, y] = [await insuredTrade(), await insuredTrade()];
      for (const { limit } of [x, y]) await assign(limit);
      const lines = [x, y].map(({ invoice }) => ({ document: reference(invoice), amount: usd('450.00') }));
      const cover = [x, y].flatMap(({ limit, shipment }) =>
        [limit, shipment].map((fact) => ({ document: reference(fact), amount: usd('450.00') })),
      );
      const reserved = await a.officer.post('/claims', insuredClaim(x, usd('900.00'), { lines, cover }));
      expect(reserved.status).toBe(201);
      const path = `/claims/${textAt(reserved.body, 'id')}`;
      expect((await a.approver.post(`${path}/acceptance`, {})).status).toBe(200);
      expect((await a.officer.post(`${path}/disbursement`, {})).status).toBe(200);
      expect([await left(x.limit), await left(y.limit)]).toEqual(['1550.00', '1550.00']);
      const repaid = { amount: usd('450.00'), source: 'proceeds', document: reference(x.invoice) };
      expect((await a.officer.post(`${path}/repayments`, repaid)).status).toBe(200);
      expect([await left(x.limit), await left(y.limit)]).toEqual(['2000.00', '1550.00']);
    },
    patienceMs,
  );
});

/** Point 17. */
describe('an assignment of proceeds', () => {
  it(
    'is not kept in use by a claim of a cent that was never paid out',
    async () => {
      const trade = await insuredTrade();
      const assignment = await assign(trade.limit);
      const id = textAt((await a.officer.post('/claims', insuredClaim(trade, usd('0.01')))).body, 'id');
      expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
      const exporter = await person('EnterpriseMSP', 'exporter-1');
      const released = await exporter.post(`/assignments/${assignment}/release`, { reason: 'Another bank.' });
      expect(released.body).toMatchObject({ state: 'released' });
      await expectRefused(reader, () => a.officer.post(`/claims/${id}/disbursement`, {}), {
        status: 409,
        code: 'NOT_ASSIGNEE',
      });
      await assign(trade.limit, 'BankBMSP');
      expect((await b.officer.post('/claims', insuredClaim(trade, usd('100.00')))).status).toBe(201);
    },
    patienceMs,
  );
});

/** Point 7. */
describe('an offshore mark', () => {
  let carrier: Client;
  let supplier: Client;
  beforeAll(async () => {
    [carrier, supplier] = await Promise.all([
      person('CarrierMSP', 'officer'),
      person('EnterpriseMSP', 'exporter-2'),
    ]);
  }, patienceMs);

  const paid = async (by: BankPeople, paper: OffshorePaper, amount: string, price = amount) => {
    const sale = purchase(usd(price));
    await record(supplier, sale);
    const check = await by.officer.post(
      '/offshore-checks',
      checkOf([held(paper)], { invoice: heldInvoice(sale) }),
    );
    expect(check.status).toBe(201);
    const body = offshorePayment(textAt(check.body, 'id'), [paper], usd(amount));
    return () => by.officer.post('/payments', body);
  };

  it(
    'of a firm that knows the container and nothing else blocks nobody',
    async () => {
      const bill = offshoreBill({}, { consignee: { ...otherExporter, name: 'The true buyer' } });
      await record(carrier, bill);
      await expectRefused(reader, await paid(a, bill, '0.01'), { status: 409, code: 'PAYER_NOT_NAMED' });
      const consent = { document: { type: bill.type, number: bill.number }, payer: checkOf([]).enterprise };
      expect((await supplier.post('/mark-consents', consent)).status).toBe(201);
      // Who consented reads it in a list; another enterprise of the same portal does not.
      const isListed = async (by: Client) => {
        const { body } = await by.get('/mark-consents?limit=100');
        return listAt(body, 'items').some((one) => at(one, 'document.number') === bill.number);
      };
      expect(await isListed(supplier)).toBe(true);
      expect(await isListed(await person('EnterpriseMSP', 'exporter-1'))).toBe(false);
      expect((await (await paid(a, bill, '84000.00'))()).status).toBe(201);
    },
    patienceMs,
  );

  it(
    'is held against the invoice that was checked, and backs no more than it',
    async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const attempt = await paid(a, bill, '9999999999999.99', '84000.00');
      const { status, body } = await attempt();
      expect(status).toBe(409);
      await expectRefused(reader, attempt, { status: 409, code: textAt(body, 'code') });
      expect((await (await paid(b, bill, '84000.00'))()).status).toBe(201);
    },
    patienceMs,
  );

  it(
    'is lifted by the regulator, whatever the bank that set it says',
    async () => {
      const bill = offshoreBill();
      await record(carrier, bill);
      const mark = textAt((await (await paid(a, bill, '84000.00'))()).body, 'id');
      const again = await paid(b, bill, '84000.00');
      await expectRefused(reader, again, { status: 409, code: 'ALREADY_MARKED' });
      const lift = (who: Client) => who.post(`/payments/${mark}/lifting`, { reason: 'Not its goods.' });
      await expectRefused(reader, () => lift(b.approver), { status: 403, code: 'WRONG_ORGANISATION' });
      expect((await lift(await person('RegulatorMSP', 'approver'))).body).toMatchObject({ state: 'lifted' });
      expect((await again()).status).toBe(201);
      expect((await (await auditor()).get(`/payments/${mark}`)).body).toMatchObject({ state: 'lifted' });
    },
    patienceMs,
  );
});

/** Point 8. */
describe('goods and their price', () => {
  it(
    'are not both lent on in full where declaration and receipt cite each other',
    async () => {
      const receipt = freshReceipt('100');
      const declared = declaration({ total: usd('400000.00'), cites: [cite(receipt)] });
      await record(await person('CarrierMSP', 'officer'), { ...receipt, cites: [cite(declared)] });
      await record(await customsOfficer(), declared);
      const quantity = receipt.quantity;
      if (quantity === undefined) throw new Error('a receipt without goods');
      const pledge = claim(reference(declared), usd('400000.00'), {
        product: 'warehouse',
        lines: [],
        collateral: [{ document: { type: receipt.type, number: receipt.number }, quantity }],
      });
      const pledged = await a.officer.post('/claims', pledge);
      expect([pledged.status, at(pledged.body, 'code')]).toEqual([201, undefined]);
      const again = () => b.officer.post('/claims', claim(reference(declared), usd('0.01')));
      await expectRefused(reader, again, { status: 409, code: 'EXCEEDS_BALANCE' });
      expect(await left(declared)).toBe('0.00');
    },
    patienceMs,
  );
});

/** Point 14. */
describe('a payment abroad', () => {
  it(
    'is not dated to when its filing did not exist, nor to after it expired',
    async () => {
      const tax = await taxOfficer();
      const filing = taxFiling({
        filing: { subject: 'consultancy', validUntil: inDays(-10) },
        date: inDays(-40),
      });
      await record(tax, filing);
      expect((await open(a.officer, filing)).status).toBe(200);
      const on = (paidOn: string) => () =>
        a.officer.post('/payments', payment(usd('60000.00'), [[filing, usd('60000.00')]], { paidOn }));
      for (const [paidOn, code] of [
        ['2001-01-01', 'FILING_LATER'],
        [inDays(-44), 'FILING_LATER'],
        [inDays(-9), 'FILING_EXPIRED'],
        [inDays(0), 'FILING_EXPIRED'],
      ] as const) {
        await expectRefused(reader, on(paidOn), { status: 409, code });
      }
      expect((await on(inDays(-10))()).status).toBe(201);
    },
    patienceMs,
  );
});
