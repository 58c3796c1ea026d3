import { randomInt } from 'node:crypto';
import type { Json } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import {
  checkOf,
  held,
  heldInvoice,
  offshoreBill,
  offshorePayment,
  purchase,
} from '@pledgeonce/scripts/story/offshore-papers.js';
import { bank, customsOfficer, person, taxOfficer } from '../acceptance/support/consortium.js';
import {
  cite,
  claim,
  declaration,
  exporter,
  inDays,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
  verify,
} from '../acceptance/support/documents.js';
import { insuredTrade } from '../acceptance/support/insured-trade.js';
import { faultsByAxe } from './support/judge.js';
import { Looker } from './support/looks-well.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** Issue 12 at the portal: consent, the debtor's word, notices to it, and what a loan costs. */
describe('firms in the browser', () => {
  let looker: Looker;
  let seller: Visitor;
  let buyer: Visitor;
  let officer: Visitor;

  beforeAll(async () => {
    looker = await Looker.open();
    seller = await Visitor.at('EnterpriseMSP');
    buyer = await Visitor.at('EnterpriseMSP');
    officer = await Visitor.at('BankAMSP');
    looker.follow(seller, buyer, officer);
    await seller.signInAs('exporter-1 (Officer)');
    await buyer.signInAs('exporter-2 (Officer)');
    await officer.signInAs('Officer');
  });
  afterAll(() => Visitor.allLeave());

  it('an exporter gives a bank consent to one document, and takes it back: the bank draws with it and not without', async () => {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const [b, regulator] = [await bank('B'), await person('RegulatorMSP', 'approver')];
    const before = (await regulator.get('/registry/policy')).body;
    const policy = { ...before, consent: { BankBMSP: 'document' } };
    expect((await regulator.post('/registry/policy', policy)).status).toBe(201);
    try {
      const reserve = async () => {
        const { status, body } = await b.officer.post('/claims', claim(reference(fact), usd('100.00')));
        return [status, at(body, 'code')];
      };
      expect(await reserve()).toEqual([403, 'CONSENT_MISSING']);
      const { page } = seller;
      await seller.goTo('/consents');
      await page.getByRole('link', { name: 'Give a bank consent', exact: true }).click();
      await seller.settled();
      expect(await looker.faults(seller, 'story-new-consent')).toEqual([]);
      await page.locator('[name="bank"]').fill(b.msp);
      await page.locator('[name="document.number"]').fill(declaration().number);
      await seller.press('Give consent');
      // Of what is not the own document nothing is said but that; what was typed stays.
      await page.getByText('FACT_NOT_FOUND').or(page.locator('[aria-invalid="true"]')).first().waitFor();
      expect(await page.locator('[name="bank"]').inputValue()).toBe(b.msp);
      await page.locator('[name="document.number"]').fill(fact.number);
      await seller.press('Give consent');
      await page.waitForURL(/\/consents$/);
      const row = page.getByRole('row').filter({ hasText: fact.number });
      await row.getByText('Given', { exact: true }).waitFor();
      expect(await looker.faults(seller, 'story-consents')).toEqual([]);
      expect(await reserve()).toEqual([201, undefined]);

      await row.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await page.getByRole('dialog').getByText('What it has drawn stays drawn.').waitFor();
      await seller.press('Withdraw', page.getByRole('dialog'));
      await row.getByText('Withdrawn', { exact: true }).waitFor();
      await thereAre(0, row.getByRole('button'));
      expect(await reserve()).toEqual([403, 'CONSENT_MISSING']);
    } finally {
      await regulator.post('/registry/policy', before);
    }
  });

  it('an exporter that leaves the number empty gives consent to all of its documents', async () => {
    const { page } = seller;
    await seller.goTo('/consents/new');
    await page.locator('[name="bank"]').fill('BankAMSP');
    await page.locator('[name="document.number"]').fill('');
    await page.locator('[name="until"]').fill(inDays(20));
    await seller.press('Give consent');
    await page.waitForURL(/\/consents$/);
    const row = page.getByRole('row').filter({ hasText: 'Every document' }).first();
    await row.waitFor();
    expect(await row.innerText()).toContain('BankAMSP');
    const { body } = await (await bank('A')).officer.get('/consents?state=given&limit=100');
    expect(listAt(body, 'items')).toContainEqual(
      expect.objectContaining({ bank: 'BankAMSP', until: inDays(20) }),
    );
  });

  it('a buyer confirms what it will pay, and to which bank; the seller finds no such form for it', async () => {
    const invoice = taxInvoice({ buyer: { ...otherExporter, name: 'Importer' } });
    await record(await taxOfficer(), invoice);
    const { page } = buyer;
    await buyer.goTo('/debts');
    await page.getByRole('link', { name: 'Confirm a debt', exact: true }).click();
    await buyer.settled();
    expect(await looker.faults(buyer, 'story-new-debt')).toEqual([]);
    const type = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
    await type('document.number', invoice.number);
    await type('particulars.seller.id', exporter.id);
    await type('particulars.total.amount', '1000.00');
    await type('amount.amount', '1000.01');
    await type('payTo', 'BankAMSP');
    await buyer.press('Confirm for good');
    await page.locator('[name="amount.amount"][aria-invalid="true"]').waitFor();
    await type('amount.amount', '800.00');
    await buyer.press('Confirm for good');
    await page.waitForURL(/\/debts$/);
    const row = page.getByRole('row').filter({ hasText: invoice.number });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/800\.00[\s\S]*BankAMSP/);
    expect(await looker.faults(buyer, 'story-debts')).toEqual([]);
    const { officer: lender } = await bank('A');
    expect((await verify(lender, invoice)).body).toMatchObject({
      confirmedByDebtor: { amount: usd('800.00') },
    });
  });

  it('a firm that a bill of lading names lets the new owner of the goods pay on it', async () => {
    const bill = offshoreBill({}, { consignee: { ...otherExporter, name: 'Who sold the goods on' } });
    await record(await person('CarrierMSP', 'officer'), bill);
    const sale = purchase(usd('84000.00'), { seller: otherExporter });
    await record(await person('EnterpriseMSP', 'exporter-2'), sale);
    const { officer: payingBank } = await bank('A');
    const papers = checkOf([held(bill)], { invoice: heldInvoice(sale) });
    const check = textAt((await payingBank.post('/offshore-checks', papers)).body, 'id');
    const pay = async () => {
      const body = offshorePayment(check, [bill], usd('84000.00'));
      const answer = await payingBank.post('/payments', body);
      return [answer.status, at(answer.body, 'code')];
    };
    expect(await pay()).toEqual([409, 'PAYER_NOT_NAMED']);
    const { page } = buyer;
    await buyer.goTo('/consents');
    const part = page.getByRole('region', { name: 'Another firm pays on your goods' });
    await part.locator('[name="document.number"]').fill(offshoreBill().number);
    await part.locator('[name="payer.id"]').fill(exporter.id);
    await buyer.press('Let this firm pay on it', part);
    // Of a paper that does not name the firm nothing is said but that; what was typed stays.
    await part.getByText('FACT_NOT_FOUND').waitFor();
    expect(await part.locator('[name="payer.id"]').inputValue()).toBe(exporter.id);
    // The sentence beside the field follows its reader into the other language and back.
    const beside = page.locator('.mantine-InputWrapper-error');
    const told = await beside.innerText();
    expect(told).toMatch(/[a-z]/);
    await buyer.readIn('zh');
    expect(await beside.innerText()).toMatch(/^[^a-z]*[\u4e00-\u9fff][^a-z]*$/);
    await buyer.readIn('en');
    expect(await beside.innerText()).toBe(told);
    await part.locator('[name="document.number"]').fill(bill.number);
    await buyer.press('Let this firm pay on it', part);
    const given = part.getByRole('status').filter({ hasText: bill.number });
    await given.getByText(new RegExp(`USCC ${exporter.id} may pay on`)).waitFor();
    expect(await part.locator('[name="document.number"]').inputValue()).toBe('');
    await part.getByRole('row').filter({ hasText: bill.number }).getByText(exporter.id).waitFor();
    expect(await looker.faults(buyer, 'story-mark-consent')).toEqual([]);
    expect(await pay()).toEqual([201, undefined]);
  });

  it('an exporter names the insurer whose limit it assigns', async () => {
    const { limit } = await insuredTrade();
    const { page } = seller;
    await seller.goTo('/assignments');
    await seller.press('Assign the proceeds');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="bank"]').fill('BankAMSP');
    await dialog.locator('[name="limit"]').fill(limit.number);
    await dialog.locator('[name="insurer"]').fill('CarrierMSP');
    await seller.press('Assign the proceeds', dialog);
    await dialog.locator('[name="limit"][aria-invalid="true"]').waitFor();
    await dialog.locator('[name="insurer"]').fill('InsurerMSP');
    await seller.press('Assign the proceeds', dialog);
    await dialog.waitFor({ state: 'detached' });
    const { policy = '' } = limit.limit ?? {};
    await page.getByRole('row').filter({ hasText: policy }).getByText('InsurerMSP').waitFor();
    expect(await looker.faults(seller, 'story-assignments')).toEqual([]);
  });

  it('a bank is asked which member gave a number that two have given, and reads the answer of the one it names', async () => {
    const [a, b] = [await bank('A'), await bank('B')];
    const number = `LC${randomInt(1e12)}`;
    const credit = (amount: string) =>
      declaration({
        type: 'letter-of-credit',
        number,
        buyer: { ...otherExporter, name: 'Applicant' },
        total: usd(amount),
        letterOfCredit: { issuingBank: 'DEUTDEFF', expiresOn: inDays(60), presentBy: inDays(30) },
      });
    await record(a.officer, credit('100.00'));
    await record(b.officer, credit('250.00'));
    const { page } = officer;
    await officer.goTo('/verify');
    await page.locator('[name="document.type"]').selectOption('letter-of-credit');
    await page.locator('[name="document.number"]').fill(number);
    await page.locator('[name="particulars.enterprise.id"]').fill(exporter.id);
    await page.locator('[name="particulars.total.amount"]').fill('250.00');
    await thereAre(0, page.getByLabel('Member that gave the number'));
    await officer.press('Verify');
    await page.getByLabel('Member that gave the number').waitFor();
    await page.locator('[name="document.issuer.id"]:focus').waitFor();
    expect(await faultsByAxe(officer)).toEqual([]);
    await keepPictures(officer, 'story-issuer-asked');
    await page.locator('[name="document.issuer.id"]').fill('BankBMSP');
    await officer.press('Verify');
    await page.getByText('The document is on record and the particulars match.').waitFor();
  });

  it('a bank states the price of a claim; it stands on the claim, and in what loans cost', async () => {
    const invoice = taxInvoice({ buyer: { ...otherExporter, name: 'Importer' } });
    const fact = declaration({ buyer: { ...otherExporter, name: 'Importer' }, cites: [cite(invoice)] });
    await record(await taxOfficer(), invoice);
    await record(await customsOfficer(), fact);
    const a = await bank('A');
    await verify(a.officer, fact);
    const outlet = `NB-${randomInt(1e6)}`;
    const { page } = officer;
    await officer.goTo('/claims/new');
    const type = (name: string, value: string) => page.locator(`[name="${name}"]`).fill(value);
    await type('applicationNumber', `A-${randomInt(1e12)}`);
    await type('enterprise.id', exporter.id);
    await type('amount.amount', '600.00');
    await type('lines.0.document.number', fact.number);
    await type('lines.0.amount.amount', '600.00');
    await type('dueDate', inDays(80));
    await type('price.rate', '2.25');
    await type('price.fees.amount', '1.50');
    await type('outlet', outlet);
    expect(await looker.faults(officer, 'story-new-claim')).toEqual([]);
    await officer.press('Reserve');
    await page.waitForURL(/\/claims\/[0-9a-f]{64}$/);
    const path = new URL(page.url()).pathname;
    await page.getByText(outlet, { exact: true }).waitFor();
    const particulars = await page.getByRole('region', { name: 'Particulars' }).innerText();
    expect(particulars).toMatch(/2\.25[\s\S]*1\.50/);

    const id = path.split('/').at(-1) ?? '';
    expect((await a.approver.post(`/claims/${id}/acceptance`, {})).status).toBe(200);
    await officer.goTo(`/prices?outlet=${outlet}`);
    const row = page.getByRole('row').filter({ hasText: outlet });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/2-3[\s\S]*2\.25/);
    expect(await looker.faults(officer, 'story-prices')).toEqual([]);

    // The debtor of that claim is told whom to pay, and reads it until the claim has ended.
    expect((await a.officer.post(`/claims/${id}/disbursement`, {})).status).toBe(200);
    const notice: Json = { date: inDays(0), how: 'Registered letter' };
    expect((await a.officer.post(`/claims/${id}/debtor-notice`, notice)).status).toBe(200);
    await buyer.goTo('/debtor-notices');
    const told = buyer.page.getByRole('row').filter({ hasText: invoice.number });
    await told.getByText('Pay the bank', { exact: true }).waitFor();
    expect(await told.innerText()).not.toContain('600.00');
    expect(await looker.faults(buyer, 'story-notices')).toEqual([]);
    const repaid = { amount: usd('600.00'), source: 'proceeds' };
    expect((await a.officer.post(`/claims/${id}/repayments`, repaid)).status).toBe(200);
    await buyer.goTo('/debtor-notices?state=over');
    await told.getByText('Over', { exact: true }).waitFor();
  });

  it('statistics can be narrowed to months', async () => {
    const { page } = officer;
    await officer.goTo('/statistics');
    const month = new Date().toISOString().slice(0, 7);
    await page.getByLabel('From', { exact: true }).fill(month);
    await page.getByLabel('From', { exact: true }).press('Enter');
    await page.waitForURL(new RegExp(`from=${month}`));
    await page.getByRole('row').nth(1).waitFor();
    await thereAre(0, page.getByRole('alert'));
  });

  it('two people of a bank let its rules approve loans, and one of them ends it', async () => {
    const [proposer, second] = [await Visitor.at('BankBMSP'), await Visitor.at('BankBMSP')];
    looker.follow(proposer, second);
    await proposer.signInAs('Officer');
    await second.signInAs('Approver');
    const { page } = proposer;
    const total = `${randomInt(1e6, 1e7)}.00`;
    await proposer.goTo('/loan-mandates');
    await proposer.press('Propose a mandate');
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name="total.amount"]').fill(total);
    await dialog.locator('[name="largest.amount"]').fill('100.00');
    await dialog.locator('[name="validUntil"]').fill(inDays(30));
    await proposer.press('Propose a mandate', dialog);
    await dialog.waitFor({ state: 'detached' });
    const grouped = total.replace(/\B(?=(\d{3})+\.)/g, ',');
    const row = (visitor: Visitor) => visitor.page.getByRole('row').filter({ hasText: grouped });
    await row(proposer).getByText('Proposed', { exact: true }).waitFor();
    await thereAre(0, row(proposer).getByRole('button', { name: 'Grant', exact: true }));

    await second.goTo('/?kind=mandate-to-grant');
    await second.page
      .getByRole('listitem')
      .filter({ hasText: grouped })
      .getByRole('link', { name: /^Open/ })
      .click();
    await second.settled();
    await row(second).getByRole('button', { name: 'Grant', exact: true }).click();
    await second.press('Grant', second.page.getByRole('dialog'));
    await row(second).getByText('Granted', { exact: true }).waitFor();
    expect(await looker.faults(second, 'story-mandates')).toEqual([]);
    await proposer.goTo('/loan-mandates');
    await row(proposer).getByRole('button', { name: 'Revoke the mandate' }).click();
    await proposer.press('Revoke the mandate', page.getByRole('dialog'));
    await row(proposer).getByText('Revoked', { exact: true }).waitFor();
    await thereAre(0, row(proposer).getByRole('button'));
  });

  it('the regulator states which ids are one firm, and finds it by any of them', async () => {
    const approver = await Visitor.at('RegulatorMSP');
    const { page } = approver;
    looker.follow(approver);
    await approver.signInAs('Approver');
    await approver.goTo('/firms');
    const [vat, gln] = [`NL${randomInt(1e8, 1e9)}B01`, glnOf(randomInt(1e11, 1e12))];
    const stating = page.getByRole('region', { name: 'State that they are one firm' });
    await stating.locator('[name="ids.0.scheme"]').selectOption('VAT');
    await stating.locator('[name="ids.0.id"]').fill(vat);
    await stating.locator('[name="ids.1.scheme"]').selectOption('GLN');
    await stating.locator('[name="ids.1.id"]').fill(gln);
    await approver.press('State that they are one firm', stating);
    const found = page.getByRole('region', { name: 'One firm', exact: true });
    await found.getByText(gln, { exact: true }).waitFor();
    await approver.goTo('/firms');
    const asking = page.getByRole('region', { name: 'Look up a firm' });
    await asking.locator('[name="enterprise.scheme"]').selectOption('GLN');
    await asking.locator('[name="enterprise.id"]').fill(gln);
    await approver.press('Look up a firm', asking);
    await found.getByText(vat, { exact: true }).waitFor();
    expect(await looker.faults(approver, 'story-firms')).toEqual([]);
  });
});

/** A GLN with its check digit. */
function glnOf(twelve: number): string {
  const digits = String(twelve);
  const sum = Array.from(digits, Number).reduce(
    (all, one, place) => all + one * (place % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
