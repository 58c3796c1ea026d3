import { randomInt } from 'node:crypto';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { decided, revokeMandates } from '@pledgeonce/scripts/story/loan-steps.js';
import { freightInvoice, open, type CodedFact } from '@pledgeonce/scripts/story/payment-papers.js';
import { bank, customsOfficer, person, taxOfficer, type BankPeople } from './support/consortium.js';
import { declaration, inDays, record, usd } from './support/documents.js';
import { HowToPage } from './support/how-to-page.js';
import { freshDeclaration, loanApplicant, recordApplicant } from './support/loans.js';

const patience = 120_000;
const serial = () => String(randomInt(1e9)).padStart(9, '0');
/** The days of the pages, counted from today. */
const days = {
  '2026-11-25': inDays(0),
  '2026-12-05': inDays(10),
  '2026-12-25': inDays(30),
  '2027-03-31': inDays(126),
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
});
