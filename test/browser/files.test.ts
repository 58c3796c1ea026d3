import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvOf, smallestTable } from '@pledgeonce/gateway/documents/testing/documented-tables.js';
import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, usd } from '../acceptance/support/documents.js';
import { faultsByAxe } from './support/judge.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

describe('a file that is too much', () => {
  afterAll(() => Visitor.allLeave());

  it('of more rows than are verified at once is refused with what helps, and nothing is asked', async () => {
    const officer = await Visitor.at('BankAMSP');
    await officer.signInAs('Officer');
    await officer.goTo('/verify');
    const asked: string[] = [];
    officer.page.on('request', (request) => {
      if (request.url().includes('/verifications')) asked.push(request.url());
    });
    const row = 'customs-declaration,221820260000000033,91330200MA2CKXQ85H,1.00,USD';
    const rows = ['type,number,enterprise,amount,currency', ...Array.from({ length: 10_001 }, () => row)];
    await officer.page.locator('input[type="file"]').setInputFiles({
      name: 'many.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.join('\n')),
    });
    await officer.page.getByText('The file has more than 10,000 rows. Split it.').waitFor();
    expect(asked).toEqual([]);
    expect(await faultsByAxe(officer)).toEqual([]);
  });

  it('is no table of questions but papers: each is read, asked about and answered', async () => {
    const [known, changed] = [declaration(), declaration()];
    const customs = await customsOfficer();
    await record(customs, known);
    await record(customs, changed);
    const invoice = { ...declaration(), type: 'commercial-invoice' };
    const papers = [known, { ...changed, total: usd('2000.00') }, invoice, { type: 'no paper' }];
    const officer = await Visitor.at('BankAMSP');
    const { page } = officer;
    await officer.signInAs('Officer');
    await officer.goTo('/verify');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'papers.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(papers)),
    });
    const row = (number: string) =>
      page.getByRole('table', { name: 'Many documents' }).getByRole('row').filter({ hasText: number });
    await page.getByText('3 of 3').waitFor();
    expect(await row(known.number).innerText()).toMatch(/Match[\s\S]*1,000\.00/i);
    expect(await row(changed.number).innerText()).toMatch(/Mismatch/i);
    // An invoice is looked for as what the tax authority has on record, too.
    expect(await row(invoice.number).innerText()).toMatch(/Tax invoice[\s\S]*Not on record/i);
    expect(await faultsByAxe(officer)).toEqual([]);
    // Anywhere a document is asked for, a paper says which it is.
    const choosing = page.waitForEvent('filechooser');
    await officer.press('Take it from a file');
    await (
      await choosing
    ).setFiles({
      name: 'paper.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify([known])),
    });
    await page.locator(`[name="document.number"]:focus`).waitFor();
    expect(await page.locator('[name="document.number"]').inputValue()).toBe(known.number);
    await page.locator('input[type="file"]').setInputFiles({
      name: 'papers.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('no paper at all'),
    });
    await page.getByRole('alert').first().waitFor();
    await officer.leave();
  });

  it('of 10,000 rows with faults is read to its end: the page shows the first, the rest is in a file', async () => {
    const customs = await Visitor.at('CustomsMSP');
    const { page } = customs;
    await customs.signInAs('Officer');
    await customs.goTo('/import');
    const [headings = [], row = []] = smallestTable('customs-declaration', { 'total.amount': 'much' });
    await page.locator('input[type="file"]').setInputFiles({
      name: 'declarations.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csvOf([headings, ...Array.from({ length: 10_000 }, () => row)])),
    });
    await page.getByText('Done: 0 recorded, 10000 refused, 0 not known yet.').waitFor();
    await page.getByText('9900 more are in the file.').waitFor();
    await thereAre(101, page.getByRole('table', { name: 'Refused' }).getByRole('row'));
    const coming = page.waitForEvent('download');
    await customs.press('Refused rows as a file');
    const file = readFileSync(await (await coming).path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(file).toHaveLength(10_001);
    // Of one file alone the lines are enough.
    expect(file.at(-1)).toMatch(/^,10001,/);
    expect([customs.faults, customs.strayed]).toEqual([[], []]);
    await customs.leave();
  });

  it('is stopped where the reader wants, keeps what is recorded, and goes on to its end without repeating it', async () => {
    const customs = await Visitor.at('CustomsMSP');
    const { page } = customs;
    await customs.signInAs('Officer');
    await customs.goTo('/import');
    const rows = Array.from({ length: 600 }, () => declaration().number).map(
      (number) => smallestTable('customs-declaration', { number, 'total.amount': '1000.00' })[1] ?? [],
    );
    const [headings = []] = smallestTable('customs-declaration', {});
    await page.locator('input[type="file"]').setInputFiles({
      name: 'declarations.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csvOf([headings, ...rows])),
    });
    await page.getByText(/^Running: [1-9]\d* recorded, 0 refused\.$/).waitFor();
    await customs.press('Stop');
    const stopped = page.getByText(/^Stopped: \d+ recorded, 0 refused\. What is recorded stays\.$/);
    await stopped.waitFor();
    expect(await faultsByAxe(customs)).toEqual([]);
    expect(Number(/\d+/.exec(await stopped.innerText())?.[0])).toBeLessThan(rows.length);
    await customs.press('Go on');
    await page.getByText('Done: 600 recorded, 0 refused, 0 not known yet.').waitFor({ timeout: 180_000 });
    const officer = await customsOfficer();
    const [firstNumber, lastNumber] = [rows[0]?.[1], rows.at(-1)?.[1]];
    for (const number of [firstNumber, lastNumber]) {
      const { body } = await officer.get(`/facts?number=${String(number)}`);
      expect(listAt(body, 'items')).toHaveLength(1);
    }
    expect([customs.faults, customs.strayed]).toEqual([[], []]);
    await customs.leave();
  }, 300_000);

  it('of 45 MB that is no table is refused with a reason, and the page goes on', async () => {
    const customs = await Visitor.at('CustomsMSP');
    await customs.signInAs('Officer');
    await customs.goTo('/import');
    const file = join(mkdtempSync(join(tmpdir(), 'pledgeonce-files-')), 'declarations.xlsx');
    writeFileSync(file, randomBytes(45 * 1024 * 1024));
    await customs.page.locator('input[type="file"]').setInputFiles(file);
    await customs.page.getByRole('alert').first().waitFor();
    expect(await customs.page.getByRole('alert').first().innerText()).not.toBe('');
    await customs.page.getByRole('link', { name: 'Documents', exact: true }).click();
    await customs.page.getByRole('heading', { level: 1, name: 'Documents', exact: true }).waitFor();
    expect([customs.faults, customs.strayed]).toEqual([[], []]);
  });
});
