import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvOf, smallestTable } from '@pledgeonce/gateway/documents/testing/documented-tables.js';
import { faultsByAxe } from './support/judge.js';
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
    expect(await page.getByRole('table', { name: 'Refused' }).getByRole('row').count()).toBe(101);
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
