import { readFileSync } from 'node:fs';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../acceptance/support/documents.js';
import { disburse } from '../acceptance/support/steps.js';
import { faultsByAxe } from './support/judge.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** Issue 19, point 7: a bank gives in its book, sees the differences side by side, and the regulator sees who did. */
describe('month’s end in the browser', () => {
  const today = new Date().toISOString().slice(0, 10);
  let claims: ClaimView[];
  let looker: Looker;
  let address: string;

  beforeAll(async () => {
    looker = await Looker.open();
    const a = await bank('A');
    claims = [];
    for (const amount of ['600.00', '500.00']) {
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const id = await disburse(a, reference(fact), usd(amount));
      claims.push((await a.officer.get(`/claims/${id}`)).body as unknown as ClaimView);
    }
  });
  afterAll(() => Visitor.allLeave());

  it('a book is compared: what differs stands side by side, and comes along as a file', async () => {
    const officer = await Visitor.at('BankAMSP');
    const { page } = officer;
    looker.follow(officer);
    await officer.signInAs('Officer');
    await officer.goTo('/reconciliations');
    expect(await looker.faults(officer, 'story-month-end')).toEqual([]);
    const [same, other] = claims.map(({ applicationNumber }) => applicationNumber);
    const book = ['application number,outstanding,currency', `${same},600.00,USD`, `${other},450.00,USD`];
    await page.getByLabel('Which day').fill(today);
    await page.locator('input[type="file"]').setInputFiles({
      name: 'book.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(book.join('\n')),
    });
    await page.waitForURL(/\/reconciliations\/[0-9a-f]{64}$/);
    address = new URL(page.url()).pathname;
    await officer.settled();
    const differences = page.getByRole('table', { name: 'Differences' });
    const row = differences.getByRole('row').filter({ hasText: other ?? '' });
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Another amount[\s\S]*450\.00[\s\S]*500\.00/);
    await thereAre(0, differences.getByRole('row').filter({ hasText: same ?? '' }));
    expect(await looker.faults(officer, 'story-differences')).toEqual([]);

    const files = [
      ['Differences as a file', /^differences-.*\.csv$/, other ?? ''],
      ['Whole result, provable', /^reconciliation-.*\.ndjson$/, '"schema":1'],
    ] as const;
    for (const [name, called, holds] of files) {
      const coming = page.waitForEvent('download');
      await officer.press(name);
      const download = await coming;
      expect(download.suggestedFilename()).toMatch(called);
      expect(readFileSync(await download.path(), 'utf8')).toContain(holds);
    }
  });

  it('the regulator sees who has compared and how much was open, not which claims', async () => {
    const auditor = await Visitor.at('RegulatorMSP');
    const { page } = auditor;
    looker.follow(auditor);
    await auditor.signInAs('Auditor');
    await auditor.goTo('/reconciliations?bank=BankAMSP');
    await page.locator(`a[href="${address}"]`).waitFor();
    expect(await looker.faults(auditor, 'story-month-end-regulator')).toEqual([]);
    await page.locator(`a[href="${address}"]`).click();
    await auditor.settled();
    await page.getByText('Open', { exact: true }).first().waitFor();
    expect(await page.locator('main').innerText()).not.toContain(claims[1]?.applicationNumber ?? '-');
    expect(await looker.faults(auditor, 'story-reconciliation-regulator')).toEqual([]);
  });

  it('a file that is no book is refused with a reason, and nothing is on record', async () => {
    const officer = await Visitor.at('BankAMSP');
    const { page } = officer;
    await officer.signInAs('Officer');
    await officer.goTo('/reconciliations');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'book.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('a,b\n1,2\n'),
    });
    await page.getByRole('alert').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/reconciliations');
    expect(await faultsByAxe(officer)).toEqual([]);
  });
});
