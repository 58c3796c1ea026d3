import { at } from '@pledgeonce/scripts/rest/json.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { bank, customsOfficer, person } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../acceptance/support/documents.js';
import { insuredTrade, insurer } from '../acceptance/support/insured-trade.js';
import { disburse } from '../acceptance/support/steps.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

const reason = 'Entered on the wrong claim';

describe('two people of a bank', () => {
  let id: string;
  let officer: Visitor;
  let approver: Visitor;
  const stateNow = async () => {
    const { body } = await (await bank('A')).officer.get(`/claims/${id}`);
    return [at(body, 'state'), at(body, 'outstanding.amount')];
  };
  /** Opens the form of a step, gives the reason, and sends it. */
  const take = async ({ page }: Visitor, step: string) => {
    await page.getByRole('button', { name: step, exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    // What it asks for is counted once it is there.
    await dialog.getByRole('button', { name: step, exact: true }).waitFor();
    if ((await dialog.locator('[name="reason"]').count()) > 0)
      await dialog.locator('[name="reason"]').fill(reason);
    await dialog.getByRole('button', { name: step, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    const fact = declaration({ total: usd('1000.00') });
    await record(await customsOfficer(), fact);
    const lender = await bank('A');
    id = await disburse(lender, reference(fact), usd('600.00'));
    await lender.officer.post(`/claims/${id}/repayments`, { amount: usd('200.00'), source: 'own-funds' });
    [officer, approver] = [await Visitor.at('BankAMSP'), await Visitor.at('BankAMSP')];
    await officer.signInAs('Officer');
    await approver.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  it('take a repayment back: proposed by one, which changes nothing, and confirmed by the other', async () => {
    await officer.goTo(`/claims/${id}`);
    // The payout cannot be taken back while money has come in on it.
    await thereAre(0, officer.page.getByRole('button', { name: 'Reverse the payout' }));
    await take(officer, 'Reverse');
    await officer.page.getByText('Waits for a second person: reversal').waitFor();
    expect(await stateNow()).toEqual(['partly-repaid', '400.00']);
    // Whoever proposed it may take it back, and not confirm it; nothing else is proposed meanwhile.
    await thereAre(0, officer.page.getByRole('button', { name: 'Confirm', exact: true }));
    await thereAre(0, officer.page.getByRole('button', { name: 'Write off', exact: true }));
    expect(await faultsByAxe(officer)).toEqual([]);
    await keepPictures(officer, 'story-awaiting');

    await approver.goTo('/?kind=claim-step-to-confirm');
    await approver.page.locator(`a[href="/claims/${id}"]`).click();
    await approver.settled();
    await approver.page.getByText(reason).first().waitFor();
    await take(approver, 'Confirm');
    await approver.page.getByText('Paid out', { exact: true }).first().waitFor();
    await approver.page.locator('del').getByText('200.00').waitFor();
    expect(await stateNow()).toEqual(['disbursed', '600.00']);
    expect(await faultsByAxe(approver)).toEqual([]);
    await keepPictures(approver, 'story-reversed');
  });

  it('write a loan off: returned once with the reason, then confirmed', async () => {
    await officer.page.reload();
    await officer.settled();
    await take(officer, 'Write off');
    await officer.page.getByText('Waits for a second person: write-off').waitFor();
    await approver.page.reload();
    await approver.settled();
    await take(approver, 'Return');
    await approver.page.getByText('Returned: write-off').waitFor();
    expect(await stateNow()).toEqual(['disbursed', '600.00']);
    await officer.page.reload();
    await officer.settled();
    await take(officer, 'Write off');
    await officer.page.getByText('Waits for a second person: write-off').waitFor();
    await approver.page.reload();
    await approver.settled();
    await take(approver, 'Confirm');
    await approver.page.getByText('Written off', { exact: true }).first().waitFor();
    expect(await stateNow()).toEqual(['written-off', '600.00']);
    const all = [officer, approver];
    expect(all.flatMap(({ faults, strayed }) => [...faults, ...strayed])).toEqual([]);
  });
});

describe('two people of an insurer', () => {
  let id: string;
  let regulator: Client;
  let before: unknown;
  beforeAll(async () => {
    const trade = await insuredTrade();
    id = trade.ids.policy;
    regulator = await person('RegulatorMSP', 'approver');
    before = (await regulator.get('/registry/policy')).body;
    const twoPeople = { InsurerMSP: ['amendment', 'cancellation'] };
    await regulator.post('/registry/policy', { twoPeople });
  });
  afterAll(async () => {
    await regulator.post('/registry/policy', before);
    await Visitor.allLeave();
  });

  it('cancel a policy: the second finds it in the inbox, reads what was entered, and confirms it', async () => {
    const [officer, approver] = [await Visitor.at('InsurerMSP'), await Visitor.at('InsurerMSP')];
    await officer.signInAs('Officer');
    await approver.signInAs('Approver');
    await officer.goTo(`/documents/${id}`);
    await officer.press('Cancel the document');
    const dialog = officer.page.getByRole('dialog');
    await dialog.locator('[name="reason"]').fill('The premium was not paid');
    await dialog.getByRole('button', { name: 'Cancel the document', exact: true }).click();
    await officer.page.getByText('Waits for a second person: cancellation').waitFor();
    // Meanwhile nothing else is proposed, and the first person only takes it back.
    await thereAre(0, officer.page.getByRole('button', { name: 'Cancel the document' }));
    await thereAre(0, officer.page.getByRole('button', { name: 'Confirm', exact: true }));
    await officer.page.getByRole('button', { name: 'Take it back', exact: true }).waitFor();

    await approver.goTo('/?kind=document-step-to-confirm');
    await approver.page.locator(`a[href="/documents/${id}"]`).click();
    await approver.settled();
    await approver.page.getByText('The premium was not paid').waitFor();
    expect(await faultsByAxe(approver)).toEqual([]);
    await keepPictures(approver, 'story-document-awaiting');
    await approver.press('Confirm');
    await approver.page.getByRole('dialog').getByRole('button', { name: 'Confirm', exact: true }).click();
    await approver.page.getByText('Cancelled', { exact: true }).first().waitFor();
    expect((await (await insurer()).get(`/facts/${id}`)).body).toMatchObject({ status: 'cancelled' });
    expect([approver.faults, approver.strayed]).toEqual([[], []]);
  });
});
