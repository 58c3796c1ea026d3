import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { offshoreBill, purchase } from '@pledgeonce/scripts/story/offshore-papers.js';
import { auditor, bank, customsOfficer, person, taxOfficer } from '../acceptance/support/consortium.js';
import {
  declaration,
  exporter,
  inDays,
  otherExporter,
  record,
  reference,
  taxInvoice,
  usd,
} from '../acceptance/support/documents.js';
import { reserve } from '../acceptance/support/steps.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** As much of an element of the page as is measured. */
interface Edge {
  getBoundingClientRect(): { readonly right: number };
}

/** Issue 13: what the regulator and auditors keep, and what a bank checks before it pays. */
describe('oversight in the browser', () => {
  let looker: Looker;
  beforeAll(async () => {
    looker = await Looker.open();
  });
  afterAll(() => Visitor.allLeave());

  async function enter(msp: string, who: string): Promise<Visitor> {
    const visitor = await Visitor.at(msp);
    looker.follow(visitor);
    await visitor.signInAs(who);
    return visitor;
  }

  it('a bank compares the papers of an offshore trade, and reads what does not fit', async () => {
    const bill = offshoreBill();
    await record(await person('CarrierMSP', 'officer'), bill);
    const sale = purchase(usd('84000.00'), { seller: otherExporter });
    await record(await person('EnterpriseMSP', 'exporter-2'), sale);
    const officer = await enter('BankAMSP', 'Officer');
    const { page } = officer;
    await officer.goTo('/offshore-checks');
    await page.getByRole('link', { name: 'Check offshore papers' }).click();
    const { vessel, from, loadedOn, arrivedOn, containers = [], cargo = [] } = bill.transport ?? {};
    const type = (name: string, text = '') => page.locator(`[name="${name}"]`).fill(text);
    await type('enterprise.id', '91330200MA2CKXQ85H');
    await type('bills.0.document.number', bill.number);
    await type('bills.0.vessel.name', vessel?.name);
    await type('bills.0.vessel.imo', vessel?.imo);
    await type('bills.0.vessel.voyage', vessel?.voyage);
    await type('bills.0.from', from);
    // The paper says that the goods went elsewhere.
    await type('bills.0.to', 'NLRTM');
    await type('bills.0.loadedOn', loadedOn);
    await type('bills.0.arrivedOn', arrivedOn);
    await type('bills.0.containers', containers.join(', '));
    await type('bills.0.cargo.0.hsCode', cargo[0]?.hsCode);
    await type('bills.0.cargo.0.packages', String(cargo[0]?.packages));
    await type('bills.0.cargo.0.weight', String(cargo[0]?.weight));
    await type('invoice.number', sale.number);
    await type('invoice.issuer.id', otherExporter.id);
    await type('invoice.total.amount', sale.total.amount);
    expect(await looker.faults(officer, 'story-offshore-new')).toEqual([]);
    await officer.press('Compare');
    await page.waitForURL(/\/offshore-checks\/[0-9a-f]{64}$/);
    await officer.settled();
    const compared = page.getByRole('table', { name: 'What was compared' });
    await compared.getByRole('row', { name: /Vessel.*Inconsistent/ }).waitFor();
    await compared.getByRole('row', { name: /Containers.*Consistent/ }).waitFor();
    expect(await looker.faults(officer, 'story-offshore')).toEqual([]);
    // On a phone every reason is read whole: none is cut off at the edge of its card.
    const size = page.viewportSize() ?? { width: 1280, height: 860 };
    await page.setViewportSize({ width: 390, height: 844 });
    const edges = await compared
      .locator('td [lang="en"]')
      .evaluateAll((reasons) =>
        reasons.map((reason) => (reason as unknown as Edge).getBoundingClientRect().right),
      );
    expect(edges.length).toBeGreaterThan(3);
    expect(edges.filter((right) => right > 390 - 16)).toEqual([]);
    await page.setViewportSize(size);
    const { body } = await (await bank('A')).officer.get('/offshore-checks?limit=1');
    expect(page.url()).toContain(String(listAt(body, 'items')[0]?.['id']));
    await officer.leave();
  });

  it('the regulator keeps what is known of a firm: a new year goes beside those that are there', async () => {
    const enterprise = '91350100M000100Y43';
    const year = randomInt(1990, 2100);
    const officer = await enter('RegulatorMSP', 'Officer');
    const { page } = officer;
    const dialog = page.getByRole('dialog');
    const records = async () => {
      const { body } = await (
        await auditor()
      ).get(`/credit-records?enterprise=${enterprise}&category=trade-credit`);
      const [latest] = listAt(body, 'items');
      return latest === undefined ? [] : listAt(latest['content'], 'years').map((one) => one['year']);
    };
    const before = await records();
    await officer.goTo('/credit-records');
    await officer.press('Record a year');
    const type = (name: string, text: string) => dialog.locator(`[name="${name}"]`).fill(text);
    await type('enterprise.id', enterprise);
    await type('year', String(year));
    for (const sum of ['receipts', 'payments', 'exports', 'imports']) await type(`${sum}.amount`, '1000.00');
    await type('matchRatio', '96.5');
    await dialog.getByRole('button', { name: 'Record a year' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('cell', { name: String(year), exact: true })
      .first()
      .waitFor();
    const after = await records();
    expect(after).toEqual([...new Set([...before, year])].toSorted((a, b) => Number(a) - Number(b)));
    expect(await looker.faults(officer, 'story-credit-records')).toEqual([]);
    await officer.leave();
  });

  it('the regulator’s approver sets who takes two people, and everybody reads it', async () => {
    const regulator = await person('RegulatorMSP', 'approver');
    const { body: before } = await regulator.get('/registry/policy');
    try {
      const approver = await enter('RegulatorMSP', 'Approver');
      await approver.goTo('/policy');
      await approver.press('Set who takes two people');
      const dialog = approver.page.getByRole('dialog');
      await dialog.locator('[name="whose"]').fill('CarrierMSP');
      await dialog.getByRole('checkbox', { name: 'amendment' }).check();
      await dialog.getByRole('button', { name: 'Set who takes two people' }).click();
      await dialog.waitFor({ state: 'detached' });
      const carrier = await enter('CarrierMSP', 'Officer');
      await carrier.goTo('/policy');
      const table = carrier.page.getByRole('table', { name: 'What takes two people' });
      await table.getByRole('row', { name: /CarrierMSP.*amendment/ }).waitFor();
      await thereAre(0, carrier.page.getByRole('button', { name: 'Set who takes two people' }));
      expect(await looker.faults(approver, 'story-policy')).toEqual([]);
      expect(at((await regulator.get('/registry/policy')).body, 'twoPeople.CarrierMSP')).toEqual([
        'amendment',
      ]);
    } finally {
      await regulator.post('/registry/policy', before);
    }
  });

  it('the auditor takes evidence of a claim along, and reads who asked and which node differed', async () => {
    const fact = declaration({ total: usd('1000.00') });
    await record(await customsOfficer(), fact);
    const claim = await reserve(await bank('A'), reference(fact), usd('100.00'));
    const visitor = await enter('RegulatorMSP', 'Auditor');
    const { page } = visitor;
    await visitor.goTo(`/claims/${claim}`);
    const coming = page.waitForEvent('download');
    await visitor.press('Evidence as a file');
    const file = await coming;
    const bundle = JSON.parse(readFileSync(await file.path(), 'utf8')) as { readonly subject: object };
    expect(bundle.subject).toEqual({ kind: 'claim', id: claim });
    await visitor.goTo('/contradictions');
    await page.getByText('A node of the government that said otherwise').waitFor();
    expect(await looker.faults(visitor, 'story-contradictions')).toEqual([]);
    await visitor.goTo('/portfolios?bank=BankAMSP');
    await page.getByRole('table', { name: 'In all' }).getByText('USD').first().waitFor();
    expect(await looker.faults(visitor, 'story-portfolios')).toEqual([]);
    const banks = await enter('BankAMSP', 'Auditor');
    await banks.goTo('/asked');
    await banks.page.getByRole('table').waitFor();
    expect(await looker.faults(banks, 'story-asked')).toEqual([]);
  });

  it('the auditor scans all documents, and sees how far it is and what it found', async () => {
    const auditing = await enter('RegulatorMSP', 'Auditor');
    const { page } = auditing;
    await auditing.goTo('/audit');
    await auditing.press('Start a scan');
    await page
      .getByRole('status')
      .filter({ hasText: /^(\d+) of \1 documents, \d+ findings$/ })
      .waitFor();
    expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('100');
    expect(await looker.faults(auditing, 'story-scan')).toEqual([]);
    await auditing.leave();
  });

  it('an alert is read, and checked with a remark that stays on the record for whoever comes after', async () => {
    const fact = declaration();
    const customs = await customsOfficer();
    const id = await record(customs, fact);
    const a = await bank('A');
    const claimed = await reserve(a, reference(fact), usd('800.00'));
    const lowered = { total: usd('100.00'), payable: usd('100.00') };
    await customs.request('PATCH', `/facts/${id}`, {
      body: { changes: lowered, reason: 'Goods came back.' },
    });
    const officer = await enter('BankAMSP', 'Officer');
    await officer.goTo('/alerts?alert=overdrawn');
    const cardAt = ({ page }: Visitor) =>
      page
        .locator('main li')
        .filter({ has: page.locator(`a[href="/claims/${claimed}"]`) })
        .first();
    await cardAt(officer).getByText('New', { exact: true }).waitFor();
    await cardAt(officer).getByRole('button', { name: 'Mark as read', exact: true }).click();
    await cardAt(officer).getByText('New', { exact: true }).waitFor({ state: 'detached' });
    const remark = `The firm repays by ${inDays(7)}.`;
    await cardAt(officer).getByRole('button', { name: 'Mark as checked', exact: true }).click();
    const dialog = officer.page.getByRole('dialog');
    await dialog.locator('[name="remark"]').fill(remark);
    await officer.press('Mark as checked', dialog);
    await cardAt(officer).getByText(remark).waitFor();
    expect(await looker.faults(officer, 'story-alert-checked')).toEqual([]);
    await officer.leave();
    const approver = await enter('BankAMSP', 'Approver');
    await approver.goTo('/alerts?alert=overdrawn');
    await cardAt(approver).getByText(`officer`, { exact: false }).first().waitFor();
    await cardAt(approver).getByText(remark).waitFor();
    await approver.leave();
  });

  it('a debtor looks up whom it pays an invoice to, and is told nothing where it does not know the invoice', async () => {
    const invoice = taxInvoice();
    await record(await taxOfficer(), invoice);
    const debtor = await enter('EnterpriseMSP', 'exporter-2 (Officer)');
    const { page } = debtor;
    await debtor.goTo('/payee');
    await page.locator('[name="document.number"]').fill(invoice.number);
    await page.locator('[name="particulars.seller.id"]').fill(exporter.id);
    await page.locator('[name="particulars.total.amount"]').fill('999.00');
    await debtor.press('Look up');
    const answer = page.getByRole('region', { name: 'The registry says' });
    await answer.getByText('No match', { exact: true }).waitFor();
    expect(await answer.innerText()).not.toContain('Pay');
    await page.locator('[name="particulars.total.amount"]').fill(invoice.total?.amount ?? '');
    await debtor.press('Look up');
    await answer.getByText(/^Pay the seller, /).waitFor();
    expect(await looker.faults(debtor, 'story-payee')).toEqual([]);
    await debtor.leave();
  });
});
