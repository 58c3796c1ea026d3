import { randomBytes } from 'node:crypto';
import { MachineClient } from '@pledgeonce/gateway/machines/testing/machine-client.js';
import { person } from '../acceptance/support/consortium.js';
import { Looker } from './support/looks-well.js';
import { thereAre } from './support/there-are.js';
import { Visitor } from './support/visitor.js';

const msp = 'BankBMSP';
const newId = (role: string) => `${role}.${randomBytes(5).toString('hex')}`;
const ownSecret = () => `Mine alone: ${randomBytes(9).toString('base64url')}`;

/** Issue 13, point 7: who is let in, as what, and what happens at once when they are not any more. */
describe('an admin and the people', () => {
  let looker: Looker;
  let admin: Visitor;
  let second: Visitor;
  const id = newId('officer');
  let secret = ownSecret();
  const rowOf = ({ page }: Visitor, who: string) => page.getByRole('row').filter({ hasText: who });

  beforeAll(async () => {
    looker = await Looker.open();
    admin = await Visitor.at(msp);
    second = await Visitor.at(msp);
    looker.follow(admin, second);
    await admin.signInAs('Admin');
    await second.signInAs('admin-2 (Admin)');
  });
  afterAll(() => Visitor.allLeave());

  /** Takes a step in somebody's row. */
  async function take(who: Visitor, person: string, step: string, choose?: string): Promise<void> {
    await rowOf(who, person).getByRole('button', { name: step, exact: true }).click();
    const dialog = who.page.getByRole('dialog');
    if (choose !== undefined) await dialog.getByLabel('Role').selectOption({ label: choose });
    await dialog.getByRole('button', { name: step, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  async function invite(person: string, role: string): Promise<void> {
    await admin.goTo('/people/new');
    await admin.page.locator('[name="id"]').fill(person);
    await admin.page.locator('[name="role"]').selectOption({ label: role });
    await admin.press('Invite');
    await admin.page.getByRole('status').filter({ hasText: person }).waitFor();
  }
  /** The code that is shown once, in a page that has one. */
  async function codeOn({ page }: Visitor): Promise<string> {
    const shown = page.getByRole('status').locator('code').first();
    await shown.waitFor();
    return shown.innerText();
  }
  async function accept(person: string, code: string, chosen: string): Promise<Visitor> {
    const guest = await Visitor.at(msp);
    looker.follow(guest);
    await guest.page.getByRole('link', { name: 'Invited? Set your secret' }).click();
    await guest.page.locator('[name="enrolmentId"]').fill(person);
    await guest.page.locator('[name="code"]').fill(code);
    await guest.page.locator('[name="secret"]').fill(chosen);
    await guest.press('Set the secret');
    await guest.page.getByText('Done. You can sign in with your new secret.').waitFor();
    return guest;
  }
  async function signIn({ page }: Visitor, person: string, with_: string): Promise<void> {
    await page.goto(`${page.url().split('/').slice(0, 3).join('/')}/`);
    await page.locator('[name="username"]').fill(person);
    await page.locator('[name="password"]').fill(with_);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  it('invites somebody, who chooses a secret with a code that is shown once', async () => {
    await invite(id, 'Officer');
    expect(await looker.faults(admin, 'story-invited')).toEqual([]);
    const code = await codeOn(admin);
    await admin.goTo('/people');
    await rowOf(admin, id).getByText('Invited', { exact: true }).waitFor();
    expect(await admin.page.locator('main').innerText()).not.toContain(code);
    const person = await accept(id, code, secret);
    await signIn(person, id, secret);
    await person.page.locator('nav').waitFor();
    await person.goTo('/claims');
    await admin.goTo('/people');
    await rowOf(admin, id).getByText('Active', { exact: true }).waitFor();
    expect(await looker.faults(admin, 'story-people')).toEqual([]);
    await person.leave();
  });

  it('changes a role: what the person may do changes at once', async () => {
    await admin.goTo('/people');
    await take(admin, id, 'Change the role', 'Viewer');
    await rowOf(admin, id).getByText('Viewer', { exact: true }).waitFor();
    const person = await Visitor.at(msp);
    await signIn(person, id, secret);
    await person.page.locator('nav').waitFor();
    await thereAre(1, person.page.locator('nav').getByRole('link', { name: 'Verify', exact: true }));
    await person.goTo('/claims');
    await thereAre(0, person.page.getByRole('link', { name: 'New claim' }));
    await person.leave();
  });

  it('gives a new code: the secret that was is over', async () => {
    await admin.goTo('/people');
    await take(admin, id, 'New code');
    const code = await codeOn(admin);
    expect(await looker.faults(admin, 'story-new-code')).toEqual([]);
    const earlier = secret;
    secret = ownSecret();
    const person = await accept(id, code, secret);
    await signIn(person, id, earlier);
    await person.page.getByText('The id or the secret is wrong.').waitFor();
    await signIn(person, id, secret);
    await person.page.locator('nav').waitFor();
    await person.leave();
  });

  it('suspends, lets act again, and removes: somebody who is at work is stopped at their next step', async () => {
    const person = await Visitor.at(msp);
    await signIn(person, id, secret);
    await person.page.locator('nav').waitFor();
    await admin.goTo('/people');
    await take(admin, id, 'Suspend');
    await rowOf(admin, id).getByText('Suspended', { exact: true }).waitFor();
    await person.page.locator('nav').getByRole('link', { name: 'Claims', exact: true }).click();
    await person.page.getByRole('dialog').getByText('Your session is over').waitFor();
    await person.leave();

    await take(admin, id, 'Let act again');
    await rowOf(admin, id).getByText('Active', { exact: true }).waitFor();
    await take(admin, id, 'Remove at once');
    await rowOf(admin, id).getByText('Removed', { exact: true }).waitFor();
    await thereAre(0, rowOf(admin, id).getByRole('button'));
    const late = await Visitor.at(msp);
    await signIn(late, id, secret);
    await late.page.getByRole('alert').first().waitFor();
    await thereAre(0, late.page.locator('nav'));
    await late.leave();
  });

  it('lets in who may approve with a second admin, never alone and never themselves', async () => {
    const approver = newId('approver');
    await invite(approver, 'Approver');
    await admin.page.getByText(`${approver} waits for a second admin.`).waitFor();
    await admin.goTo('/people');
    const confirm = rowOf(admin, approver).getByRole('button', { name: 'Confirm', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await admin.page.getByText('Yourself', { exact: true }).waitFor();

    await second.goTo('/');
    await second.page.getByRole('listitem').filter({ hasText: approver }).getByRole('link').click();
    await second.settled();
    await take(second, approver, 'Confirm');
    const code = await codeOn(second);
    expect(await looker.faults(second, 'story-confirmed')).toEqual([]);
    const person = await accept(approver, code, ownSecret());
    await person.leave();
    await take(second, approver, 'Remove at once');
    await second.goTo('/people/log');
    await second.page.getByRole('row').filter({ hasText: approver }).first().waitFor();
    expect(await looker.faults(second, 'story-people-log')).toEqual([]);
  });

  it('registers a machine by its public key, which a second admin confirms; changes its key, and revokes it', async () => {
    const regulator = await person('RegulatorMSP', 'approver');
    const { body: before } = await regulator.get('/registry/policy');
    await regulator.post('/registry/policy', { twoPeople: { [msp]: ['people'] } });
    try {
      const machine = await MachineClient.of(`machine-core-${randomBytes(4).toString('hex')}`);
      const following = await MachineClient.of(machine.id);
      const { page } = admin;
      const at = async (who: Visitor) => {
        await who.goTo('/machines');
        await who.page.getByRole('link', { name: machine.id }).click();
        await who.page.getByRole('heading', { level: 1, name: machine.id }).waitFor();
      };
      const act = async (who: Visitor, step: string, key?: string) => {
        const dialog = who.page.getByRole('dialog');
        await who.press(step);
        if (key !== undefined) await dialog.locator('[name="key"]').fill(key);
        await who.press(step, dialog);
        await dialog.waitFor({ state: 'detached' });
      };
      await admin.goTo('/machines');
      await page.getByRole('link', { name: 'Register a machine' }).click();
      await page.locator('[name="id"]').fill(machine.id);
      await page.locator('[name="key"]').fill('no key');
      await page.getByLabel('claims:read', { exact: true }).check();
      expect(await looker.faults(admin, 'story-new-machine')).toEqual([]);
      await admin.press('Register a machine');
      // Refused beside the field, and what was typed stays.
      await page.locator('[name="key"][aria-invalid="true"]').waitFor();
      expect(await page.locator('[name="id"]').inputValue()).toBe(machine.id);
      await page.locator('[name="key"]').fill(JSON.stringify(machine.jwk));
      await admin.press('Register a machine');
      await page.waitForURL(/\/machines\/machine-core-/);
      await page.getByText('Proposed', { exact: true }).waitFor();
      // Whoever asked for it does not confirm it.
      expect(await page.getByRole('button', { name: 'Confirm', exact: true }).isDisabled()).toBe(true);
      await second.goTo('/machines');
      expect(await looker.faults(second, 'story-machines')).toEqual([]);
      await at(second);
      await act(second, 'Confirm');
      await second.page.getByText('Active', { exact: true }).first().waitFor();

      await act(second, 'Add a key', JSON.stringify(following.jwk));
      await at(admin);
      await act(admin, 'Confirm');
      const keys = page.getByRole('table', { name: 'Keys' });
      await keys.getByRole('button', { name: 'Remove the key' }).nth(1).waitFor();
      expect(await looker.faults(admin, 'story-machine')).toEqual([]);
      const dialog = page.getByRole('dialog');
      await keys.getByRole('button', { name: 'Remove the key' }).first().click();
      await admin.press('Remove the key', dialog);
      await dialog.waitFor({ state: 'detached' });
      // The last key stays.
      await keys.getByRole('button', { name: 'Remove the key' }).first().waitFor({ state: 'detached' });

      await act(admin, 'Revoke');
      await page.getByText('Revoked', { exact: true }).first().waitFor();
      await thereAre(0, page.getByRole('button', { name: 'Add a key' }));
      const shown = await (await person(msp, 'auditor')).get(`/machines/${machine.id}`);
      expect(shown).toMatchObject({ status: 200, body: { state: 'revoked', tokens: 0 } });
    } finally {
      await regulator.post('/registry/policy', before);
    }
  });
});
