import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import { declaration, record, reference, usd } from '../acceptance/support/documents.js';
import { reserve } from '../acceptance/support/steps.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

describe('what people settle for themselves', () => {
  let looker: Looker;
  beforeAll(async () => {
    looker = await Looker.open();
    const fact = declaration({ total: usd('1000.00') });
    await record(await customsOfficer(), fact);
    await reserve(await bank('B'), reference(fact), usd('100.00'));
  });
  afterAll(async () => {
    await (await bank('B')).approver.request('PUT', '/inbox/settings', { body: { muted: [] } });
    await Visitor.allLeave();
  });

  it('is what they are told of: what is left out is counted, and shown when they ask', async () => {
    const approver = await Visitor.at('BankBMSP');
    const { page } = approver;
    looker.follow(approver);
    await approver.signInAs('Approver');
    const counted = page.getByRole('group', { name: 'How much waits' }).getByText('Claim to accept:');
    await counted.waitFor();
    await approver.goTo('/profile');
    await page.getByRole('link', { name: 'Choose' }).click();
    await approver.settled();
    const choice = page.getByRole('checkbox', { name: 'Claim to accept', exact: true });
    const kept = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await choice.uncheck();
    expect((await kept).status()).toBe(200);
    await thereAre(0, page.getByRole('checkbox', { name: 'Rate to confirm' }));
    expect(await looker.faults(approver, 'story-notifications')).toEqual([]);

    await approver.goTo('/');
    await page.getByText(/of which you do not want to be told/).waitFor();
    await thereAre(0, counted);
    expect(await looker.faults(approver, 'story-muted')).toEqual([]);
    await page.getByRole('link', { name: 'Show it all' }).click();
    await counted.waitFor();
    // The choice outlives the page.
    await approver.goTo('/profile/notifications');
    expect(await choice.isChecked()).toBe(false);
    await approver.leave();
  });

  it('is where they are signed in: they end one session elsewhere, then all of them', async () => {
    const [here, there] = [await Visitor.at('CarrierMSP'), await Visitor.at('CarrierMSP')];
    await here.signInAs('Approver');
    await there.signInAs('Approver');
    await here.goTo('/profile');
    const sessions = here.page.getByRole('table', { name: 'Where you are signed in' });
    const elsewhere = () => sessions.getByRole('button', { name: 'Sign out there' });
    looker.follow(here);
    await here.goTo('/profile');
    expect(await looker.faults(here, 'story-sessions')).toEqual([]);
    for (let left = await elsewhere().count(); left > 0; left--) {
      await elsewhere().last().click();
      const dialog = here.page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Sign out there' }).click();
      await dialog.waitFor({ state: 'detached' });
      await elsewhere()
        .nth(left - 1)
        .waitFor({ state: 'detached' });
    }
    await there.page.reload();
    await there.page.getByRole('button', { name: 'Approver', exact: true }).waitFor();
    await here.press('Sign out everywhere');
    await here.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await here.page.getByRole('button', { name: 'Approver', exact: true }).waitFor();
    await here.leave();
    await there.leave();
  });
});
