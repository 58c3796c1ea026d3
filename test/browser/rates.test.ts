import { listAt } from '@pledgeonce/scripts/rest/json.js';
import { today } from '@pledgeonce/scripts/story/payment-papers.js';
import { person } from '../acceptance/support/consortium.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** No other test prices anything in it. */
const currency = 'ISK';

describe('a rate that is far from the one in force', () => {
  let looker: Looker;
  let officer: Visitor;
  let approver: Visitor;
  beforeAll(async () => {
    looker = await Looker.open();
    const regulator = await person('RegulatorMSP', 'officer');
    const rates = [{ currency, rate: '0.05' }];
    const published = await regulator.post('/rates', { base: 'CNY', date: today(), rates });
    if (published.status !== 201) throw new Error(`Not published: ${JSON.stringify(published.body)}`);
    [officer, approver] = [await Visitor.at('RegulatorMSP'), await Visitor.at('RegulatorMSP')];
    looker.follow(officer, approver);
    await officer.signInAs('Officer');
    await approver.signInAs('Approver');
  });
  afterAll(() => Visitor.allLeave());

  const inForce = async () => {
    const { body } = await (await person('BankAMSP', 'officer')).get(`/rates?currency=${currency}`);
    return listAt(body, 'rates')[0]?.['rate'];
  };
  const waits = ({ page }: Visitor) =>
    page.getByRole('region', { name: `${currency} waits for a second person` });

  async function publish(rate: string): Promise<void> {
    const { page } = officer;
    await officer.goTo('/rates');
    await officer.press('Publish a rate');
    const dialog = page.getByRole('dialog');
    for (const [name, text] of Object.entries({ base: 'CNY', date: today(), currency, rate }))
      await dialog.locator(`[name="${name}"]`).fill(text);
    await officer.press('Publish a rate', dialog);
    await dialog.waitFor({ state: 'detached' });
  }

  it('is returned with a reason by the second person, and the first one reads why', async () => {
    await publish('0.5');
    await waits(officer).getByText('1 ISK = 0.5 CNY').waitFor();
    expect(await inForce()).toBe('0.05');
    await approver.goTo('/?kind=rate-to-confirm');
    await approver.page.getByRole('listitem').filter({ hasText: currency }).getByRole('link').click();
    await approver.settled();
    expect(await looker.faults(approver, 'story-rate-awaiting')).toEqual([]);
    await approver.press('Return', waits(approver));
    const dialog = approver.page.getByRole('dialog');
    await approver.press('Return', dialog);
    // Without a reason nothing is returned.
    await dialog.locator('[name="reason"][aria-invalid="true"]').waitFor();
    await dialog.locator('[name="reason"]').fill('A decimal place too many.');
    await approver.press('Return', dialog);
    await dialog.waitFor({ state: 'detached' });
    await waits(approver).waitFor({ state: 'detached' });
    await officer.goTo('/rates');
    const returned = officer.page.getByRole('region', { name: `${currency} was returned` });
    await returned.getByText('A decimal place too many.').waitFor();
    expect(await looker.faults(officer, 'story-rate-returned')).toEqual([]);
    expect(await inForce()).toBe('0.05');
    await approver.goTo('/?kind=rate-to-confirm');
    await thereAre(0, approver.page.getByRole('listitem').filter({ hasText: currency }));
  });

  it('takes the place of what was returned once it is published anew and confirmed', async () => {
    await publish('0.6');
    await approver.goTo('/rates');
    await approver.press('Confirm the rate', waits(approver));
    await approver.press('Confirm the rate', approver.page.getByRole('dialog'));
    await waits(approver).waitFor({ state: 'detached' });
    expect(await inForce()).toBe('0.6');
    await officer.goTo('/rates');
    await officer.page.getByRole('row').filter({ hasText: currency }).getByText('0.6').waitFor();
    await thereAre(0, officer.page.getByRole('region', { name: `${currency} was returned` }));
  });
});
