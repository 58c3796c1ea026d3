import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { grantMandate, revokeMandates } from '@pledgeonce/scripts/story/loan-steps.js';
import { bank, customsOfficer, person } from '../acceptance/support/consortium.js';
import { soonEnough } from '../acceptance/support/deadline.js';
import { declaration, inDays, record, reference, usd } from '../acceptance/support/documents.js';
import { eventually } from '../acceptance/support/eventually.js';
import { freshDeclaration, loanApplicant, recordApplicant } from '../acceptance/support/loans.js';
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

  it('compares what banks offer, the cheapest in all first, accepts one, and the others are over', async () => {
    const { page } = exporter;
    const customs = await customsOfficer();
    const [fact, firm] = [declaration(), await person('EnterpriseMSP', 'exporter-1')];
    const before = performance.now();
    await record(customs, fact);
    const asked = await firm.post('/financing-requests', {
      banks: ['BankAMSP', 'BankBMSP'],
      amount: usd('600.00'),
      tenorDays: 90,
      product: 'discount',
      purpose: '比较报价',
      lines: [{ document: reference(fact), amount: usd('600.00') }],
      deadline: soonEnough(performance.now() - before),
    });
    const id = textAt(asked.body, 'id');
    const terms = { amount: usd('600.00'), validUntil: inDays(10) };
    const offer = async (letter: 'A' | 'B', rate: string, fees: string) => {
      const { officer } = await bank(letter);
      return officer.post(`/financing-requests/${id}/offers`, { ...terms, rate, fees: usd(fees) });
    };
    // The lower rate is the dearer one, with its fees.
    expect((await offer('A', '3.20', '9.00')).status).toBe(201);
    expect((await offer('B', '3.90', '1.00')).status).toBe(201);
    await eventually(async () => {
      const { body } = await firm.get(`/financing-requests/${id}/offers`);
      return listAt(body, 'items').filter((one) => one['state'] === 'opened').length === 2;
    });
    await exporter.goTo(`/financing-requests/${id}`);
    const rows = page.getByRole('table', { name: '报价' }).locator('tbody tr');
    await rows.nth(1).waitFor();
    expect(await rows.nth(0).innerText()).toMatch(/BankBMSP[\s\S]*3\.90/);
    expect(await rows.nth(1).innerText()).toMatch(/BankAMSP[\s\S]*3\.20[\s\S]*9\.00/);
    expect(await faultsByAxe(exporter)).toEqual([]);
    await keepPictures(exporter, 'story-offers-zh');
    await rows.nth(0).getByRole('button', { name: '接受', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '接受', exact: true }).click();
    await rows.getByRole('button').first().waitFor({ state: 'detached' });
    const chosen = await firm.get(`/financing-requests/${id}`);
    expect(at(chosen.body, 'state')).toBe('awarded');
  });

  it('applies for a loan and reads at once what was decided, and why', async () => {
    const applicant = await Visitor.at('EnterpriseMSP', 'zh-CN');
    await applicant.signInAs('exporter-2 (经办)');
    const { page } = applicant;
    await recordApplicant();
    await revokeMandates(await bank('A'));
    await grantMandate(await bank('A'));
    const fact = await freshDeclaration();
    const consent = await (
      await loanApplicant()
    ).post('/authorisations', {
      bank: 'BankAMSP',
      categories: ['basic', 'trade-credit', 'regulatory'],
      purpose: '在线贷款',
      from: inDays(0),
      to: inDays(2),
      uses: 3,
    });
    expect(consent.status).toBe(201);
    await applicant.goTo('/loan-applications/new');
    await page.locator('[name="bank"]').fill('BankAMSP');
    await page.locator('[name="amount.amount"]').fill(fact.total.amount);
    await page.locator('[name="tenorDays"]').fill('60');
    await page.locator('[name="purpose"]').fill('备货周转');
    await page.locator('[name="authorisation"]').fill(textAt(consent.body, 'id'));
    await page.locator('[name="lines.0.document.number"]').fill(fact.number);
    await page.locator('[name="lines.0.total.amount"]').fill(fact.total.amount);
    await page.locator('[name="lines.0.amount.amount"]').fill(fact.total.amount);
    await applicant.press('提交申请');
    await page.waitForURL(/\/loan-applications\/[0-9a-f]{64}$/);
    // All that the document is worth is more than the bank's rules advance on it.
    await page.getByText('由银行规则决定。').waitFor();
    await page.getByText(/^融资比例/).waitFor();
    await revokeMandates(await bank('A'));
    await keepPictures(applicant, 'story-loan-zh');
    expect([applicant.faults, applicant.strayed]).toEqual([[], []]);
    await applicant.leave();
  });
});
