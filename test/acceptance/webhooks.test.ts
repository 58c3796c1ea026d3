import { isSignedWith, Receiver } from '@pledgeonce/gateway/webhooks/testing/receiver.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { poll } from '@pledgeonce/scripts/rest/poll.js';
import { BlockReader } from './support/block-reader.js';
import { bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { claim, declaration, record, reference, usd } from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { expectRefused } from './support/nothing-written.js';

/** What a bank's systems learn of an event, and how soon. */
const patienceMs = 20_000;

/** @throws Error when there is no answer in time. */
async function soon<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const answer = await poll(ask, patienceMs);
  if (answer === undefined) throw new Error('nothing came in time');
  return answer;
}

describe('webhooks', () => {
  let a: BankPeople;
  let admin: Client;
  let receiver: Receiver;
  let reader: BlockReader;
  const made: string[] = [];

  beforeAll(async () => {
    a = await bank('A');
    admin = await person('BankAMSP', 'admin');
    reader = await BlockReader.open(consortium());
  });
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await admin.request('DELETE', `/webhooks/${id}`);
    await receiver.close();
  });
  afterAll(() => {
    reader.close();
  });

  async function hook(body: object = {}, by = admin): Promise<{ id: string; publicKey: string }> {
    const answer = await by.post('/webhooks', { url: `${receiver.url}/pledges`, ...body });
    // What an earlier test has done may still be on its way: how much waits says nothing.
    expect(answer).toMatchObject({ status: 201, body: { state: 'active', dead: 0 } });
    const id = textAt(answer.body, 'id');
    if (by === admin) made.push(id);
    return { id, publicKey: textAt(answer.body, 'publicKey') };
  }

  async function reserve(): Promise<string> {
    const fact = declaration();
    await record(await customsOfficer(), fact);
    const answer = await a.officer.post('/claims', claim(reference(fact), usd('10.00')));
    expect(answer.status).toBe(201);
    return textAt(answer.body, 'id');
  }

  /** Reads the events that came over the API, and finds the one about a claim. */
  const toldOf = (reading: Client, claimId: string) =>
    soon(async () => {
      for (const event of new Set(receiver.events)) {
        const { status, body } = await reading.get(`/events/${event}`);
        expect(status).toBe(200);
        if (at(body, 'content.id') === claimId) return event;
      }
      return undefined;
    });

  it('tell a bank’s own systems that something happened, signed; what, they read with their rights', async () => {
    const { id, publicKey } = await hook({ kinds: ['change'] });
    const claimId = await reserve();
    const event = await toldOf(a.officer, claimId);
    const message = receiver.received.find(({ body }) => body.includes(event));
    expect(message && isSignedWith(publicKey, message)).toBe(true);
    expect(message?.headers['webhook-id']).toBe(`msg_${id}_${event}`);
    expect(message?.body).not.toContain(claimId);
    // Nobody else reads it, and not every role.
    const b = await bank('B');
    expect((await b.officer.get(`/events/${event}`)).status).toBe(404);
    expect((await admin.get(`/events/${event}`)).status).toBe(403);
    const auditor = await person('BankAMSP', 'auditor');
    expect((await auditor.get(`/webhooks/${id}`)).body).toMatchObject({
      state: 'active',
      waiting: 0,
      dead: 0,
    });
    // Another key: for a while the receiver takes either.
    const rotated = await admin.post(`/webhooks/${id}/key-rotation`, {});
    expect(rotated).toMatchObject({ status: 200, body: { formerKey: { publicKey } } });
    const later = await toldOf(a.officer, await reserve());
    const signedTwice = receiver.received.find(({ body }) => body.includes(later));
    for (const key of [textAt(rotated.body, 'publicKey'), publicKey]) {
      expect(signedTwice && isSignedWith(key, signedTwice)).toBe(true);
    }
  });

  it('wait for a receiver that is away, also while the gateway is killed, and then nothing is missing', async () => {
    const extra = await ExtraGateway.start(
      consortium(),
      'BankAMSP',
      {},
      {},
      { webhookNetworks: ['127.0.0.0/8'] },
    );
    try {
      let there = await extra.person('admin');
      const { id, publicKey } = await hook({}, there);
      receiver.answer = () => 503;
      const claims = [await reserve(), await reserve()];
      const waiting = await soon(async () => {
        const { body } = await there.get(`/webhooks/${id}/deliveries?state=waiting`);
        const items = listAt(body, 'items');
        return items.length >= 2 && items.every((one) => one['attempts'] !== 0) ? items : undefined;
      });
      expect(waiting.at(0)).toMatchObject({ lastAnswer: 'HTTP 503', type: 'claim.changed' });
      const fares = (await there.get(`/webhooks/${id}`)).body;
      expect(at(fares, 'dead')).toBe(0);
      expect(textAt(fares, 'failingSince')).toMatch(/Z$/);

      await extra.killAndRestart();
      claims.push(await reserve());
      receiver.received.length = 0;
      receiver.answer = () => 200;
      there = await extra.person('admin');
      expect((await there.post(`/webhooks/${id}/replays`, {})).status).toBe(200);
      const [, second = '', third = ''] = claims;
      const first = await toldOf(a.officer, claims[0] ?? '');
      for (const claimId of [second, third]) await toldOf(a.officer, claimId);
      expect(receiver.received.every((message) => isSignedWith(publicKey, message))).toBe(true);
      await soon(async () => {
        const { body } = await there.get(`/webhooks/${id}`);
        return at(body, 'waiting') === 0 ? true : undefined;
      });
      // Everything again from a place on, as for a receiver that has lost its data.
      receiver.received.length = 0;
      await there.post(`/webhooks/${id}/replays`, { after: first });
      await toldOf(a.officer, third);
    } finally {
      await extra.stop();
    }
  });

  it('end when the receiver says so, and go on where they were', async () => {
    const { id } = await hook();
    receiver.answer = () => 410;
    const claimId = await reserve();
    await soon(async () => {
      const { body } = await admin.get(`/webhooks/${id}`);
      return at(body, 'state') === 'gone' ? true : undefined;
    });
    receiver.answer = () => 204;
    receiver.received.length = 0;
    expect(
      (await admin.request('PATCH', `/webhooks/${id}`, { body: { state: 'active' } })).body,
    ).toMatchObject({
      state: 'active',
    });
    await admin.post(`/webhooks/${id}/replays`, {});
    await toldOf(a.officer, claimId);
  });

  it('are refused with the reason, and nothing is written', async () => {
    const post = (body: object) => () => admin.post('/webhooks', body);
    const addresses = [
      'https://10.0.0.1/',
      'https://169.254.169.254/latest/meta-data',
      'https://ida:secret@hooks.example.com/',
    ];
    const before = (await admin.get('/webhooks')).body;
    for (const url of addresses) {
      await expectRefused(reader, post({ url }), { status: 422, code: 'WEBHOOK_ADDRESS', field: 'url' });
    }
    await expectRefused(reader, post({ url: 'no address' }), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'url',
    });
    await expectRefused(reader, post({ url: receiver.url, kinds: [] }), {
      status: 400,
      code: 'INPUT_INVALID',
      field: 'kinds',
    });
    await expectRefused(reader, () => a.officer.post('/webhooks', { url: receiver.url }), {
      status: 403,
      code: 'PERMISSION_DENIED',
    });
    const unknown = '/webhooks/0d7e5a3c-6b1f-4f0e-9a59-1f6f3c6f2b11';
    for (const path of [unknown, `${unknown}/deliveries`]) {
      expect(await admin.get(path)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } });
    }
    expect((await admin.get('/webhooks')).body).toEqual(before);
    const { id } = await hook();
    await expectRefused(
      reader,
      () => admin.request('PATCH', `/webhooks/${id}`, { body: { url: 'https://[::ffff:10.0.0.1]/' } }),
      { status: 422, code: 'WEBHOOK_ADDRESS', field: 'url' },
    );
  });

  it('are twenty at most', async () => {
    const { body } = await admin.get('/webhooks');
    for (let count = listAt(body, 'items').length; count < 20; count++) await hook();
    await expectRefused(reader, () => admin.post('/webhooks', { url: receiver.url }), {
      status: 409,
      code: 'TOO_MANY_WEBHOOKS',
    });
  });
});
