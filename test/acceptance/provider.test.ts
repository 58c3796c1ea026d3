import { randomUUID } from 'node:crypto';
import { readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '@pledgeonce/gateway/provider/testing/browser.js';
import {
  clientId,
  clientSecret,
  ProviderUnderTest,
} from '@pledgeonce/gateway/provider/testing/provider-under-test.js';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { consortium, customsOfficer } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';

const msp = 'BankAMSP';
/** A busy machine takes its time for a gateway and for certificates. */
const patienceMs = 120_000;

describe('a bank with an identity provider of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-provider-'));
  let provider: ProviderUnderTest;
  let gateway: ExtraGateway;

  beforeAll(async () => {
    provider = await ProviderUnderTest.open();
    const clientSecretFile = join(folder, 'client.secret');
    writeFileSync(clientSecretFile, clientSecret);
    const settings = { issuer: provider.issuer, clientId, clientSecretFile };
    gateway = await ExtraGateway.start(consortium(), msp, {}, {}, { provider: settings });
    await provider.serve(gateway.url);
  }, patienceMs);
  afterAll(async () => {
    await gateway.stop();
    await provider.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'lets a person in by it, who signs on the ledger with a key of that session, and leaves none behind',
    async () => {
      const id = `otto-${randomUUID().slice(0, 8)}`;
      const admin = await gateway.person('admin');
      const invited = await admin.post('/people', { id, role: 'officer', signsInBy: 'provider' });
      expect(invited).toMatchObject({ status: 201, body: { state: 'invited', signsInBy: 'provider' } });
      expect(at(invited.body, 'invitation')).toBeUndefined();
      const browser = new Browser();
      expect(await browser.signIn(gateway.url, id)).toBe(`${gateway.url}/`);
      const cookies = browser.cookies(new URL(gateway.url).origin);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const asPage = { headers: { cookie, 'X-PledgeOnce-Page': 'yes' } };

      const fact = declaration();
      await record(await customsOfficer(), fact);
      const page = new Client(gateway.url, '');
      const body = claim(reference(fact), usd('10.00'));
      const reserved = await page.request('POST', '/claims', { ...asPage, body });
      expect(reserved.status).toBe(201);
      expect((await page.request('DELETE', '/sessions/current', asPage)).status).toBe(204);
      expect((await page.request('GET', '/sessions/current', asPage)).status).toBe(401);
      const kept = readdirSync(gateway.state, { recursive: true }).map(String);
      expect(kept.filter((file) => file.includes(id))).toEqual([]);
      // There is no secret by which one could come in beside it.
      const bySecret = await openSession(gateway, id, 'correct horse battery');
      expect(bySecret).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REFUSED' } });
    },
    patienceMs,
  );

  it(
    'goes on letting others in by their secrets, until an admin invites them to come by the provider',
    async () => {
      const admin = await gateway.person('admin');
      // Nobody of the suite's own people, whose secret at the authority others use.
      const { id, secret } = await (await CaOperator.open(consortium(), msp)).register('viewer');
      expect((await openSession(gateway, id, secret)).status).toBe(201);
      expect(await new Browser().signIn(gateway.url, id)).toMatch(/refused=PROVIDER_REFUSED$/);
      const log = listAt((await admin.get(`/people/log?person=${id}`)).body, 'items');
      expect(textAt(log[0], 'detail')).toBe('this person signs in by a secret');
      const again = await admin.post(`/people/${id}/invitation`, { signsInBy: 'provider' });
      expect(again.status).toBe(201);
      expect(await new Browser().signIn(gateway.url, id)).toBe(`${gateway.url}/`);
      expect((await openSession(gateway, id, secret)).body['code']).toBe('SIGN_IN_REFUSED');
      expect(readdirSync(join(gateway.state, 'wallet'))).not.toContain(`${id}.id`);
    },
    patienceMs,
  );
});
