import { randomBytes } from 'node:crypto';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { runToEnd } from '@pledgeonce/scripts/stack/run-to-end.js';
import { CaOperator } from './support/ca-operator.js';
import { consortium } from './support/consortium.js';
import { eventually } from './support/eventually.js';
import { ExtraGateway, gatewayMain } from './support/extra-gateway.js';

const msp = 'CarrierMSP';
/** A busy machine takes seconds for each certificate. */
const patienceMs = 240_000;
const limits = { authoritySeconds: 1, signInsPerMinute: 10_000 };
const locked = 73;

/** Whoever reaches the certificate authority's own door can do this, and no gateway can prevent it. */
describe('a registrar who was locked at the certificate authority', () => {
  let gateway: ExtraGateway;
  let operator: CaOperator;
  const unlock = () =>
    runToEnd('The command', gatewayMain, ['unlock-registrar', '--config', gateway.config, '--msp', msp]);
  const lock = async () => {
    await operator.guess('registrar');
    expect(await operator.enrolmentErrors('registrar', operator.registrarSecret)).toEqual([locked]);
  };
  /** From an invitation to the first sign-in: everything that the registrar is needed for. */
  const admit = async () => {
    const admin = await gateway.person('admin');
    const id = `viewer.${randomBytes(5).toString('hex')}`;
    const { status, body } = await admin.post('/people', { id, role: 'viewer' });
    expect(status).toBe(201);
    const secret = `Mine alone: ${randomBytes(9).toString('hex')}`;
    const acceptance = { enrolmentId: id, code: textAt(body, 'invitation.code'), secret };
    expect((await new Client(gateway.url, '').post('/invitations/acceptance', acceptance)).status).toBe(204);
    expect((await openSession(gateway, id, secret)).status).toBe(201);
    expect((await admin.request('DELETE', `/people/${id}`)).status).toBe(204);
  };

  beforeAll(async () => {
    gateway = await ExtraGateway.start(consortium(), msp, limits);
    operator = await CaOperator.open(consortium(), msp);
  }, patienceMs);
  afterAll(async () => {
    await unlock().finally(() => gateway.stop());
  }, patienceMs);

  it(
    'goes on with their certificate, also after a restart, and is unlocked by one command',
    async () => {
      await lock();
      await admit();
      await gateway.killAndRestart();
      await admit();
      expect(await unlock()).toContain('may use its secret again');
      expect(await operator.enrolmentErrors('registrar', operator.registrarSecret)).toEqual([]);
    },
    patienceMs,
  );

  it(
    'stops no gateway that starts without any certificate: it says what is missing, and goes on when it helps',
    async () => {
      await lock();
      const other = await ExtraGateway.start(consortium(), msp, limits);
      try {
        expect((await fetch(`${other.url}/livez`)).status).toBe(200);
        expect((await fetch(`${other.url}/openapi.json`)).status).toBe(200);
        const ready = await fetch(`${other.url}/readyz`);
        const said = (await ready.json()) as { readonly reasons: readonly string[] };
        expect(ready.status).toBe(503);
        expect(said.reasons.join(' ')).toContain('certificate of its identity "registrar"');
        expect(JSON.stringify(said)).not.toMatch(/reset|wipe|remove/i);
        const nobody = await openSession(other, 'viewer', 'whoever');
        // Nobody has told it yet who there is: that is no word about the secret.
        expect(nobody).toMatchObject({ status: 503, body: { code: 'CA_UNAVAILABLE' } });
        await unlock();
        await eventually(async () => (await fetch(`${other.url}/readyz`)).status === 200);
        const admin = await other.person('admin');
        const { body } = await admin.get('/people');
        expect(listAt(body, 'items').map((one) => at(one, 'id'))).toContain('viewer');
      } finally {
        await other.stop();
      }
    },
    patienceMs,
  );

  it(
    'is not unlocked by whoever holds no certificate of theirs, who is told what helps',
    async () => {
      const other = await ExtraGateway.start(consortium(), msp, limits);
      try {
        other.forgetServices();
        await expect(
          runToEnd('The command', gatewayMain, ['unlock-registrar', '--config', other.config, '--msp', msp]),
        ).rejects.toThrow(/no valid certificate of the registrar. Whoever runs the certificate authority/);
      } finally {
        await other.stop();
      }
    },
    patienceMs,
  );
});
