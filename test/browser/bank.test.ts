import type { Download } from 'playwright-core';
import type { PartyId } from '@pledgeonce/chaincode/api.js';
import { readAttachedEvidence } from '@pledgeonce/gateway/certificates/read-attachment.js';
import { freshReceipt } from '@pledgeonce/scripts/story/shipments.js';
import { bank, customsOfficer, person } from '../acceptance/support/consortium.js';
import { claim, declaration, inDays, record, reference, usd } from '../acceptance/support/documents.js';
import { assign, insuredTrade } from '../acceptance/support/insured-trade.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

describe('a bank lends on a declaration', () => {
  const fact = declaration({ total: usd('100000.00') });
  const application = `WEB-${fact.number.slice(-8)}`;
  let officer: Visitor;
  let approver: Visitor;

  beforeAll(async () => {
    await record(await customsOfficer(), fact);
    const other = await bank('B');
    // Another bank has been there first.
    const first = await other.officer.post('/claims', claim(reference(fact), usd('60000.00')));
    if (first.status !== 201) throw new Error(JSON.stringify(first.body));
    [officer, approver] = [await Visitor.at('BankAMSP'), await Visitor.at('BankAMSP')];
    await officer.signInAs('Officer');
    await approver.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  it('verifies it and sees what is left', async () => {
    const { page } = officer;
    await officer.goTo('/verify');
    await page.locator('[name="document.number"]').fill(fact.number);
    await page.locator('[name="particulars.enterprise.id"]').fill(fact.seller.id);
    await page.locator('[name="particulars.total.amount"]').fill('100000.00');
    await officer.press('Verify');
    const answer = page.getByRole('region', { name: 'The registry says' }).first();
    await answer.waitFor();
    expect(await answer.innerText()).toContain('40,000.00');
    await answer
      .getByRole('img', {
        name: 'USD 60,000.00 of USD 100,000.00 drawn, USD 40,000.00 left',
        exact: true,
      })
      .waitFor();
    await keepPictures(officer, 'story-verified');
  });

  it('is refused more than is left, told why, and offered what is left', async () => {
    const { page } = officer;
    await officer.press('Make a claim');
    await page.locator('[name="applicationNumber"]').fill(application);
    await page.locator('[name="amount.amount"]').fill('60000.00');
    await page.locator('[name="lines.0.amount.amount"]').fill('60000.00');
    await page.getByText('Advance rate: 60.00 % of what the document amounts to').waitFor();
    await page.locator('[name="dueDate"]').fill(inDays(60));
    await officer.press('Reserve');
    const refusal = page.getByRole('alert').first();
    await refusal.waitFor();
    expect(await refusal.innerText()).toContain('EXCEEDS_BALANCE');
    // What was typed is kept, and the line at fault has the focus.
    expect(await page.locator('[name="applicationNumber"]').inputValue()).toBe(application);
    expect(await officer.focus()).toBe('lines.0.amount.amount');
    expect(await faultsByAxe(officer)).toEqual([]);
    await keepPictures(officer, 'story-refused');
    await officer.press('Claim the USD 40,000.00 that are left');
    await officer.press('Reserve');
    await page.waitForURL(/\/claims\/[0-9a-f]{64}$/);
    await officer.settled();
    await page.getByText('Reserved', { exact: true }).first().waitFor();
    // The person who entered it cannot accept it: that button is another's.
    await thereAre(0, page.getByRole('button', { name: 'Accept', exact: true }));
  });

  it('is accepted by a second person from what waits', async () => {
    const { page } = approver;
    await approver.goTo('/');
    await keepPictures(approver, 'story-inbox');
    await page.getByRole('link', { name: new RegExp(application) }).click();
    await approver.settled();
    await approver.press('Accept');
    await page.getByRole('dialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByText('Accepted', { exact: true }).first().waitFor();
  });

  it('is paid out and repaid, and every step is on its page', async () => {
    const { page } = officer;
    await page.reload();
    await officer.settled();
    const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
    await officer.press('Record the payout');
    await inDialog('Record the payout').click();
    await page.getByText('Paid out', { exact: true }).first().waitFor();
    await officer.press('Record a repayment');
    await page.getByRole('dialog').locator('[name="amount.amount"]').fill('15000.00');
    await inDialog('Record a repayment').click();
    await page.getByText('Partly repaid', { exact: true }).first().waitFor();
    await page
      .getByText('USD 15,000.00 of USD 40,000.00 repaid, USD 25,000.00 outstanding')
      .first()
      .waitFor();
    await page.getByText('proven on the ledger').first().waitFor();
    expect(await faultsByAxe(officer)).toEqual([]);
    await keepPictures(officer, 'story-claim');
    expect([...officer.faults, ...approver.faults]).toEqual([]);
    expect([...officer.strayed, ...approver.strayed]).toEqual([]);
  });

  it('hands out a certificate whose public page shows what was chosen, and nothing once it is withdrawn', async () => {
    const { page } = officer;
    await officer.press('Issue a certificate');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Enterprise', { exact: true }).check();
    await dialog.getByRole('button', { name: 'Issue a certificate', exact: true }).click();
    await page.getByText('Shows: Enterprise, Amount, Documents').waitFor();
    const [paper] = await Promise.all([page.waitForEvent('download'), officer.press('PDF in Chinese')]);
    expect(await readEvidenceOf(paper)).toMatch(/^\{"schema":/);
    const address = (await page.getByRole('link', { name: 'Public page' }).getAttribute('href')) ?? '';
    const stranger = await Visitor.at('BankAMSP', 'zh-CN');
    await stranger.goTo(address);
    await stranger.page.getByText('有效', { exact: true }).waitFor();
    const seen = await stranger.page.locator('main').innerText();
    expect(seen).toContain('40,000.00');
    expect(seen).not.toContain(application);
    expect(await faultsByAxe(stranger)).toEqual([]);
    await keepPictures(stranger, 'story-check-zh');
    await officer.press('Withdraw it');
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw it', exact: true }).click();
    await page.getByText('Withdrawn', { exact: true }).first().waitFor();
    await stranger.goTo(address);
    await stranger.page.getByText('已撤回', { exact: true }).waitFor();
    expect(await stranger.page.locator('main').innerText()).not.toContain('40,000.00');
    expect([stranger.faults, stranger.strayed]).toEqual([[], []]);
  });

  it('lends on goods alone, and under cover of an insurer', async () => {
    const [receipt, trade] = [freshReceipt('1000'), await insuredTrade()];
    await record(await person('CarrierMSP', 'officer'), receipt);
    await assign(trade.limit);
    const { page } = officer;
    const begin = async (product: string, { scheme, id }: PartyId, amount: string) => {
      await officer.goTo('/claims/new');
      await page.locator('[name="applicationNumber"]').fill(`${application}-${product}`);
      await page.locator('[name="enterprise.scheme"]').selectOption(scheme);
      await page.locator('[name="enterprise.id"]').fill(id);
      await page.locator('[name="product"]').selectOption(product);
      await page.locator('[name="amount.amount"]').fill(amount);
      await page.locator('[name="dueDate"]').fill(inDays(60));
    };
    const reserve = async () => {
      await officer.press('Reserve');
      await page.waitForURL(/\/claims\/[0-9a-f]{64}$/);
      await officer.settled();
      await page.getByText('Reserved', { exact: true }).first().waitFor();
    };
    await begin('warehouse', receipt.seller, '50000.00');
    await officer.press('Remove document 1');
    await officer.press('Add goods');
    await page.locator('[name="collateral.0.document.number"]').fill(receipt.number);
    await page.locator('[name="collateral.0.quantity.amount"]').fill('350');
    await page.locator('[name="collateral.0.quantity.unit"]').fill('TNE');
    expect(await faultsByAxe(officer)).toEqual([]);
    await keepPictures(officer, 'story-claim-on-goods');
    await reserve();
    await page
      .getByText(/350(\.000)? TNE/)
      .first()
      .waitFor();

    await begin('insured', trade.invoice.seller, '500.00');
    await page.locator('[name="lines.0.document.type"]').selectOption('tax-invoice');
    await page.locator('[name="lines.0.document.number"]').fill(trade.invoice.number);
    await page.locator('[name="lines.0.amount.amount"]').fill('500.00');
    for (const [place, { type, number }] of [trade.limit, trade.shipment].entries()) {
      await officer.press('Add a cover');
      await page.locator(`[name="cover.${place}.document.type"]`).selectOption(type);
      await page.locator(`[name="cover.${place}.document.number"]`).fill(number);
      await page.locator(`[name="cover.${place}.amount.amount"]`).fill('500.00');
    }
    await reserve();
    await page.getByText(trade.limit.number).first().waitFor();
    expect([officer.faults, officer.strayed]).toEqual([[], []]);
  });

  it('finds it in the list and takes the list along', async () => {
    const { page } = officer;
    await officer.goTo('/claims?state=partly-repaid');
    await page.getByRole('link', { name: application }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), officer.press('Export as CSV')]);
    const text = (await contentOf(file)).toString('utf8');
    expect(text).toContain(application);
    expect(text).toContain('25000.00 USD');
  });

  it('offers what is left of it to another bank, which finds it and takes it over', async () => {
    const { page } = officer;
    await page.getByRole('link', { name: application }).click();
    await officer.settled();
    await officer.press('Offer to another bank');
    const offer = page.getByRole('dialog');
    await offer.locator('[name="to"]').fill('BankBMSP');
    await officer.press('Offer to another bank', offer);
    await page.getByText('Offered to', { exact: true }).first().waitFor();
    const taker = await Visitor.at('BankBMSP');
    await taker.signInAs('Approver');
    await taker.goTo('/transfer-offers');
    expect(await faultsByAxe(taker)).toEqual([]);
    await taker.page.locator('main table').getByRole('link').first().click();
    await taker.settled();
    await taker.press('Take over');
    const taking = taker.page.getByRole('dialog');
    await taking.locator('[name="applicationNumber"]').fill(`${application}-B`);
    await taker.press('Take over', taking);
    await page.reload();
    await page.getByText('Transferred', { exact: true }).first().waitFor();
    await taker.goTo('/claims');
    await taker.page.getByRole('link', { name: `${application}-B` }).waitFor();
    expect([taker.faults, taker.strayed, officer.faults]).toEqual([[], [], []]);
  });
});

async function contentOf(file: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function readEvidenceOf(file: Download): Promise<string> {
  return readAttachedEvidence(new Uint8Array(await contentOf(file)));
}
