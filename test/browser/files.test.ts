import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
