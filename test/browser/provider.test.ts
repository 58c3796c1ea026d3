import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  clientId,
  clientSecret,
  ProviderUnderTest,
} from '@pledgeonce/gateway/provider/testing/provider-under-test.js';
import type { Page } from 'playwright-core';
import { consortium } from '../acceptance/support/consortium.js';
import { ExtraGateway } from '../acceptance/support/extra-gateway.js';
import { closeBrowser, openWindow } from './support/browser.js';
import { thereAre } from './support/there-are.js';

/** A busy machine takes its time for a gateway and for certificates. */
const patienceMs = 240_000;

describe('a person whose bank has an identity provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-provider-'));
  let provider: ProviderUnderTest;
  let gateway: ExtraGateway;

  beforeAll(async () => {
    // To a browser this is another site than that of the gateway, as it is between organisations' hosts.
    provider = await ProviderUnderTest.open('localhost');
    const clientSecretFile = join(folder, 'client.secret');
    writeFileSync(clientSecretFile, clientSecret);
    const settings = { issuer: provider.issuer, clientId, clientSecretFile, label: 'Bank A' };
    gateway = await ExtraGateway.start(consortium(), 'BankAMSP', {}, {}, { provider: settings });
    await provider.serve(gateway.url);
  }, patienceMs);
  afterAll(async () => {
    await closeBrowser();
    await gateway.stop();
    await provider.close();
    rmSync(folder, { recursive: true });
  });

  /** From the button of the console, through the provider's pages, back to the console. */
  async function signIn(page: Page, login: string): Promise<void> {
    await page.goto(gateway.url);
    await page.getByRole('link', { name: 'Sign in with Bank A' }).click();
    await page.locator('input[name="login"]').fill(login);
    await page.locator('input[name="password"]').fill('any');
    await page.locator('button[type="submit"]').click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(`${gateway.url}/**`);
  }

  it(
    'comes in by one button, and stays in over a reload',
    async () => {
      const id = `otto-${randomUUID().slice(0, 8)}`;
      const admin = await gateway.person('admin');
      const invited = await admin.post('/people', { id, role: 'officer', signsInBy: 'provider' });
      expect(invited.status).toBe(201);
      const page = await (await openWindow()).newPage();
      await signIn(page, id);
      await page.getByText(id).first().waitFor();
      await page.reload();
      await page.getByText(id).first().waitFor();
      await thereAre(0, page.getByLabel('Secret'));
    },
    patienceMs,
  );

  it(
    'is told in a sentence that nobody has invited them',
    async () => {
      const page = await (await openWindow()).newPage();
      await signIn(page, `stranger-${randomUUID().slice(0, 8)}`);
      await page.getByRole('alert').getByText('does not let you in here').waitFor();
      await page.getByRole('link', { name: 'Sign in with Bank A' }).waitFor();
    },
    patienceMs,
  );
});
