import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { CaProxy } from './support/ca-proxy.js';
import { consortium } from './support/consortium.js';
import { claim, declaration, reference, usd } from './support/documents.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';

const msp = 'BankBMSP';
/** A busy machine takes seconds for each certificate. */
const patienceMs = 240_000;
const limits = { authoritySeconds: 1, signInsPerMinute: 10_000 };

/** A gateway of its own: whom it cuts off, it alone has signed in. */
describe('who is cut off', () => {
  let proxy: CaProxy;
  let gateway: ExtraGateway;
  let operator: CaOperator;

  beforeAll(async () => {
    proxy = await CaProxy.start(consortium(), msp);
    gateway = await ExtraGateway.start(consortium(), msp, limits, {}, {}, proxy.connection);
    operator = await CaOperator.open(consortium(), msp);
  }, patienceMs);
  afterAll(async () => {
    await gateway.stop();
    proxy.stop();
  });

  const signIn = async ({ id, secret }: { id: string; secret: string }) => {
    const { status, body } = await openSession(gateway, id, secret);
    return {
      status,
      code: at(body, 'code'),
      role: at(at(body, 'person') ?? {}, 'role'),
      client: new Client(gateway.url, String(body['token'])),
    };
  };
  const untilRefused = (client: Client) =>
    eventually(async () => ((await client.get('/sessions/current')).status === 401 ? true : undefined));

  it(
    'at the certificate authority: the session ends, and nobody signs in again',
    async () => {
      const person = await operator.register('officer');
      const { client } = await signIn(person);
      expect((await client.get('/claims')).status).toBe(200);
      await operator.revoke(person.id);
      await untilRefused(client);
      expect(await signIn(person)).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
    },
    patienceMs,
  );

  it(
    'as an admin there: admits nobody any more',
    async () => {
      const person = await operator.register('admin');
      const { client } = await signIn(person);
      await operator.revoke(person.id);
      await untilRefused(client);
      const invited = `viewer-${randomBytes(4).toString('hex')}`;
      expect((await client.post('/people', { id: invited, role: 'viewer' })).status).toBe(401);
      const people = await (await gateway.person('admin')).get('/people');
      expect(listAt(people.body, 'items').map((one) => at(one, 'id'))).not.toContain(invited);
      expect(await operator.ids()).not.toContain(invited);
    },
    patienceMs,
  );

  it(
    'from the former secret, once another was set at the certificate authority',
    async () => {
      const person = await operator.register('viewer');
      expect((await signIn(person)).status).toBe(201);
      const secret = randomBytes(12).toString('hex');
      await operator.setSecret(person.id, secret);
      expect(await signIn(person)).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
      expect((await signIn({ id: person.id, secret })).status).toBe(201);
    },
    patienceMs,
  );

  it(
    'from the former role, once it was lowered at the certificate authority',
    async () => {
      const person = await operator.register('officer');
      const { client } = await signIn(person);
      await operator.setRole(person.id, 'viewer');
      await untilRefused(client);
      const again = await signIn(person);
      expect(again).toMatchObject({ status: 201, role: 'viewer' });
      const reserved = await again.client.post('/claims', claim(reference(declaration()), usd('1.00')));
      expect(reserved).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    },
    patienceMs,
  );

  it(
    'when they are deleted there, and come back as what they are registered as anew',
    async () => {
      const person = await operator.register('approver');
      const { client } = await signIn(person);
      await operator.delete(person.id);
      await untilRefused(client);
      await operator.registerAs(person.id, person.secret, 'viewer');
      expect(await signIn(person)).toMatchObject({ status: 201, role: 'viewer' });
    },
    patienceMs,
  );

  it(
    'while they sign in: no session and no wallet is left, six times',
    async () => {
      const admin = await gateway.person('admin');
      for (let attempt = 0; attempt < 6; attempt++) {
        const person = await operator.register('officer');
        // Every second one has a wallet already.
        const isKnown = async () => {
          if (attempt % 2 === 1) return (await signIn(person)).status === 201;
          const { body } = await admin.get('/people');
          return listAt(body, 'items').some((one) => at(one, 'id') === person.id);
        };
        await eventually(async () => (await isKnown()) || undefined);
        const [tried, removed] = await Promise.all([
          signIn(person),
          admin.request('DELETE', `/people/${person.id}`),
        ]);
        expect([202, 204]).toContain(removed.status);
        const goesOn = tried.status === 201 && (await tried.client.get('/claims')).status !== 401;
        expect(goesOn).toBe(false);
        expect(existsSync(join(gateway.state, 'wallet', `${person.id}.id`))).toBe(false);
        expect((await signIn(person)).status).toBe(401);
      }
    },
    patienceMs,
  );

  it(
    'without the certificate authority, which follows when it is back',
    async () => {
      const person = await operator.register('officer');
      const [{ client }, admin] = [await signIn(person), await gateway.person('admin')];
      proxy.cut();
      try {
        const removed = await admin.request('DELETE', `/people/${person.id}`);
        expect(removed).toMatchObject({ status: 202, body: { state: 'removed', authority: 'pending' } });
        expect((await client.get('/claims')).status).toBe(401);
        expect((await signIn(person)).status).toBe(401);
        expect(await operator.enrolmentErrors(person.id, person.secret)).toEqual([]);
        // Whoever signed in before goes on, on the last word.
        expect((await admin.get('/people')).status).toBe(200);
      } finally {
        proxy.restore();
      }
      await eventually(async () => {
        const errors = await operator.enrolmentErrors(person.id, person.secret);
        return errors.includes(20) || undefined;
      });
    },
    patienceMs,
  );

  it(
    'but never the last admin: not by themselves, nor two by each other',
    async () => {
      const people = [await operator.register('admin'), await operator.register('admin')] as const;
      const [one, other] = [(await signIn(people[0])).client, (await signIn(people[1])).client];
      const { body } = await one.get('/people');
      const others = listAt(body, 'items')
        .filter((each) => at(each, 'role') === 'admin' && at(each, 'state') === 'active')
        .map((each) => String(at(each, 'id')))
        .filter((id) => people.every((each) => each.id !== id));
      // At this gateway only: nothing is said at the authority.
      for (const id of others) {
        expect((await one.request('PATCH', `/people/${id}`, { body: { state: 'suspended' } })).status).toBe(
          200,
        );
      }
      const outcomes = await Promise.all([
        one.request('DELETE', `/people/${people[1].id}`),
        other.request('DELETE', `/people/${people[0].id}`),
      ]);
      const statuses = outcomes.map(({ status }) => status);
      expect(statuses.filter((status) => status === 204 || status === 202)).toHaveLength(1);
      expect(statuses.filter((status) => status === 401 || status === 409)).toHaveLength(1);
      const [left, id] =
        statuses[0] === 204 || statuses[0] === 202 ? [one, people[0].id] : [other, people[1].id];
      const last = await left.request('DELETE', `/people/${id}`);
      expect(last).toMatchObject({ status: 409, body: { code: 'LAST_ADMIN' } });
      const shown = await left.get('/people?state=removed');
      expect(listAt(shown.body, 'items').map((each) => at(each, 'state'))).toContain('removed');
      expect(
        listAt((await left.get('/people?state=active')).body, 'items').map((each) => at(each, 'id')),
      ).toContain(id);
      for (const each of others)
        await left.request('PATCH', `/people/${each}`, { body: { state: 'active' } });
    },
    patienceMs,
  );
});
