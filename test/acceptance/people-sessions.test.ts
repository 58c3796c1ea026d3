import { randomBytes } from 'node:crypto';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { consortium } from './support/consortium.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';

const msp = 'TaxMSP';
/** A busy machine takes seconds for each certificate. */
const patienceMs = 240_000;
const limits = { authoritySeconds: 1, signInsPerMinute: 10_000 };

describe('somebody signed in', () => {
  let gateway: ExtraGateway;
  let operator: CaOperator;
  let admin: Client;

  const signIn = async ({ id, secret }: { id: string; secret: string }) => {
    const { status, body } = await openSession(gateway, id, secret);
    expect(status).toBe(201);
    return new Client(gateway.url, textAt(body, 'token'));
  };
  const statusOf = async (client: Client) => (await client.get('/sessions/current')).status;
  const shown = async (query: string) => listAt((await admin.get(`/people?${query}`)).body, 'items');
  const idsOf = (items: readonly unknown[]) => items.map((one) => at(one, 'id'));
  const kindsOf = async (id: string) =>
    listAt((await admin.get(`/people/log?person=${id}`)).body, 'items').map((entry) => at(entry, 'kind'));

  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), msp, limits);
    operator = await CaOperator.open(consortium(), msp);
    admin = await gateway.person('admin');
  }, patienceMs);
  afterAll(() => gateway.stop());

  it(
    'sees where they are signed in, and signs out there or everywhere',
    async () => {
      const [person, stranger] = [await operator.register('viewer'), await operator.register('viewer')];
      const [here, there, third] = [await signIn(person), await signIn(person), await signIn(person)];
      const other = await signIn(stranger);
      const own = listAt((await here.get('/sessions')).body, 'items');
      expect(own.map((one) => [at(one, 'isCurrent'), at(one, 'address')])).toEqual([
        [true, '127.0.0.1'],
        [false, '127.0.0.1'],
        [false, '127.0.0.1'],
      ]);
      expect(JSON.stringify(own)).not.toContain(there.token);
      // What names a session opens none, and ends nobody else's.
      const elsewhere = String(at(own[1], 'id'));
      expect(await statusOf(new Client(gateway.url, elsewhere))).toBe(401);
      const foreign = await other.request('DELETE', `/sessions/${elsewhere}`);
      expect(foreign).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } });
      expect(await statusOf(there)).toBe(200);
      expect((await here.request('DELETE', `/sessions/${elsewhere}`)).status).toBe(204);
      expect([await statusOf(there), await statusOf(here), await statusOf(third)]).toEqual([401, 200, 200]);
      expect((await here.request('DELETE', '/sessions')).status).toBe(204);
      expect([await statusOf(here), await statusOf(third), await statusOf(other)]).toEqual([401, 401, 200]);
      expect((await kindsOf(person.id)).slice(0, 2)).toEqual(['signed-out', 'signed-out']);
      await signIn(person);
    },
    patienceMs,
  );

  it(
    'and an admin signs them out everywhere, for a device that was lost',
    async () => {
      const person = await operator.register('officer');
      const [here, there] = [await signIn(person), await signIn(person)];
      const stream = await there.fetch('GET', '/events', { headers: { accept: 'text/event-stream' } });
      const [before] = (await shown('')).filter((one) => at(one, 'id') === person.id);
      expect(before).toMatchObject({ state: 'active', sessions: 2, authority: 'followed' });
      expect(Date.parse(textAt(before, 'signedInAt'))).not.toBeNaN();
      const path = `/people/${person.id}/sessions`;
      const viewer = await gateway.person('viewer');
      expect((await viewer.request('DELETE', path)).status).toBe(403);
      expect([await statusOf(here), await statusOf(there)]).toEqual([200, 200]);
      expect((await admin.request('DELETE', path)).status).toBe(204);
      expect([await statusOf(here), await statusOf(there)]).toEqual([401, 401]);
      // It ends by itself; a stream that went on would never let this return.
      expect(await stream.text().catch(() => 'cut')).toBeDefined();
      const [after] = (await shown('')).filter((one) => at(one, 'id') === person.id);
      expect(after).toMatchObject({ state: 'active', sessions: 0 });
      await signIn(person);
    },
    patienceMs,
  );

  it(
    'is found by the end of their certificate, and who never came by that',
    async () => {
      const person = await operator.register('officer');
      await signIn(person);
      // The authority certifies for a year.
      expect(idsOf(await shown('certificateEndsWithinDays=366'))).toContain(person.id);
      expect(idsOf(await shown('certificateEndsWithinDays=300'))).not.toContain(person.id);
      expect(idsOf(await shown('withoutSignInDays=1'))).not.toContain(person.id);
      for (const query of ['certificateEndsWithinDays=0x10', 'withoutSignInDays=0', 'unknown=1']) {
        expect((await admin.get(`/people?${query}`)).status).toBe(400);
      }
    },
    patienceMs,
  );

  it(
    'and deleted at the certificate authority is shown so, once and with an alert',
    async () => {
      const person = await operator.register('officer');
      await signIn(person);
      await operator.delete(person.id);
      const isShown = async () =>
        (await shown('')).some((one) => at(one, 'id') === person.id && at(one, 'authority') === 'unlisted');
      await eventually(isShown);
      await eventually(async () => (await kindsOf(person.id)).includes('unlisted-by-authority'));
      await operator.registerAs(person.id, person.secret, 'officer');
      await eventually(async () => !(await isShown()));
      const kinds = await kindsOf(person.id);
      expect(kinds.filter((kind) => kind === 'unlisted-by-authority')).toHaveLength(1);
    },
    patienceMs,
  );

  it(
    'sees the identities that the gateway acts with, if they oversee it',
    async () => {
      const { body } = await admin.get('/machine-identities');
      const [registrar, reader] = listAt(body, 'items');
      expect(registrar).toMatchObject({ name: 'registrar', state: 'in-order', enrolmentId: 'registrar' });
      expect(reader).toMatchObject({ name: 'gateway', state: 'in-order' });
      expect(textAt(reader, 'enrolmentId')).toMatch(/^gateway-[0-9a-f]{8}$/);
      const endsIn =
        Date.parse(textAt(reader, 'certificateEndsAt')) - Date.parse(textAt(reader, 'renewsFrom'));
      expect(endsIn).toBe(7 * 24 * 60 * 60_000);
      const officer = await gateway.person('officer');
      expect((await officer.get('/machine-identities')).status).toBe(403);
    },
    patienceMs,
  );

  it(
    'as an admin and reaching for more than is theirs is told to the auditor',
    async () => {
      const id = `viewer-${randomBytes(4).toString('hex')}`;
      expect((await admin.post('/people', { id: 'registrar', role: 'viewer' })).status).toBe(409);
      const raised = await admin.request('PATCH', '/people/admin', { body: { role: 'approver' } });
      expect(raised).toMatchObject({ status: 403, body: { code: 'OWN_PERSON' } });
      expect((await admin.post('/people', { id, role: 'viewer' })).status).toBe(201);
      // A slip is no alarm.
      expect((await admin.post('/people', { id, role: 'viewer' })).status).toBe(409);
      const auditor = await gateway.person('auditor');
      const { body } = await auditor.get('/people/log?alerts=true&limit=200');
      const tried = listAt(body, 'items').filter((entry) => at(entry, 'kind') === 'refused-to-admin');
      expect(tried.map((entry) => [at(entry, 'person'), at(entry, 'by'), at(entry, 'detail')])).toEqual([
        ['admin', 'admin', 'their own role or state'],
        ['registrar', 'admin', 'an identity that programs use'],
      ]);
    },
    patienceMs,
  );
});
