import { inDays } from '../acceptance/support/documents.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { Visitor } from './support/visitor.js';

/** A moment as the browser's own input takes it. */
const moment = (hours: number) => {
  const then = new Date(Date.now() + hours * 3_600_000);
  return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

describe('an exporter at the portal', () => {
  let exporter: Visitor;

  beforeAll(async () => {
    exporter = await Visitor.at('EnterpriseMSP', 'zh-CN');
    await exporter.signInAs('exporter-1 (经办)');
  });
  afterAll(() => Visitor.allLeave());

  it('authorises a bank and takes it back at once, in Chinese', async () => {
    const { page } = exporter;
    await exporter.goTo('/authorisations/new');
    await page.locator('[name="bank"]').fill('BankAMSP');
    await page.locator('[name="purpose"]').fill('授信审查');
    await page.locator('[name="from"]').fill(inDays(0));
    await page.locator('[name="to"]').fill(inDays(2));
    await page.locator('[name="uses"]').fill('3');
    await exporter.press('授权');
    await page.waitForURL(/\/authorisations$/);
    await exporter.settled();
    await page.getByText('3 / 3').first().waitFor();
    expect(await faultsByAxe(exporter)).toEqual([]);
    await keepPictures(exporter, 'story-authorisations-zh');
    await exporter.press('撤销授权');
    await page.getByRole('dialog').getByRole('button', { name: '撤销授权', exact: true }).click();
    await page.getByRole('table').getByText('已撤销授权', { exact: true }).first().waitFor();
  });

  it('asks banks for an offer and finds the request', async () => {
    const { page } = exporter;
    await exporter.goTo('/financing-requests/new');
    await page.locator('[name="banks"]').fill('BankAMSP BankBMSP');
    await page.locator('[name="amount.amount"]').fill('20000.00');
    await page.locator('[name="tenorDays"]').fill('90');
    await page.locator('[name="purpose"]').fill('备货');
    await page.locator('[name="deadline"]').fill(moment(24));
    await page.locator('[name="lines.0.document.number"]').fill('221820260000000017');
    await page.locator('[name="lines.0.amount.amount"]').fill('20000.00');
    await exporter.press('向银行询价');
    await page.waitForURL(/\/financing-requests\/[0-9a-f]{64}$/);
    await page.getByRole('heading', { level: 1, name: '备货', exact: true }).waitFor();
    await exporter.settled();
    await keepPictures(exporter, 'story-request-zh');
    expect([exporter.faults, exporter.strayed]).toEqual([[], []]);
  });
});
