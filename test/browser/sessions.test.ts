import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { consortium } from '../acceptance/support/consortium.js';
import { ExtraGateway } from '../acceptance/support/extra-gateway.js';
import { faultsByAxe } from './support/judge.js';
import { keepPictures } from './support/pictures.js';
import { Visitor } from './support/visitor.js';

describe('the door', () => {
  afterAll(() => Visitor.allLeave());

  it('is in the browser’s language, and in the other by one click', async () => {
    const visitor = await Visitor.at('BankAMSP', 'zh-CN');
    try {
      const { page } = visitor;
      expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
      await keepPictures(visitor, 'sign-in-zh');
      await page.getByLabel('用户名').fill('officer');
      await page.locator('[name="password"]').fill('wrong-secret');
      await visitor.press('登录');
      await page.getByRole('alert').getByText('用户名或密码错误。').waitFor();
      await visitor.press('English');
      await page.getByText('The id or the secret is wrong.').waitFor();
      expect(await faultsByAxe(visitor)).toEqual([]);
      await keepPictures(visitor, 'sign-in');
      expect(visitor.faults).toEqual([]);
    } finally {
      await visitor.leave();
    }
  });

  it('opens again over what was typed when the session is over', async () => {
    const visitor = await Visitor.at('BankAMSP');
    try {
      const { page } = visitor;
      await visitor.signInAs('Officer');
      await visitor.goTo('/claims/new');
      await page.locator('[name="applicationNumber"]').fill('KEPT-1');
      await page.locator('[name="enterprise.id"]').fill('91330200MA2CKXQ85H');
      await page.locator('[name="amount.amount"]').fill('1.00');
      await page.locator('[name="lines.0.document.number"]').fill('X1');
      await page.locator('[name="lines.0.amount.amount"]').fill('1.00');
      await page.locator('[name="dueDate"]').fill('2030-01-01');
      await visitor.forgetSession();
      await visitor.press('Reserve');
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await faultsByAxe(visitor)).toEqual([]);
      await keepPictures(visitor, 'expired');
      await dialog.getByRole('button', { name: 'Officer', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await page.locator('[name="applicationNumber"]').inputValue()).toBe('KEPT-1');
      await page.reload();
      await visitor.settled();
      expect(await page.locator('[name="applicationNumber"]').inputValue()).toBe('KEPT-1');
    } finally {
      await visitor.leave();
    }
  });

  it('is closed in every tab by signing out of one', async () => {
    const visitor = await Visitor.at('BankAMSP');
    try {
      await visitor.signInAs('Officer');
      const second = await visitor.page.context().newPage();
      await second.goto(`${visitor.base}/claims`);
      await second.locator('h1').waitFor();
      await visitor.press('Sign out');
      await second.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await second.reload();
      await second.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    } finally {
      await visitor.leave();
    }
  });

  it('keeps what was typed while the gateway cannot be reached, and says so', async () => {
    const visitor = await Visitor.at('BankAMSP');
    try {
      const { page } = visitor;
      await visitor.signInAs('Officer');
      await visitor.goTo('/verify');
      await page.locator('[name="document.number"]').fill('221820260000000025');
      await page.locator('[name="particulars.enterprise.id"]').fill('91330200MA2CKXQ85H');
      await page.locator('[name="particulars.total.amount"]').fill('1.00');
      await visitor.setOffline(true);
      await visitor.press('Verify');
      await page.getByText('The gateway cannot be reached.').waitFor();
      await keepPictures(visitor, 'offline');
      await visitor.setOffline(false);
      await visitor.press('Verify');
      await page.getByText('No such document is on record.').waitFor();
    } finally {
      await visitor.leave();
    }
  });

  it('is closed by the gateway’s own clock: whoever has done nothing for too long signs in again over what they typed', async () => {
    const stack = consortium();
    const gateway = await ExtraGateway.start(stack, 'BankAMSP', { sessionIdleMinutes: 1 });
    const visitor = await Visitor.atAddress(gateway.url);
    const { page } = visitor;
    const secret = organisationOf(stack, 'BankAMSP').people.find(({ id }) => id === 'officer')?.secret ?? '';
    try {
      await page.locator('[name="username"]').fill('officer');
      await page.locator('[name="password"]').fill(secret);
      await visitor.press('Sign in');
      await page.locator('nav').waitFor();
      await visitor.goTo('/claims/new');
      await page.locator('[name="applicationNumber"]').fill('KEPT-2');
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Your session is over').waitFor({ timeout: 150_000 });
      // What the page reads by itself has kept nothing open: the gateway knows the session no more.
      const status = await page.evaluate<number>(
        `fetch('/api/v1/sessions/current').then(({ status }) => status)`,
      );
      expect(status).toBe(401);
      await dialog.locator('[name="password"]').fill(secret);
      await visitor.press('Sign in', dialog);
      await dialog.waitFor({ state: 'detached' });
      expect(await page.locator('[name="applicationNumber"]').inputValue()).toBe('KEPT-2');
      expect([visitor.faults, visitor.strayed]).toEqual([[], []]);
    } finally {
      await visitor.leave();
      await gateway.stop();
    }
  }, 300_000);
});
