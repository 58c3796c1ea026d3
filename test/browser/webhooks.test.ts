import { Receiver } from '@pledgeonce/gateway/webhooks/testing/receiver.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { bank, customsOfficer } from '../acceptance/support/consortium.js';
import {
  declaration,
  exporter,
  otherExporter,
  record,
  reference,
  usd,
} from '../acceptance/support/documents.js';
import { reserve } from '../acceptance/support/steps.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

/** console.md, Admin: webhooks with deliveries and replay. */
describe('an admin and the addresses that are told what happens', () => {
  let receiver: Receiver;
  let looker: Looker;
  let admin: Visitor;
  beforeAll(async () => {
    receiver = await Receiver.open();
    looker = await Looker.open();
    admin = await Visitor.at('BankAMSP');
    looker.follow(admin);
    await admin.signInAs('Admin');
  });
  afterAll(async () => {
    await Visitor.allLeave();
    await receiver.close();
  });

  it('names one, sees what its receiver has not taken, sends it again, and removes it', async () => {
    const { page } = admin;
    const dialog = page.getByRole('dialog');
    const take = async (step: string) => {
      await admin.press(step);
      await admin.press(step, dialog);
      await dialog.waitFor({ state: 'detached' });
    };
    await admin.goTo('/webhooks');
    await admin.press('Name an address');
    await dialog.locator('[name="url"]').fill('https://10.0.0.1/');
    await admin.press('Name an address', dialog);
    // Refused beside the field, and what was typed stays.
    await dialog.getByText('WEBHOOK_ADDRESS').waitFor();
    expect(await admin.focus()).toBe('url');
    await dialog.locator('[name="url"]').fill(`${receiver.url}/pledges`);
    receiver.answer = () => 503;
    await admin.press('Name an address', dialog);
    await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/);

    const fact = declaration();
    await record(await customsOfficer(), fact);
    await reserve(await bank('A'), reference(fact), usd('10.00'));
    const notTaken = page.getByRole('region', { name: 'What was not taken' });
    const claimChanged = notTaken.getByRole('row').filter({ hasText: 'claim.changed' }).first();
    await claimChanged.waitFor();
    await claimChanged.getByText('HTTP 503').waitFor();
    expect(await looker.faults(admin, 'story-webhook')).toEqual([]);

    receiver.answer = () => 204;
    receiver.received.length = 0;
    await take('Send again');
    await notTaken.getByText('The receiver has taken everything.').waitFor();
    expect(receiver.received.length).toBeGreaterThan(0);

    await take('Pause');
    await page.getByText('Paused', { exact: true }).first().waitFor();
    await take('Let it go on');
    await page.getByText('Active', { exact: true }).first().waitFor();
    await take('Remove it');
    await page.waitForURL(/\/webhooks$/);
    await thereAre(0, page.getByText(receiver.url));
  });

  it('are at the portal its admin’s: for one enterprise or for all, and every message says whose it is', async () => {
    const portal = await Visitor.at('EnterpriseMSP');
    looker.follow(portal);
    await portal.signInAs('Admin');
    const { page } = portal;
    const dialog = page.getByRole('dialog');
    const name = async (path: string, uscc?: string) => {
      await portal.goTo('/webhooks');
      await portal.press('Name an address');
      await dialog.locator('[name="url"]').fill(`${receiver.url}/${path}`);
      if (uscc !== undefined) await dialog.locator('[name="uscc"]').fill(uscc);
      await portal.press('Name an address', dialog);
    };
    await name('one', `${otherExporter.id.slice(0, -1)}4`);
    await dialog.getByText('INPUT_INVALID').waitFor();
    expect(await portal.focus()).toBe('uscc');
    await dialog.locator('[name="uscc"]').fill(otherExporter.id);
    await portal.press('Name an address', dialog);
    await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/);
    await page.getByText(otherExporter.id).first().waitFor();
    await name('all');
    await page.waitForURL(/\/webhooks\/[0-9a-f-]{36}$/);
    await page.getByText('Everybody', { exact: true }).waitFor();
    await portal.goTo('/webhooks');
    expect(await looker.faults(portal, 'story-portal-webhooks')).toEqual([]);

    receiver.answer = () => 204;
    receiver.received.length = 0;
    const fact = declaration();
    await record(await customsOfficer(), fact);
    await reserve(await bank('A'), reference(fact), usd('10.00'));
    const whose = await poll(
      () =>
        Promise.resolve(
          receiver.received
            .filter(({ body }) => body.includes('claim.changed'))
            .map(({ body }) => at(JSON.parse(body), 'data.enterprise'))
            .find(Boolean),
        ),
      20_000,
    );
    expect(whose).toBe(exporter.id);
    // The other enterprise's own webhook hears nothing of it.
    expect(receiver.received.every(({ body }) => at(JSON.parse(body), 'data.enterprise') !== undefined)).toBe(
      true,
    );
    await portal.leave();
  });
});
