import { pino } from 'pino';
import { addToFeed, FeedTable } from '../../projection/feed-table.js';
import { openDatabase } from '../../projection/open-database.js';
import { AllowedAddresses } from '../../webhooks/allowed-addresses.js';
import { Courier, mostWaiting } from '../../webhooks/courier.js';
import { SigningKeys } from '../../webhooks/signing-key.js';
import { Receiver } from '../../webhooks/testing/receiver.js';
import { WebhookStore } from '../../webhooks/webhook-store.js';
import { onDisk } from './house-tasks.js';

const id = '0d7e5a3c-6b1f-4f0e-9a59-1f6f3c6f2b11';
const time = '2026-11-29T08:00:00.000Z';
const content = { kind: 'claim', id: 'a'.repeat(64) };

/** Receivers are told what happened; one message is not taken, and one is to be sent again much later. */
export const webhookTask = onDisk(
  'the receivers of webhooks are told',
  'webhooks not attended to',
  async (store, count, failing) => {
    const database = openDatabase(':memory:');
    const webhooks = await WebhookStore.open(store);
    const receiver = await Receiver.open();
    const keys = new SigningKeys(Buffer.alloc(32, 7));
    const courier = new Courier({
      webhooks,
      feed: new FeedTable(database),
      allowed: new AllowedAddresses(['127.0.0.0/8']),
      keys,
      log: pino({ level: 'silent' }),
      sent: () => undefined,
    });
    try {
      await webhooks.put({
        id,
        url: receiver.url,
        kinds: ['change'],
        after: '0-0-0',
        ...(await keys.make(id)),
        createdBy: 'ida',
        createdAt: time,
      });
      for (let block = 1; block <= count; block++) {
        addToFeed(database, { block, position: 0, part: 0 }, { kind: 'change', time, content });
      }
      const nextAt = new Date(Date.now() + 3_600_000).toISOString();
      const later = { webhook: id, event: '0-0-1', type: 'claim.changed', time, attempts: 3, nextAt };
      await webhooks.putDelivery(later);
      receiver.answer = ({ body }) => (body.includes(`"${failing + 1}-0-0"`) ? 500 : 200);
      await courier.setOut();
      await courier.back();
      const open = new Set(webhooks.deliveriesOf(id).map(({ event }) => event));
      const places = receiver.events
        .filter((event) => !open.has(event))
        .map((event) => parseInt(event, 10) - 1);
      return { done: places, notDue: open.has('0-0-1') ? 0 : 1 };
    } finally {
      await courier.stop();
      await receiver.close();
    }
  },
  mostWaiting,
);
