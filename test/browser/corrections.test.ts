import { at } from '@pledgeonce/scripts/rest/json.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../acceptance/support/documents.js';
import { disburse } from '../acceptance/support/steps.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
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
    expect(await officer.page.getByRole('button', { name: 'Reverse the payout' }).count()).toBe(0);
    await take(officer, 'Reverse');
    await officer.page.getByText('Waits for a second person: reversal').waitFor();
    expect(await stateNow()).toEqual(['partly-repaid', '400.00']);
    // Whoever proposed it may take it back, and not confirm it; nothing else is proposed meanwhile.
    expect(await officer.page.getByRole('button', { name: 'Confirm', exact: true }).count()).toBe(0);
    expect(await officer.page.getByRole('button', { name: 'Write off', exact: true }).count()).toBe(0);
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
