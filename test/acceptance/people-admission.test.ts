import { randomBytes, randomUUID } from 'node:crypto';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { consortium, customsOfficer, person } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { waitingAt } from './support/waiting-at.js';

/** A busy machine takes seconds for each certificate. */
const patienceMs = 240_000;
const limits = { authoritySeconds: 1, signInsPerMinute: 10_000 };
const newId = (role: string) => `${role}.${randomBytes(5).toString('hex')}`;
const ownSecret = () => `Mine alone: ${randomBytes(9).toString('base64url')}`;

async function accept(gateway: ExtraGateway, enrolmentId: string, code: string, secret: string) {
  return new Client(gateway.url, '').post('/invitations/acceptance', { enrolmentId, code, secret });
}

async function signIn(gateway: ExtraGateway, id: string, secret: string): Promise<Client> {
  const { status, body } = await openSession(gateway, id, secret);
  expect(status).toBe(201);
  return new Client(gateway.url, textAt(body, 'token'));
}

describe('who is admitted, and by whom', () => {
  let gateway: ExtraGateway;
  let admin: Client;
  let second: Client;

  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), 'BankAMSP', limits);
    admin = await gateway.person('admin');
    second = await gateway.person('admin-2');
  }, patienceMs);
  afterAll(() => gateway.stop());

  it(
    'an officer, whose secret no admin ever knows',
    async () => {
      const id = newId('officer');
      const invited = await admin.post('/people', { id, role: 'officer' });
      expect(invited).toMatchObject({ status: 201, body: { state: 'invited' } });
      expect(invited.headers.get('cache-control')).toBe('no-store');
      const code = textAt(invited.body, 'invitation.code');
      expect((await openSession(gateway, id, code)).status).toBe(401);
      const secret = ownSecret();
      const wrong = await accept(gateway, id, 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA', secret);
      expect(wrong).toMatchObject({ status: 401, body: { code: 'INVITATION_REFUSED' } });
      const weak = await accept(gateway, id, code, 'short');
      expect(weak).toMatchObject({ status: 400, body: { code: 'SECRET_TOO_WEAK', field: 'secret' } });
      expect((await accept(gateway, id, code.toLowerCase().replaceAll('-', ' '), secret)).status).toBe(204);
      const officer = await signIn(gateway, id, secret);
      expect((await officer.get('/claims')).status).toBe(200);
      // The code is used up, and it opens nothing.
      expect((await accept(gateway, id, code, ownSecret())).status).toBe(401);
      expect((await signIn(gateway, id.toUpperCase(), secret)).url).toBe(gateway.url);
    },
    patienceMs,
  );

  it(
    'in any script, with everything that a person does: sign in, draw, change the secret, leave',
    async () => {
      const id = `李伟${randomBytes(3).toString('hex')}`;
      const refused = await admin.post('/people', { id: `аnna${id}`, role: 'officer' });
      expect(refused).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', field: 'id' } });
      const invited = await admin.post('/people', { id, role: 'officer' });
      expect([invited.status, invited.body]).toMatchObject([201, { id, state: 'invited' }]);
      const secret = ownSecret();
      const code = textAt(invited.body, 'invitation.code');
      expect((await accept(gateway, id, code, secret)).status).toBe(204);
      const officer = await signIn(gateway, id, secret);
      expect((await officer.get('/sessions/current')).body).toMatchObject({ person: { id } });
      // Signed with a certificate in that name, and known to the ledger by it.
      const document = { type: 'customs-declaration', number: '221820260999999998' };
      const particulars = {
        enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
        total: { amount: '1.00', currency: 'USD' },
      };
      expect((await officer.post('/verifications', { document, particulars })).body).toMatchObject({
        result: 'not-found',
      });
      const fact = declaration();
      await record(await customsOfficer(), fact);
      const reserved = await officer.post('/claims', claim(reference(fact), usd('10.00')));
      expect([reserved.status, reserved.body]).toMatchObject([201, { state: 'reserved' }]);
      const claimed = textAt(reserved.body, 'id');
      const approver = await person('BankAMSP', 'approver');
      await eventually(async () => {
        return (await waitingAt(approver, claimed, 'claim-to-accept'))?.['by'] === id;
      });
      expect((await approver.post(`/claims/${claimed}/rejection`, { reason: 'A test.' })).status).toBe(200);
      const path = `/people/${encodeURIComponent(id)}`;
      expect((await admin.request('PATCH', path, { body: { role: 'viewer' } })).status).toBe(200);
      expect((await admin.get('/people')).status).toBe(200);
      expect((await admin.request('DELETE', path)).status).toBe(204);
      expect((await openSession(gateway, id, secret)).status).toBe(401);
    },
    patienceMs,
  );

  it(
    'changes the own secret, which ends the other sessions and the former secret',
    async () => {
      const id = newId('viewer');
      const { body } = await admin.post('/people', { id, role: 'viewer' });
      const [first, next] = [ownSecret(), ownSecret()];
      expect((await accept(gateway, id, textAt(body, 'invitation.code'), first)).status).toBe(204);
      const [here, elsewhere] = [await signIn(gateway, id, first), await signIn(gateway, id, first)];
      const path = '/sessions/current/secret';
      const refused = await here.post(path, { secret: next, newSecret: ownSecret() });
      expect(refused).toMatchObject({ status: 403, body: { code: 'SECRET_REFUSED' } });
      expect((await here.post(path, { secret: first, newSecret: next })).status).toBe(204);
      expect((await here.get('/claims')).status).toBe(200);
      expect((await elsewhere.get('/claims')).status).toBe(401);
      expect((await openSession(gateway, id, first)).status).toBe(401);
      expect((await openSession(gateway, id, next)).status).toBe(201);
    },
    patienceMs,
  );

  it(
    'replaces the secret that the certificate authority gave by one of their own, there too',
    async () => {
      const operator = await CaOperator.open(consortium(), 'BankAMSP');
      const { id, secret } = await operator.register('viewer');
      const someone = await signIn(gateway, id, secret);
      const own = ownSecret();
      expect((await someone.post('/sessions/current/secret', { secret, newSecret: own })).status).toBe(204);
      await eventually(async () => (await operator.enrolmentErrors(id, secret)).includes(20));
      expect((await openSession(gateway, id, secret)).status).toBe(401);
      expect((await openSession(gateway, id, own)).status).toBe(201);
    },
    patienceMs,
  );

  it(
    'whoever may approve by two admins: one alone has no four eyes',
    async () => {
      const id = newId('approver');
      const asked = await admin.post('/people', { id, role: 'approver' });
      expect(asked).toMatchObject({ status: 201, body: { state: 'invited', awaits: { by: 'admin' } } });
      expect(asked.body).not.toHaveProperty('invitation');
      const alone = await admin.post(`/people/${id}/confirmation`, {});
      expect(alone).toMatchObject({ status: 403, body: { code: 'SECOND_ADMIN_NEEDED' } });
      const confirmed = await second.post(`/people/${id}/confirmation`, {});
      expect(confirmed.status).toBe(200);
      const secret = ownSecret();
      expect((await accept(gateway, id, textAt(confirmed.body, 'invitation.code'), secret)).status).toBe(204);
      await signIn(gateway, id, secret);
      // What a second one does not want is returned with a reason, and whoever asked reads it; then it cannot be confirmed.
      const unwanted = newId('approver');
      await admin.post('/people', { id: unwanted, role: 'approver' });
      const bare = await second.post(`/people/${unwanted}/return`, {});
      expect(bare).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', field: 'reason' } });
      const returned = await second.post(`/people/${unwanted}/return`, { reason: 'Has left the branch.' });
      expect(returned).toMatchObject({
        status: 200,
        body: {
          cameToNothing: { outcome: 'returned', returnedBy: 'admin-2', reason: 'Has left the branch.' },
        },
      });
      expect(returned.body).not.toHaveProperty('awaits');
      const late = await second.post(`/people/${unwanted}/confirmation`, {});
      expect(late).toMatchObject({ status: 409, body: { code: 'NOTHING_TO_CONFIRM' } });
      const logged = (await admin.get(`/people/log?person=${unwanted}&alerts=true`)).body;
      expect(listAt(logged, 'items').map((entry) => at(entry, 'kind'))).toContain('returned');
      // Nor does one admin get at an approver by way of a lost secret, or make one of an officer.
      const again = await admin.post(`/people/${id}/invitation`, {});
      expect(again.status).toBe(201);
      expect(again.body).not.toHaveProperty('invitation');
      const officer = newId('officer');
      await admin.post('/people', { id: officer, role: 'officer' });
      const raised = await admin.request('PATCH', `/people/${officer}`, { body: { role: 'approver' } });
      expect(raised).toMatchObject({ status: 200, body: { role: 'officer', awaits: { role: 'approver' } } });
      const own = await admin.request('PATCH', '/people/admin', { body: { role: 'officer' } });
      expect(own).toMatchObject({ status: 403, body: { code: 'OWN_PERSON' } });
    },
    patienceMs,
  );

  it(
    'nobody by one admin, where the consortium wants two for everybody',
    async () => {
      const regulator = await person('RegulatorMSP', 'approver');
      const { body: before } = await regulator.get('/registry/policy');
      const known = newId('officer');
      const code = textAt(
        (await admin.post('/people', { id: known, role: 'officer' })).body,
        'invitation.code',
      );
      const secret = ownSecret();
      expect((await accept(gateway, known, code, secret)).status).toBe(204);
      expect((await regulator.post('/registry/policy', { twoPeople: { BankAMSP: ['people'] } })).status).toBe(
        201,
      );
      try {
        for (const role of ['officer', 'auditor', 'viewer']) {
          const id = newId(role);
          const asked = await admin.post('/people', { id, role });
          expect(asked).toMatchObject({ status: 201, body: { awaits: { kind: 'admission', by: 'admin' } } });
          expect(asked.body).not.toHaveProperty('invitation');
          const alone = await admin.post(`/people/${id}/confirmation`, {});
          expect(alone).toMatchObject({ status: 403, body: { code: 'SECOND_ADMIN_NEEDED' } });
          const confirmed = await second.post(`/people/${id}/confirmation`, {});
          expect(
            (await accept(gateway, id, textAt(confirmed.body, 'invitation.code'), ownSecret())).status,
          ).toBe(204);
        }
        // Nor does one get at somebody who is there, by a new invitation or by another role.
        const anew = await admin.post(`/people/${known}/invitation`, {});
        expect(anew).toMatchObject({ status: 201, body: { awaits: { kind: 'invitation' } } });
        expect(anew.body).not.toHaveProperty('invitation');
        const patch = (body: object) => admin.request('PATCH', `/people/${known}`, { body });
        const changed = await patch({ role: 'viewer' });
        expect(changed).toMatchObject({ status: 200, body: { role: 'officer', awaits: { role: 'viewer' } } });
        await signIn(gateway, known, secret);
        const confirmed = await second.post(`/people/${known}/confirmation`, {});
        expect(confirmed).toMatchObject({ status: 200, body: { role: 'viewer' } });
        // What only takes away needs no second one.
        expect(await patch({ state: 'suspended' })).toMatchObject({ body: { state: 'suspended' } });
        // Whom the authority's operator admits alone is told to admins and auditors.
        const operator = await CaOperator.open(consortium(), 'BankAMSP');
        const { id } = await operator.register('viewer');
        await eventually(async () => {
          const { body } = await admin.get(`/people/log?alerts=true&person=${id}`);
          return listAt(body, 'items').some((entry) => at(entry, 'kind') === 'listed-by-authority');
        });
      } finally {
        expect((await regulator.post('/registry/policy', before)).status).toBe(201);
      }
      const id = newId('viewer');
      expect((await admin.post('/people', { id, role: 'viewer' })).body).toHaveProperty('invitation');
    },
    patienceMs,
  );

  it(
    'nobody under an id that differs by case or form, and no technical identity',
    async () => {
      const id = newId('viewer');
      expect((await admin.post('/people', { id, role: 'viewer' })).status).toBe(201);
      for (const taken of [id.toUpperCase(), 'REGISTRAR', 'registrar', 'Officer', 'gateway-0123abcd']) {
        const { status, body } = await admin.post('/people', { id: taken, role: 'viewer' });
        expect({ taken, status, code: at(body, 'code') }).toEqual({
          taken,
          status: 409,
          code: 'PERSON_EXISTS',
        });
      }
    },
    patienceMs,
  );

  it(
    'once under one key, with the same code again, also after the gateway was killed',
    async () => {
      const id = newId('viewer');
      const key = randomUUID();
      const body = { id, role: 'viewer' };
      const first = await admin.post('/people', body, key);
      const repeated = await admin.post('/people', body, key);
      expect(repeated).toMatchObject({ status: 201, body: first.body });
      const other = await admin.post('/people', { ...body, role: 'officer' }, key);
      expect(at(other.body, 'code')).toBe('IDEMPOTENCY_KEY_REUSED');
      const withoutKey = await fetch(`${gateway.url}/api/v1/people/${id}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${admin.token}` },
      });
      expect(withoutKey.status).toBe(400);
      await gateway.killAndRestart();
      [admin, second] = [await gateway.person('admin'), await gateway.person('admin-2')];
      const late = await admin.post('/people', body, key);
      expect(textAt(late.body, 'invitation.code')).toBe(textAt(first.body, 'invitation.code'));
      expect((await accept(gateway, id, textAt(late.body, 'invitation.code'), ownSecret())).status).toBe(204);
      const removal = randomUUID();
      const remove = () => admin.request('DELETE', `/people/${id}`, { idempotencyKey: removal });
      expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    },
    patienceMs,
  );

  it(
    'with a record that auditor and admin read, and nobody else',
    async () => {
      const id = newId('viewer');
      const { body } = await admin.post('/people', { id, role: 'viewer' });
      const secret = ownSecret();
      await accept(gateway, id, textAt(body, 'invitation.code'), secret);
      const someone = await signIn(gateway, id, secret);
      await openSession(gateway, id, 'not the secret');
      await someone.request('DELETE', '/sessions/current');
      await admin.request('DELETE', `/people/${id}`);
      const auditor = await gateway.person('auditor');
      const read = async (query: string) => listAt((await auditor.get(`/people/log?${query}`)).body, 'items');
      const kinds = (await read(`person=${id}`)).map((entry) => at(entry, 'kind')).reverse();
      expect(kinds.filter((kind) => kind !== 'authority-told' && kind !== 'certificate-issued')).toEqual([
        'admitted',
        'invitation-accepted',
        'signed-in',
        'sign-in-refused',
        'signed-out',
        'removed',
      ]);
      const [latest] = await read('limit=1');
      const first = await auditor.get('/people/log?limit=1');
      const [second] = await read(`limit=1&cursor=${textAt(first.body, 'next')}`);
      expect(at(second, 'number')).toBe(Number(at(latest, 'number')) - 1);
      for (const one of await read('alerts=true')) expect(at(one, 'alert')).toBe(true);
      const officer = await gateway.person('officer');
      expect((await officer.get('/people/log')).status).toBe(403);
      expect(JSON.stringify(await read('limit=200'))).not.toContain(secret);
    },
    patienceMs,
  );
});

describe('at the portal', () => {
  const [ours, theirs] = ['91330200MA2CKXQ85H', '91350100M000100Y43'];
  let gateway: ExtraGateway;
  let own: Client;

  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), 'EnterpriseMSP', limits);
    const operator = await CaOperator.open(consortium(), 'EnterpriseMSP');
    const { id, secret } = await operator.register('admin', ours);
    own = await signIn(gateway, id, secret);
  }, patienceMs);
  afterAll(() => gateway.stop());

  it(
    'an admin of one enterprise sees, admits and removes nobody of another',
    async () => {
      const seen = listAt((await own.get('/people')).body, 'items');
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.filter((one) => at(one, 'uscc') !== ours)).toEqual([]);
      expect(seen.map((one) => at(one, 'id'))).toContain('exporter-1');
      const foreign = await own.post('/people', { id: newId('officer'), role: 'officer', uscc: theirs });
      expect(foreign).toMatchObject({ status: 403, body: { code: 'OTHER_ENTERPRISE' } });
      for (const [method, path] of [
        ['DELETE', '/people/exporter-2'],
        ['POST', '/people/exporter-2/invitation'],
      ] as const) {
        const { status, body } = await own.request(method, path, {
          body: method === 'POST' ? {} : undefined,
        });
        expect({ status, code: at(body, 'code') }).toEqual({ status: 404, code: 'PERSON_NOT_FOUND' });
      }
      expect((await gateway.person('exporter-2')).token).not.toBe('');
      const admitted = await own.post('/people', { id: newId('viewer'), role: 'viewer' });
      expect(admitted).toMatchObject({ status: 201, body: { uscc: ours } });
      const log = listAt((await own.get('/people/log?limit=200')).body, 'items');
      expect(log.filter((entry) => at(entry, 'uscc') !== ours)).toEqual([]);
    },
    patienceMs,
  );

  it(
    'a number is one that exists, and only people of the portal have one',
    async () => {
      const admin = await gateway.person('admin');
      const impossible = await admin.post('/people', {
        id: newId('officer'),
        role: 'officer',
        uscc: '91330200MA2CKXQ85G',
      });
      expect(impossible).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID', field: 'uscc' } });
      const bank = await ExtraGateway.start(consortium(), 'BankAMSP', limits);
      try {
        const there = await (
          await bank.person('admin')
        ).post('/people', {
          id: newId('officer'),
          role: 'officer',
          uscc: ours,
        });
        expect(there).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
      } finally {
        await bank.stop();
      }
    },
    patienceMs,
  );
});
