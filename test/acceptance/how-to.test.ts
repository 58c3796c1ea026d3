import { randomInt } from 'node:crypto';
import type { DocumentReference, FactInput } from '@pledgeonce/chaincode/api.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { freshContainer } from '@pledgeonce/scripts/story/containers.js';
import { decided, revokeMandates } from '@pledgeonce/scripts/story/loan-steps.js';
import {
  freightInvoice,
  open,
  payment,
  taxFiling,
  type CodedFact,
} from '@pledgeonce/scripts/story/payment-papers.js';
import { billNumber, freshBill, freshReceipt } from '@pledgeonce/scripts/story/shipments.js';
import { bank, customsOfficer, person, taxOfficer, type BankPeople } from './support/consortium.js';
import {
  declaration,
  inDays,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
} from './support/documents.js';
import { HowToPage } from './support/how-to-page.js';
import { exporterPerson, insurer, insurerApprover } from './support/insured-trade.js';
import { eventually } from './support/eventually.js';
import { disburse, reserve } from './support/steps.js';
import { freshDeclaration, loanApplicant, recordApplicant } from './support/loans.js';

const patience = 300_000;
const serial = () => String(randomInt(1e9)).padStart(9, '0');
/** The days of the pages, counted from today. */
const days = {
  '2026-11-22': inDays(-3),
  '2026-11-25': inDays(0),
  '2026-10-26': inDays(-30),
  '2026-11-07': inDays(-18),
  '2026-11-10': inDays(-15),
  '2026-11-15': inDays(-10),
  '2026-11-19': inDays(-6),
  '2026-12-01': inDays(6),
  '2026-12-05': inDays(10),
  '2026-12-25': inDays(30),
  '2027-02-23': inDays(90),
  '2027-03-25': inDays(120),
  '2027-03-31': inDays(126),
  '2027-09-21': inDays(300),
};

describe('the requests of a how-to page, sent as they stand there', () => {
  let a: BankPeople;
  beforeAll(async () => {
    a = await bank('A');
  });

  it(
    'give an online loan: by the rules, by a person, and not',
    async () => {
      const enterprise = await loanApplicant();
      await recordApplicant();
      await revokeMandates(a);
      const page = new HowToPage('micro-loan', days);
      page.means('2518bd0d…', textAt((await a.officer.get('/loan-rules')).body, 'hash'));
      const mandate = textAt((await page.send(a.officer, '/loan-mandates')).body, 'id');
      expect((await page.send(a.approver, '/loan-mandates/{id}/grant', mandate)).status).toBe(200);

      const apply = async () => {
        const { number, total } = await freshDeclaration(`${randomInt(4_000, 9_000)}.${randomInt(10, 100)}`);
        page.means('221820260123456789', number);
        page.means('4000.00', total.amount);
        page.means('5f0c…', textAt((await page.send(enterprise, '/authorisations')).body, 'id'));
      };
      await apply();
      const submitted = await page.send(enterprise, '/loan-applications');
      expect(submitted.status).toBe(201);
      const loan = await decided(enterprise, textAt(submitted.body, 'id'));
      expect(loan).toMatchObject({
        state: 'approved',
        decidedBy: 'rules',
        terms: { amount: usd('3000.00'), rate: '2.00' },
        reasons: [{ rule: 'within-the-rules' }, { rule: 'price' }],
      });

      const referred = async () => {
        await apply();
        const body = { ...page.body('/loan-applications'), tenorDays: 160 };
        const id = textAt((await enterprise.post('/loan-applications', body)).body, 'id');
        expect(await decided(enterprise, id)).toMatchObject({ state: 'referred' });
        return id;
      };
      const id = await referred();
      expect((await page.send(a.officer, '/loan-applications/{id}/recommendation', id)).status).toBe(200);
      const approved = await page.send(a.approver, '/loan-applications/{id}/approval', id);
      expect(approved.body).toMatchObject({ state: 'approved', terms: { amount: usd('2500.00') } });
      const declined = await page.send(a.approver, '/loan-applications/{id}/decline', await referred());
      expect(declined.body).toMatchObject({ state: 'declined', decidedBy: 'person' });
      expect(page.unsent).toEqual([]);

      for (const claim of [textAt(loan, 'claim'), textAt(approved.body, 'claim')]) {
        await a.officer.post(`/claims/${claim}/withdrawal`, {});
      }
      await revokeMandates(a);
    },
    patience,
  );

  it(
    'correct a claim, and end one that is not repaid',
    async () => {
      const page = new HowToPage('life-of-a-claim', days);
      const lent = async () => {
        const fact = declaration();
        await record(await customsOfficer(), fact);
        return disburse(a, reference(fact), usd('600.00'));
      };
      const propose = (step: string, id: string) => page.send(a.officer, `/claims/{id}/${step}`, id);
      const confirm = (id: string) => page.send(a.approver, '/claims/{id}/awaiting/confirmation', id);
      const id = await lent();
      await a.officer.post(`/claims/${id}/repayments`, { amount: usd('200.00'), source: 'own-funds' });
      expect((await propose('reversal', id)).body).toMatchObject({ awaiting: { step: 'reversal' } });
      expect((await confirm(id)).body).toMatchObject({ state: 'disbursed', outstanding: usd('600.00') });
      expect((await propose('reversal', id)).status).toBe(200);
      expect((await page.send(a.approver, '/claims/{id}/awaiting/return', id)).body).toMatchObject({
        returned: { step: 'reversal' },
      });
      const other = await lent();
      await propose('repurchase', other);
      expect((await confirm(other)).body).toMatchObject({ state: 'repurchased', reference: 'RP-2026-17' });
      await propose('collector', id);
      expect((await confirm(id)).body).toMatchObject({ state: 'assigned-to-collector' });
      await propose('write-off', id);
      expect((await confirm(id)).body).toMatchObject({ state: 'written-off' });

      const regulator = await person('RegulatorMSP', 'approver');
      const { body: before } = await regulator.get('/registry/policy');
      try {
        expect((await page.send(regulator, '/registry/policy')).body).toMatchObject({ payoutDays: 20 });
      } finally {
        await regulator.post('/registry/policy', before);
      }
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'object to a document',
    async () => {
      const page = new HowToPage('objections', days);
      const fact = declaration();
      await record(await customsOfficer(), fact);
      await disburse(a, reference(fact), usd('600.00'));
      page.means('310120260516789012', fact.number);
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      const regulator = await person('RegulatorMSP', 'approver');
      const id = textAt((await page.send(enterprise, '/objections')).body, 'id');
      expect((await page.send(a.officer, '/objections/{id}/answer', id)).status).toBe(200);
      for (const state of ['held', 'dismissed']) {
        expect((await page.send(regulator, '/objections/{id}/decision', id)).body).toMatchObject({ state });
      }
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'give a bank consent',
    async () => {
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const page = new HowToPage('see-what-is-ones-own', {
        ...days,
        '310120260516789012': fact.number,
        '2026-12-31': inDays(30),
      });
      const regulator = await person('RegulatorMSP', 'approver');
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      const { body: before } = await regulator.get('/registry/policy');
      try {
        expect((await page.send(regulator, '/registry/policy')).status).toBe(201);
        expect((await page.send(enterprise, '/consents')).body).toMatchObject({ state: 'given' });
      } finally {
        expect((await regulator.post('/registry/policy', before)).status).toBe(201);
      }
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    "compare a book at month's end",
    async () => {
      const page = new HowToPage('months-end', days);
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const loan = await disburse(a, reference(fact), usd('600.00'));
      const number = textAt((await a.officer.get(`/claims/${loan}`)).body, 'applicationNumber');
      const book = `申请编号,未还余额,币种,状态\n${number},599.00,USD,已放款`;
      const posted = await page.sendFile(a.officer, '/reconciliations', 'text/csv', book);
      expect(posted.body).toMatchObject({ lines: 1, verdict: 'open' });
      const id = textAt(posted.body, 'id');
      const seen = await page.sendFile(a.officer, '/reconciliations/{id}/differences', '', undefined, id);
      expect(listAt(seen.body, 'items')[0]).toMatchObject({
        applicationNumber: number,
        differs: ['outstanding'],
      });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'look things up',
    async () => {
      const b = await bank('B');
      const [fact, filing] = [declaration(), taxFiling()];
      await Promise.all([record(await customsOfficer(), fact), record(await taxOfficer(), filing)]);
      const application = `LU-${serial()}`;
      const [payout, order] = [`PAY-${serial()}`, `FX-${serial()}`];
      const loan = await reserve(a, reference(fact), usd('60.00'), { applicationNumber: application });
      await a.approver.post(`/claims/${loan}/acceptance`, {});
      expect((await a.officer.post(`/claims/${loan}/disbursement`, { reference: payout })).status).toBe(200);
      const offered = await disburse(b, reference(fact), usd('20.00'));
      expect((await b.officer.post(`/claims/${offered}/transfer`, { to: a.msp })).status).toBe(200);
      expect((await open(a.officer, filing)).body).toMatchObject({ result: 'opened' });
      const part = usd('70000.00');
      const paid = await a.officer.post('/payments', payment(part, [[filing, part]], { reference: order }));
      const paidId = textAt(paid.body, 'id');

      const page = new HowToPage('look-ups', {
        ...days,
        'lu-2041': ` ${application.toLowerCase()} `,
        'PAY-77': payout,
        'FX-2026-17': order,
        'SV-2026-0071': filing.number,
        '310120260516789012': fact.number,
        '2026-11-01': inDays(0),
        '2026-12-01': inDays(1),
      });
      const found = async (path: string) => {
        const { status, body } = await page.sendFile(a.officer, path, '');
        expect(status).toBe(200);
        return listAt(body, 'items').map((one) => at(one, 'id'));
      };
      const times = (count: number) => Array.from({ length: count });
      for (const _ of times(3)) expect(await found('/claims')).toEqual([loan]);
      // By its due date: later than the days that are asked for.
      expect(await found('/claims')).not.toContain(loan);
      for (const _ of times(2)) expect(await found('/payments')).toEqual([paidId]);
      expect((await found('/payments'))[0]).toBe(paidId);
      expect((await found('/transfer-offers'))[0]).toBe(offered);
      expect((await b.officer.post(`/claims/${offered}/transfer/refusal`, {})).status).toBe(200);
      await eventually(async () => {
        const { body } = await a.officer.get('/transfer-offers');
        return !listAt(body, 'items').some((one) => one['id'] === offered);
      });

      const verified = await page.send(a.officer, '/verifications/batch');
      expect(verified.body).toMatchObject({
        items: [{ status: 'answered', verification: { result: 'match' } }],
        receipt: { kind: 'verification-receipt' },
      });
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      expect((await page.send(enterprise, '/own-documents/look-up')).body).toMatchObject({ liveDraws: 2 });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'take along what is one’s own',
    async () => {
      const page = new HowToPage('leaving', days);
      const admin = await person('BankAMSP', 'admin');
      const text = await page.sendForText(admin, '/export');
      expect(text.split('\n')[0]).toContain('"organisation":"BankAMSP"');
      expect(text.trimEnd().split('\n').at(-1)).toContain('"kind":"end"');
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'change a document by two people, and state a price',
    async () => {
      const fact = declaration();
      const id = await record(await customsOfficer(), fact);
      const priced = new HowToPage('price-and-outlet', {
        ...days,
        '310120260516789012': fact.number,
        'A-2041': `A-${serial()}`,
      });
      expect((await priced.send(a.officer, '/claims')).body).toMatchObject({ outlet: 'NB-017' });
      expect(priced.unsent).toEqual([]);
      const page = new HowToPage('two-people', days);
      const regulator = await person('RegulatorMSP', 'approver');
      const approver = await person('CustomsMSP', 'approver');
      const { body: before } = await regulator.get('/registry/policy');
      try {
        expect((await page.send(regulator, '/registry/policy')).status).toBe(201);
        const propose = () => page.send(customs, '/facts/{id}/cancellation', id);
        const customs = await customsOfficer();
        expect((await propose()).body).toMatchObject({ awaiting: { step: 'cancellation' } });
        expect((await page.send(approver, '/facts/{id}/awaiting/return', id)).status).toBe(200);
        expect((await propose()).status).toBe(200);
        const confirmed = await page.send(approver, '/facts/{id}/awaiting/confirmation', id);
        expect(confirmed.body).toMatchObject({ status: 'cancelled' });
        page.means('wang.fang', `wang.fang.${serial()}`);
        expect((await page.send(regulator, '/registry/policy')).status).toBe(201);
        const admitted = await page.send(await person('CustomsMSP', 'admin'), '/people');
        expect(admitted.body).toMatchObject({ awaits: { kind: 'admission' } });
        expect(admitted.body).not.toHaveProperty('invitation');
        const second = await person('CustomsMSP', 'admin-2');
        const returned = await page.send(second, '/people/{id}/return', textAt(admitted.body, 'id'));
        expect(returned.body).toMatchObject({ cameToNothing: { outcome: 'returned', by: 'admin' } });
      } finally {
        expect((await regulator.post('/registry/policy', before)).status).toBe(201);
      }
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'confirm a debt and lend on it',
    async () => {
      const invoice = taxInvoice({ buyer: { ...otherExporter, name: 'Importer' } });
      await record(await taxOfficer(), invoice);
      const page = new HowToPage('reverse-factoring', {
        ...days,
        '24412000000012345678': invoice.number,
        'RF-1': `RF-${serial()}`,
      });
      const buyer = await person('EnterpriseMSP', 'exporter-2');
      expect((await page.send(buyer, '/debts')).body).toMatchObject({ state: 'confirmed' });
      expect((await page.send(a.officer, '/claims')).body).toMatchObject({ product: 'reverse-factoring' });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'lend on an order and move the claim onto its invoice',
    async () => {
      const number = `PO${serial()}`;
      const invoice = taxInvoice({ cites: [{ type: 'purchase-order', number }] });
      const page = new HowToPage('purchase-orders', {
        ...days,
        '4500012345': number,
        '24412000000012345678': invoice.number,
        'PO-1': `PO-${serial()}`,
      });
      const [seller, buyer] = await Promise.all([
        person('EnterpriseMSP', 'exporter-1'),
        person('EnterpriseMSP', 'exporter-2'),
      ]);
      expect((await page.send(seller, '/facts')).status).toBe(201);
      expect((await page.send(buyer, '/debts')).body).toMatchObject({ state: 'confirmed' });
      const lent = await page.send(a.officer, '/claims');
      expect(lent.body).toMatchObject({ product: 'order' });
      await record(await taxOfficer(), invoice);
      const moved = await page.send(a.officer, '/claims/{id}/moves', textAt(lent.body, 'id'));
      expect(listAt(moved.body, 'lines')).toHaveLength(2);
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'lend on an invoice that is paid in instalments',
    async () => {
      const page = new HowToPage('instalments', {
        ...days,
        '2026-12-30': inDays(35),
        '24412000000012345678': taxInvoice().number,
        'INST-1': `INST-${serial()}`,
      });
      const tax = await taxOfficer();
      const recorded = await page.send(tax, '/facts');
      expect(recorded.status).toBe(201);
      const told = await page.send(a.officer, '/verifications');
      expect(listAt(told.body, 'instalments')).toHaveLength(3);
      expect((await page.send(a.officer, '/claims')).status).toBe(201);
      const amended = await page.send(tax, '/facts/{id}', textAt(recorded.body, 'id'));
      expect(listAt(amended.body, 'instalments')).toHaveLength(1);
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'sell a share of a loan, and pass its money on',
    async () => {
      const b = await bank('B');
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const lent = await disburse(a, reference(fact), usd('600.00'));
      const page = new HowToPage('participation', { ...days, 'SYN-7': `SYN-${serial()}` });
      expect((await page.send(a.officer, '/claims/{id}/transfer', lent)).body).toMatchObject({
        offeredShare: usd('240.00'),
      });
      const taken = await page.send(b.approver, '/claims/{id}/transfer/acceptance', lent);
      expect(taken.body).toMatchObject({ amount: usd('240.00'), shareOf: { claim: lent, bank: a.msp } });
      const repay = (by: BankPeople, id: string) => page.send(by.officer, '/claims/{id}/repayments', id);
      expect((await repay(a, lent)).body).toMatchObject({ state: 'settled', amount: usd('360.00') });
      expect((await repay(b, textAt(taken.body, 'id'))).body).toMatchObject({ state: 'settled' });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'buy an export bill under a letter of credit',
    async () => {
      const buyer = { scheme: 'LEI', id: '529900T8BM49AURSDO55', name: 'Importer' } as const;
      const paper = declaration({ buyer });
      await record(await customsOfficer(), paper);
      const page = new HowToPage('letters-of-credit', {
        ...days,
        LC2026000077: `LC${serial()}`,
        '221820260000000001': paper.number,
        'LC-1': `LC-${serial()}`,
      });
      expect((await page.send(a.officer, '/facts')).status).toBe(201);
      expect((await page.send(a.officer, '/claims')).body).toMatchObject({ product: 'discount' });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'open credit records',
    async () => {
      const page = new HowToPage('credit-query', days);
      const regulator = await person('RegulatorMSP', 'officer');
      expect((await page.send(regulator, '/credit-records')).status).toBe(201);
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      page.means('5f0c…', textAt((await page.send(enterprise, '/authorisations')).body, 'id'));
      expect((await page.send(a.officer, '/credit-queries')).body).toMatchObject({ query: { usesLeft: 1 } });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'bring an offer',
    async () => {
      const page = new HowToPage('matchmaking', {
        ...days,
        '2026-11-25T16:00:00Z': new Date(Date.now() + 3_600_000).toISOString(),
      });
      const fact = declaration();
      await record(await customsOfficer(), fact);
      page.means('221820260123456789', fact.number);
      const enterprise = await person('EnterpriseMSP', 'exporter-1');
      const request = textAt((await page.send(enterprise, '/financing-requests')).body, 'id');
      expect((await page.send(a.officer, '/financing-requests/{id}/offers', request)).status).toBe(201);
      expect(page.unsent).toEqual([]);
      expect((await enterprise.post(`/financing-requests/${request}/withdrawal`, {})).status).toBe(200);
    },
    patience,
  );

  it(
    'pay for services on a filing',
    async () => {
      const page = new HowToPage('service-payments', {
        ...days,
        '2026-3302-000017': `2026-3302-${serial()}`,
      });
      expect((await page.send(await taxOfficer(), '/facts')).status).toBe(201);
      expect((await page.send(a.officer, '/document-openings')).body).toMatchObject({ result: 'opened' });
      expect((await page.send(a.officer, '/payments')).body).toMatchObject({
        state: 'marked',
        filingRequired: true,
      });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'pay freight on two invoices, and a dividend',
    async () => {
      const tax = await taxOfficer();
      const [first, second] = ['583920', '583921'].map((checkCode) =>
        freightInvoice(usd('1000.00'), { checkCode }),
      );
      if (first === undefined || second === undefined) throw new Error('There are no invoices.');
      for (const fact of [first, second]) await record(tax, fact);
      const page = new HowToPage('freight-payments', {
        ...days,
        F26000417: first.number,
        F26000418: second.number,
        '2026-3302-D-0009': `2026-3302-D-${serial()}`,
      });
      expect((await page.send(a.officer, '/document-openings')).body).toMatchObject({ result: 'opened' });
      await open(a.officer, second);
      expect((await page.send(a.officer, '/payments')).status).toBe(201);
      const paper = page.body('/facts') as unknown as CodedFact;
      expect((await page.send(tax, '/facts')).status).toBe(201);
      expect(at((await open(a.officer, paper)).body, 'result')).toBe('opened');
      expect((await page.send(a.officer, '/payments')).body).toMatchObject({ purpose: 'capital-account' });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'lend under export credit insurance, until the insurer lets the limit lapse',
    async () => {
      const buyer = { scheme: 'VAT' as const, id: `DE${serial()}` };
      const invoice = taxInvoice({ buyer });
      await record(await taxOfficer(), invoice);
      const page = new HowToPage('export-credit-insurance', {
        ...days,
        '26332000000000000017': invoice.number,
        DE811128135: buyer.id,
        'POL-7': `POL-${serial()}`,
        'LIM-7': `LIM-${serial()}`,
        'SHP-7': `SHP-${serial()}`,
      });
      const recorded = [];
      for (let count = 0; count < 3; count++) recorded.push(await page.send(await insurer(), '/facts'));
      expect(recorded.map(({ status }) => status)).toEqual([201, 201, 201]);
      const assignment = textAt((await page.send(await exporterPerson(), '/assignments')).body, 'id');
      const confirm = '/assignments/{id}/confirmation';
      expect((await page.send(await insurerApprover(), confirm, assignment)).status).toBe(200);
      expect((await page.send(a.officer, '/claims')).body).toMatchObject({ state: 'reserved' });
      const lapsed = await page.send(await insurer(), '/facts/{id}', textAt(recorded[1]?.body, 'id'));
      expect(lapsed.body).toMatchObject({ version: 2, limit: { lapsedOn: inDays(6) } });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'check an offshore trade and pay for it',
    async () => {
      const carrier = await person('CarrierMSP', 'officer');
      const page = new HowToPage('offshore-trade', {
        ...days,
        COSU303503343: `COSU${serial()}`,
        DEMU4082882: freshContainer(),
        WR150464196: `WR${serial()}`,
        'SALE-303503343': `SALE-${serial()}`,
      });
      const bill = page.body('/facts') as unknown as FactInput;
      expect((await page.send(carrier, '/facts')).status).toBe(201);
      expect((await page.send(await person('EnterpriseMSP', 'exporter-2'), '/facts')).status).toBe(201);
      const { number } = receiptOn(page);
      await record(carrier, { ...freshReceipt('24', bill), number, seller: bill.seller });
      const check = await page.send(a.officer, '/offshore-checks');
      expect(check.body).toMatchObject({ verdict: 'consistent' });
      page.means('d948322b…', textAt(check.body, 'id'));
      expect((await page.send(a.officer, '/payments')).body).toMatchObject({ purpose: 'offshore-trade' });
      expect(page.unsent).toEqual([]);
    },
    patience,
  );

  it(
    'lend on freight and on goods in a warehouse',
    async () => {
      const carrier = await person('CarrierMSP', 'officer');
      // The page imports a file; here it is what a carrier's system would have sent.
      const imported = freshBill(usd('2400.10'));
      const file = { body: JSON.stringify(imported), headers: { 'content-type': 'application/json' } };
      const response = await carrier.fetch('POST', '/facts/import', file);
      expect(JSON.parse(await response.text())).toMatchObject({ status: 'recorded' });
      const page = new HowToPage('corridor-and-warehouse', {
        ...days,
        COSU629799465: billNumber(imported),
        CR666968326: `CR${serial()}`,
        DEMU5931135: freshContainer(),
        WR207568923: `WR${serial()}`,
        WR575452497: `WR${serial()}`,
      });
      const waybill = await page.send(carrier, '/facts');
      expect((await page.send(a.officer, '/verifications')).body).toMatchObject({
        result: 'match',
        remaining: usd('2400.10'),
      });
      for (const version of [2, 3]) {
        const amended = await page.send(carrier, '/facts/{id}', textAt(waybill.body, 'id'));
        expect(amended.body).toMatchObject({ version });
      }
      const lot = textAt(page.body('/facts'), 'cites.0.number');
      await record(carrier, { ...freshReceipt('1000'), number: lot });
      expect((await page.send(carrier, '/facts')).status).toBe(201);
      const reserved = await page.send(a.officer, '/claims');
      expect(reserved.body).toMatchObject({ state: 'reserved', lines: [] });
      const id = textAt(reserved.body, 'id');
      await a.approver.post(`/claims/${id}/acceptance`, {});
      await a.officer.post(`/claims/${id}/disbursement`, {});
      const released = await page.send(a.officer, '/claims/{id}/goods-release', id);
      expect(released.body).toMatchObject({ collateral: [{ pledged: { amount: '350.000', unit: 'TNE' } }] });
      expect(page.unsent).toEqual(['POST /facts/import']);
    },
    patience,
  );

  it(
    'tell a debtor whom to pay',
    async () => {
      const invoice = taxInvoice();
      await record(await taxOfficer(), invoice);
      const page = new HowToPage('audit', { '26332000000000000000': invoice.number });
      const debtor = await person('EnterpriseMSP', 'exporter-2');
      expect((await page.send(debtor, '/payee-look-ups')).body).toMatchObject({
        result: 'match',
        payee: { kind: 'seller' },
      });
    },
    patience,
  );
});

/** The receipt that the check of the page names: its warehouse recorded it before. */
function receiptOn(page: HowToPage): DocumentReference {
  const receipt = at(page.body('/offshore-checks'), 'receipts.0.document');
  return receipt as DocumentReference;
}
