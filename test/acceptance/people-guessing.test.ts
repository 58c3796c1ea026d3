import { randomBytes } from 'node:crypto';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt } from '@pledgeonce/scripts/rest/json.js';
import { CaOperator } from './support/ca-operator.js';
import { CaProxy } from './support/ca-proxy.js';
import { consortium } from './support/consortium.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { signInFrom } from './support/from-address.js';

const msp = 'InsurerMSP';
/** A busy machine takes seconds for each certificate. */
const patienceMs = 240_000;
const limits = { authoritySeconds: 1, signInsPerMinute: 10_000 };
const authenticationFailed = 20;
const locked = 73;

describe('who guesses', () => {
  let gateway: ExtraGateway;
  let operator: CaOperator;
  const guess = () => randomBytes(9).toString('hex');
  const many = async (times: number, id: string) => {
    const answers = [];
    for (let turn = 0; turn < times; turn++) answers.push(await openSession(gateway, id, guess()));
    return answers.map(({ status }) => status);
  };

  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), msp, limits);
    operator = await CaOperator.open(consortium(), msp);
  }, patienceMs);
  afterAll(() => gateway.stop());

  it(
    'at the technical identities finds the door closed, and locks nothing at the authority',
    async () => {
      expect(new Set(await many(14, 'registrar'))).toEqual(new Set([401, 429]));
      // A wrong secret is still told from a lock: none of the fourteen came through.
      expect(await operator.enrolmentErrors('registrar', guess())).toEqual([authenticationFailed]);
      expect((await operator.ids()).length).toBeGreaterThan(0);
    },
    patienceMs,
  );

  it(
    'twenty times at somebody who never signed in, locks them out nowhere else',
    async () => {
      const { id, secret } = await operator.register('viewer');
      expect((await many(20, id)).filter((status) => status !== 429).length).toBeLessThanOrEqual(5);
      expect((await openSession(gateway, id, secret)).status).toBe(429);
      expect(await signInFrom('127.0.0.2', gateway.url, id, secret)).toBe(201);
    },
    patienceMs,
  );

  it(
    'many times at once is counted before the work, and takes nothing from others',
    async () => {
      const { id } = await operator.register('viewer');
      const neighbour = await operator.register('viewer');
      const guesses = Promise.all(Array.from({ length: 80 }, () => openSession(gateway, id, guess())));
      expect((await openSession(gateway, neighbour.id, neighbour.secret)).status).toBe(201);
      const statuses = (await guesses).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(75);
    },
    patienceMs,
  );

  it(
    'at many people from one address, is told to admin and auditor',
    async () => {
      const address = '127.0.0.9';
      for (let turn = 0; turn < 6; turn++) {
        expect(await signInFrom(address, gateway.url, `nobody-${turn}`, guess())).toBe(401);
      }
      for (const who of ['admin', 'auditor']) {
        const { body } = await (await gateway.person(who)).get('/people/log?alerts=true&limit=200');
        const told = listAt(body, 'items').filter((entry) => at(entry, 'address') === address);
        expect(told.map((entry) => at(entry, 'kind'))).toEqual(['guessing']);
      }
      const officer = await gateway.person('officer');
      expect((await officer.get('/people/log?alerts=true')).status).toBe(403);
    },
    patienceMs,
  );

  it(
    'at the door of the authority locks nobody out who has signed in, and is no way to guess at the wallet',
    async () => {
      const { id, secret } = await operator.register('viewer');
      expect((await openSession(gateway, id, secret)).status).toBe(201);
      await operator.guess(id);
      expect(await operator.enrolmentErrors(id, secret)).toEqual([locked]);
      const statuses = await many(8, id);
      expect(statuses).not.toContain(503);
      expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
      expect(new Set(statuses.slice(5))).toEqual(new Set([429]));
      expect(await signInFrom('127.0.0.3', gateway.url, id, secret)).toBe(201);
      const admin = await gateway.person('admin');
      const { body } = await admin.get(`/people/log?alerts=true&person=${id}`);
      expect(listAt(body, 'items').map((entry) => at(entry, 'kind'))).toContain('sign-in-paused');
    },
    patienceMs,
  );

  it(
    'and was locked before the first sign-in, is invited anew by one call',
    async () => {
      const { id, secret } = await operator.register('viewer');
      await operator.guess(id);
      const admin = await gateway.person('admin');
      await eventually(async () =>
        listAt((await admin.get('/people')).body, 'items').some((one) => at(one, 'id') === id),
      );
      expect((await openSession(gateway, id, secret)).status).toBe(401);
      const shown = listAt((await admin.get('/people?state=locked')).body, 'items');
      expect(shown.map((one) => at(one, 'id'))).toContain(id);
      const { body } = await admin.post(`/people/${id}/invitation`, {});
      const own = `Mine alone: ${guess()}`;
      const acceptance = { enrolmentId: id, code: at(body, 'invitation.code'), secret: own };
      expect((await new Client(gateway.url, '').post('/invitations/acceptance', acceptance)).status).toBe(
        204,
      );
      expect((await openSession(gateway, id, own)).status).toBe(201);
    },
    patienceMs,
  );
});

describe('a gateway that has no certificate of its own', () => {
  it(
    'starts, says what is missing, and serves when the authority is there',
    async () => {
      const proxy = await CaProxy.start(consortium(), msp);
      proxy.cut();
      const gateway = await ExtraGateway.start(consortium(), msp, limits, {}, {}, proxy.connection);
      try {
        expect((await fetch(`${gateway.url}/livez`)).status).toBe(200);
        const ready = await fetch(`${gateway.url}/readyz`);
        expect(ready.status).toBe(503);
        const said = JSON.stringify(await ready.json());
        expect(said).toContain('certificate of its identity');
        expect(said).not.toMatch(/reset/i);
        proxy.restore();
        await eventually(async () => (await fetch(`${gateway.url}/readyz`)).status === 200);
        expect((await gateway.person('viewer')).token).not.toBe('');
      } finally {
        await gateway.stop();
        proxy.stop();
      }
    },
    patienceMs,
  );
});
