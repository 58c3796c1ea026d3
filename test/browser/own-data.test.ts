import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { verifyExport } from '@pledgeonce/gateway/own-data/verify-export.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../acceptance/support/documents.js';
import { disburse } from '../acceptance/support/steps.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { Visitor } from './support/visitor.js';

/** Issue 19, point 8: everything of ours, in a browser, as a file that is checked without the registry. */
describe('everything of ours', () => {
  let first: string;
  let second: string;
  beforeAll(async () => {
    const fact = declaration({ total: usd('1000.00') });
    await record(await customsOfficer(), fact);
    const a = await bank('A');
    first = await disburse(a, reference(fact), usd('300.00'));
    second = await disburse(a, reference(fact), usd('200.00'));
  });
  afterAll(() => Visitor.allLeave());

  /** Carries out what brings a file. */
  async function saved({ page }: Visitor, act: () => Promise<void>): Promise<string> {
    const coming: Promise<Download> = page.waitForEvent('download');
    await act();
    const download = await coming;
    expect(download.suggestedFilename()).toBe('own-data.ndjson');
    return readFileSync(await download.path(), 'utf8');
  }
  const verified = (text: string) =>
    verifyExport(async function* () {
      await Promise.resolve();
      yield* text.split('\n').filter((line) => line !== '');
    });

  it('is a file that verify-evidence proves, for a bank’s admin', async () => {
    const admin = await Visitor.at('BankAMSP');
    await admin.signInAs('Admin');
    await admin.goTo('/own-data');
    const text = await saved(admin, () => admin.press('Export everything'));
    const report = await verified(text);
    expect(report).toMatchObject({ organisation: 'BankAMSP', exporter: 'BankAMSP' });
    expect(text).toContain(first);
    expect(text).toContain(second);
    await admin.page.getByText(/^Done: \d+ records, \d+\.\d MB\./).waitFor();
    expect(await faultsByAxe(admin)).toEqual([]);
    await keepPictures(admin, 'story-own-data');
    expect([admin.faults, admin.strayed]).toEqual([[], []]);
  });

  it('of an exporter is its own, and goes on in a second file where it was cut off', async () => {
    const exporter = await Visitor.at('EnterpriseMSP');
    const { page } = exporter;
    await exporter.signInAs('exporter-1 (Officer)');
    await exporter.goTo('/own-data');
    const whole = await saved(exporter, () => exporter.press('Export everything'));
    expect((await verified(whole)).exporter).toBe('EnterpriseMSP');
    expect(whole).toContain(first);

    // The line breaks after the first record.
    const lines = whole.split('\n');
    const until = lines.findIndex((line) => line.startsWith('{"kind":"record"'));
    const { place } = JSON.parse(lines[until] ?? '') as { readonly place: string };
    await page.route('**/api/v1/export', (route) =>
      route.fulfill({
        contentType: 'application/x-ndjson',
        body: `${lines.slice(0, until + 1).join('\n')}\n`,
      }),
    );
    const part = await saved(exporter, () => exporter.press('Export everything'));
    await expect(verified(part)).rejects.toThrow(/cut off/);
    await page.getByText(/^Cut off after 1 records?/).waitFor();
    expect(await faultsByAxe(exporter)).toEqual([]);
    const rest = await saved(exporter, () => exporter.press('Go on after the last record'));
    expect((await verified(rest)).after).toBe(place);
    expect([exporter.faults, exporter.strayed]).toEqual([[], []]);
  });

  it('says why when another export of ours is on its way, and the page goes on', async () => {
    const auditor = await Visitor.at('BankAMSP');
    await auditor.signInAs('Auditor');
    await auditor.goTo('/own-data');
    await auditor.page.route('**/api/v1/export', (route) =>
      route.fulfill({
        status: 429,
        contentType: 'application/problem+json',
        headers: { 'Retry-After': '60' },
        body: JSON.stringify({
          code: 'EXPORT_UNDER_WAY',
          status: 429,
          title: '',
          detail: 'Another is under way.',
        }),
      }),
    );
    await auditor.press('Export everything');
    const alert = auditor.page.getByRole('alert');
    await alert.getByText('EXPORT_UNDER_WAY').waitFor();
    await auditor.page.unroute('**/api/v1/export');
    await verified(await saved(auditor, () => auditor.press('Try again')));
  });
});
