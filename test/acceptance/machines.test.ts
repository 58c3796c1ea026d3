import { webcrypto } from 'node:crypto';
import { exportJWK } from 'jose';
import * as oauth from 'openid-client';
import { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';

const msp = 'BankAMSP';

describe('a machine of a bank', () => {
  const id = `machine-erp-${webcrypto.randomUUID().slice(0, 8)}`;
  const { url } = organisationOf(consortium(), msp);
  let admin: Client;
  let a: BankPeople;
  let keys: webcrypto.CryptoKeyPair;

  beforeAll(async () => {
    admin = await person(msp, 'admin');
    a = await bank('A');
    keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
  });

  /** By a client library that knows nothing of this gateway but its address. */
  async function signedIn(scope: string): Promise<Client> {
    const proof = oauth.PrivateKeyJwt(keys.privateKey);
    const config = await oauth.discovery(new URL(url), id, undefined, proof, {
      algorithm: 'oauth2',
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- the gateways of the tests are on loopback
      execute: [oauth.allowInsecureRequests],
    });
    const answer = await oauth.clientCredentialsGrant(config, { scope });
    return new Client(url, answer.access_token);
  }

  it('claims under its own certificate, by its own key and no secret, what its scopes allow and no more', async () => {
    const { x, y } = await exportJWK(keys.publicKey);
    const key = { kty: 'EC', crv: 'P-256', x, y };
    const scopes = ['claims:read', 'claims:write'];
    const made = await admin.post('/machines', { id, role: 'officer', scopes, key });
    expect(made).toMatchObject({ status: 201, body: { id, state: 'active', authority: 'followed' } });
    expect(textAt(made.body, 'certificateEndsAt')).toMatch(/Z$/);

    const machine = await signedIn('claims:write claims:read');
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const reserved = await machine.post('/claims', claim(reference(fact), usd('10.00')));
    expect(reserved.status).toBe(201);
    const claimId = textAt(reserved.body, 'id');
    // The second person is a person; the machine is the first and has no other part.
    const alone = await machine.post(`/claims/${claimId}/acceptance`, {});
    expect(alone).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    const narrow = await signedIn('claims:read');
    expect((await narrow.post('/claims', claim(reference(fact), usd('1.00')))).body).toMatchObject({
      code: 'SCOPE_MISSING',
    });
    expect((await narrow.get(`/claims/${claimId}`)).status).toBe(200);
    expect((await machine.get('/facts')).body['code']).toMatch(/SCOPE_MISSING|PERMISSION_DENIED/);
    const accepted = await a.approver.post(`/claims/${claimId}/acceptance`, {});
    expect(accepted.body).toMatchObject({ state: 'accepted' });
  });

  it('is cut off by one request of an admin, here and at the certificate authority', async () => {
    const machine = await signedIn('claims:read');
    const revoked = await admin.post(`/machines/${id}/revocation`, {});
    expect(revoked).toMatchObject({
      status: 200,
      body: { state: 'revoked', tokens: 0, authority: 'followed' },
    });
    expect((await machine.get('/claims')).status).toBe(401);
    await expect(signedIn('claims:read')).rejects.toThrow();
    const log = await admin.get(`/people/log?person=${id}`);
    const kinds = listAt(log.body, 'items').map((entry) => at(entry, 'kind'));
    expect(new Set(kinds)).toEqual(
      new Set(['machine-created', 'machine-token', 'machine-revoked', 'machine-refused']),
    );
    // Nobody takes it for a person of the organisation.
    const people = listAt((await admin.get('/people')).body, 'items').map((one) => at(one, 'id'));
    expect(people).not.toContain(id);
  });
});
