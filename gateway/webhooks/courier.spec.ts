import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { addToFeed, FeedTable } from '../projection/feed-table.js';
import { openDatabase } from '../projection/open-database.js';
import type { DurableStore } from '../storage/durable-store.js';
import { LevelStore } from '../storage/level-store.js';
import { AllowedAddresses } from './allowed-addresses.js';
import { Courier, mostDead, mostWaiting } from './courier.js';
import { SigningKeys } from './signing-key.js';
import { isSignedWith, Receiver } from './testing/receiver.js';
import { WebhookStore } from './webhook-store.js';
import type { Webhook } from './webhook.js';

const masterKey = Buffer.alloc(32, 7);
const minute = 60_000;
const hour = 60 * minute;
const begun = Date.parse('2026-11-29T08:00:00Z');
const id = '0d7e5a3c-6b1f-4f0e-9a59-1f6f3c6f2b11';

describe('a webhook', () => {
  let folder: string;
  let store: DurableStore;
  let webhooks: WebhookStore;
  let courier: Courier;
  let receiver: Receiver;
  let now: number;
  let outcomes: string[];
  let height: number;
  const database = openDatabase(':memory:');
  const feed = new FeedTable(database);
  const keys = new SigningKeys(masterKey);

  /** Something happens: a block with so many entries. */
  const happen = (count: number, kind: 'alert' | 'change' = 'change', enterprise?: string) => {
    height += 1;
    const content = kind === 'alert' ? { alert: 'overdrawn' } : { kind: 'claim', id: 'a'.repeat(64) };
    return Array.from({ length: count }, (_, part) => {
      const time = new Date(now).toISOString();
      return addToFeed(database, { block: height, position: 0, part }, { kind, time, content, enterprise })
        .id;
    });
  };
  const newCourier = (networks: readonly string[] = ['127.0.0.0/8']) =>
    new Courier(
      {
        webhooks,
        feed,
        allowed: new AllowedAddresses(networks),
        keys,
        log: pino({ level: 'silent' }),
        sent: (outcome) => outcomes.push(outcome),
      },
      () => now,
    );
  const register = async (changes: Partial<Webhook> = {}): Promise<Webhook> => {
    const webhook: Webhook = {
      id,
      url: `${receiver.url}/hook`,
      kinds: ['alert', 'change'],
      after: feed.latest(),
      ...(await keys.make(changes.id ?? id)),
      createdBy: 'ida',
      createdAt: new Date(now).toISOString(),
      ...changes,
    };
    await webhooks.put(webhook);
    return webhook;
  };
  const round = async (later = 0) => {
    now += later;
    await courier.setOut();
    await courier.back();
  };
  const nextAttemptAt = () => Date.parse(webhooks.deliveriesOf(id)[0]?.nextAt ?? '');
  const dead = () => webhooks.deliveriesOf(id).filter(({ nextAt }) => nextAt === undefined);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pledgeonce-webhooks-'));
    store = await LevelStore.open(folder);
    webhooks = await WebhookStore.open(store);
    receiver = await Receiver.open();
    [now, outcomes] = [begun, []];
    height = Number(feed.latest().split('-')[0]);
    courier = newCourier();
  });

  afterEach(async () => {
    await courier.stop();
    await receiver.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('is told of what happens from then on, in its order, signed, and of nothing that is in it', async () => {
    happen(1);
    const { publicKey } = await register();
    const events = [...happen(2), ...happen(1, 'alert')];
    await round();
    expect(receiver.events).toEqual(events);
    expect(receiver.received.map((message) => isSignedWith(publicKey, message))).toEqual([true, true, true]);
    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'claim.changed', timestamp: '2026-11-29T08:00:00.000Z' },
      { type: 'claim.changed' },
      { type: 'alert.overdrawn' },
    ]);
    expect(receiver.received[0]?.body).not.toContain('a'.repeat(64));
    const [first] = receiver.received;
    expect(first && isSignedWith(publicKey, { ...first, body: first.body.replace('claim', 'blame') })).toBe(
      false,
    );
    expect(Number(first?.headers['webhook-timestamp'])).toBe(begun / 1_000);
    expect(webhooks.deliveriesOf(id)).toEqual([]);
    await round();
    expect(receiver.received).toHaveLength(3);
  });

  it('is told only of the kinds and the enterprise that were asked for', async () => {
    await register({ kinds: ['alert'], enterprise: 'one' });
    happen(2, 'change', 'one');
    const [own] = happen(1, 'alert', 'one');
    happen(1, 'alert', 'other');
    await round();
    expect(receiver.events).toEqual([own]);
    // Who is told of one enterprise only knows which.
    expect(receiver.received[0]?.body).not.toContain('enterprise');
  });

  it('is told at the portal whose each event is, where it is told of everybody', async () => {
    await register();
    happen(1, 'change', 'one');
    happen(1, 'alert', 'other');
    receiver.answer = () => 500;
    await round();
    expect(webhooks.deliveriesOf(id).map(({ enterprise }) => enterprise)).toEqual(['one', 'other']);
    receiver.answer = () => 204;
    receiver.received.length = 0;
    await round(5 * minute);
    const told = receiver.received.map(({ body }) => JSON.parse(body) as unknown);
    expect(told).toMatchObject([{ data: { enterprise: 'one' } }, { data: { enterprise: 'other' } }]);
  });

  it('is sent again what it did not take, later and later, for three days; then it is a dead letter', async () => {
    await register();
    receiver.answer = () => 500;
    const [event = ''] = happen(1);
    await round();
    expect(webhooks.deliveriesOf(id)).toMatchObject([{ event, attempts: 1, lastAnswer: 'HTTP 500' }]);
    await round(4_000);
    expect(receiver.received).toHaveLength(1);
    await round(2_000);
    expect(receiver.received).toHaveLength(2);
    for (let hours = 0; hours < 24 * 4; hours++) await round(hour);
    expect(receiver.received).toHaveLength(10);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(dead()).toMatchObject([{ event, attempts: 10 }]);
    expect(webhooks.find(id)).toMatchObject({ paused: 'failing', failingSince: '2026-11-29T08:00:00.000Z' });
    expect(outcomes).toEqual([...Array.from({ length: 9 }, () => 'refused'), 'dead']);
    // It is left alone; what happens meanwhile stays in the feed.
    const later = happen(3);
    await round(hour);
    expect(receiver.received).toHaveLength(10);
    receiver.answer = () => 200;
    await webhooks.change(id, { paused: undefined, failingSince: undefined });
    await round();
    expect(receiver.events.slice(10)).toEqual(later);
    expect(dead()).toHaveLength(1);
  });

  it('gets everything that it missed as soon as it takes something again', async () => {
    await register();
    receiver.answer = () => 'nothing';
    const missed = [...happen(3), ...happen(2)];
    await round();
    await round(6_000);
    expect(webhooks.find(id)?.failingSince).toBeDefined();
    receiver.answer = () => 200;
    receiver.received.length = 0;
    // The missed ones would wait for another five minutes.
    const [news] = (now += 2 * minute) > 0 ? happen(1) : [];
    await round();
    expect(receiver.events[0]).toBe(news);
    expect(receiver.events.slice(1)).toEqual(missed);
    expect(webhooks.find(id)?.failingSince).toBeUndefined();
    expect(webhooks.deliveriesOf(id)).toEqual([]);
  });

  it('goes back when it is asked to while what is new is being taken up', async () => {
    await register();
    const events = happen(3);
    await round();
    expect(receiver.events).toEqual(events);
    happen(2);
    const under = courier.setOut();
    // The courier has read what comes next, and not yet kept how far it is.
    await webhooks.change(id, { after: events[0] });
    await under;
    await courier.back();
    await round();
    expect(receiver.events.slice(3)).toEqual(expect.arrayContaining(events.slice(1)));
  });

  it('is not held up by one message that it cannot take', async () => {
    await register();
    const events = happen(5);
    receiver.answer = ({ body }) => (body.includes(`"${events[2] ?? ''}"`) ? 422 : 200);
    await round();
    expect(receiver.events).toEqual(events);
    expect(webhooks.deliveriesOf(id)).toMatchObject([{ event: events[2], lastAnswer: 'HTTP 422' }]);
  });

  it('is left alone once it says that it is gone, and keeps its place', async () => {
    await register();
    receiver.answer = () => 410;
    const [event] = happen(1);
    await round();
    expect(webhooks.find(id)).toMatchObject({ paused: 'gone' });
    await round(hour);
    expect(receiver.received).toHaveLength(1);
    expect(webhooks.deliveriesOf(id)).toMatchObject([{ event }]);
  });

  it('does not follow a redirect', async () => {
    await register();
    receiver.answer = () => 307;
    happen(1);
    await round();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
    expect(webhooks.deliveriesOf(id)).toMatchObject([{ lastAnswer: 'HTTP 307' }]);
  });

  it('is not called where the network is not allowed, though a name leads there', async () => {
    await courier.stop();
    courier = newCourier([]);
    const { port } = new URL(receiver.url);
    await register({ url: `https://localhost:${port}/hook` });
    happen(1);
    await round();
    expect(receiver.received).toEqual([]);
    expect(webhooks.deliveriesOf(id)).toMatchObject([
      { lastAnswer: 'The webhook’s address is not a public address.' },
    ]);
  });

  it('loses nothing when the gateway stops in the middle, and nothing waits in memory for one that is away', async () => {
    await register();
    receiver.answer = () => 503;
    const events = [...happen(150), ...happen(150)];
    await round();
    expect(webhooks.deliveriesOf(id)).toHaveLength(mostWaiting);
    await courier.stop();
    await store.close();
    store = await LevelStore.open(folder);
    webhooks = await WebhookStore.open(store);
    courier = newCourier();
    receiver.answer = () => 200;
    receiver.received.length = 0;
    await round(10_000);
    expect(new Set(receiver.events)).toEqual(new Set(events));
    expect(receiver.received).toHaveLength(events.length);
    expect(webhooks.deliveriesOf(id)).toEqual([]);
  });

  it('that does not answer holds up no other', async () => {
    const other = await Receiver.open();
    try {
      await register();
      await register({ id: '0d7e5a3c-6b1f-4f0e-9a59-1f6f3c6f2b12', url: other.url });
      let release: () => void = () => undefined;
      receiver.answer = () => 200;
      const events = happen(1);
      const slow = new Promise<void>((resolve) => {
        release = resolve;
      });
      const stuck = await Receiver.open();
      stuck.answer = () => {
        release();
        return 'nothing';
      };
      await webhooks.change(id, { url: stuck.url });
      await round();
      await slow;
      expect(other.events).toEqual(events);
      await stuck.close();
    } finally {
      await other.close();
    }
  });

  it('keeps a bounded number of dead letters', async () => {
    await register({ after: `${height + 2}-0-0` });
    const time = new Date(now).toISOString();
    for (let part = 0; part < mostDead; part++) {
      await webhooks.putDelivery({
        webhook: id,
        event: `${height + 1}-0-${part}`,
        type: 'claim.changed',
        time,
        attempts: 10,
      });
    }
    await webhooks.putDelivery({
      webhook: id,
      event: `${height + 2}-0-0`,
      type: 'claim.changed',
      time,
      attempts: 9,
      nextAt: time,
    });
    receiver.answer = () => 500;
    await round();
    expect(dead()).toHaveLength(mostDead);
    expect(dead().at(0)?.event).toBe(`${height + 1}-0-1`);
    expect(dead().at(-1)?.event).toBe(`${height + 2}-0-0`);
  });

  it('that is removed is sent nothing more, and leaves nothing behind', async () => {
    await register();
    receiver.answer = () => 500;
    happen(2);
    await round();
    await webhooks.remove(id);
    await round(minute);
    expect(receiver.received).toHaveLength(2);
    expect([webhooks.all, webhooks.deliveriesOf(id)]).toEqual([[], []]);
    const again = await WebhookStore.open(store);
    expect([again.all, again.deliveriesOf(id)]).toEqual([[], []]);
  });

  it.each([
    ['120', 2 * minute],
    ['Sun, 29 Nov 2099 10:00:00 GMT', 24 * hour],
    ['999999999', 24 * hour],
    ['soon', 5_000],
    ['-1', 5_000],
  ])('leaves a receiver alone that asks for it by Retry-After: %s', async (retryAfter, leastMs) => {
    await register();
    receiver.answer = () => 503;
    receiver.answerHeaders = { 'Retry-After': retryAfter };
    happen(1);
    await round();
    expect(nextAttemptAt()).toBeGreaterThanOrEqual(now + leastMs);
    expect(nextAttemptAt()).toBeLessThanOrEqual(now + Math.max(leastMs, 6_000));
    receiver.answer = () => 204;
    await round(leastMs + 6_000);
    expect(webhooks.deliveriesOf(id)).toEqual([]);
  });

  it('is signed with both keys for as long as they change, and then with the new one alone', async () => {
    const { publicKey: old, sealedKey } = await register();
    const key = await keys.make(id);
    const until = new Date(now + 24 * hour).toISOString();
    await webhooks.change(id, { ...key, formerKey: { sealedKey, publicKey: old, until } });
    happen(1);
    await round();
    happen(1);
    await round(25 * hour);
    const known = [key.publicKey, old].map((one) =>
      receiver.received.map((message) => isSignedWith(one, message)),
    );
    expect(known).toEqual([
      [true, true],
      [true, false],
    ]);
  });
});
