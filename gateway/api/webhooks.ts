import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { accountShape, debtorPartySchema, shownAccount } from './accounts.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Caller, Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { compareEntries } from '../projection/feed-entry.js';
import { AddressNotAllowedError } from '../webhooks/allowed-addresses.js';
import { deliverySchema, pauseReasons, webhookKinds, type Webhook } from '../webhooks/webhook.js';
import { Problem } from './problem.js';
import { wholeNumber } from './shared-schemas.js';
import { enterpriseOf, isOwn, wantedEnterprise } from './webhook-owners.js';

/** Webhooks of one organisation; at the portal, of each enterprise and of the portal itself. */
const mostWebhooks = 20;
/** For how long the former key signs beside the present one. */
const changeOverMs = 24 * 3_600_000;

const managers = { roles: ['admin'] } as const;
const readers = { roles: ['admin', 'auditor'] } as const;

const params = z.object({ id: z.uuid().max(36) });
const url = z.url().max(500);
const kinds = z
  .array(z.enum(webhookKinds))
  .min(1)
  .max(webhookKinds.length)
  .refine((some) => new Set(some).size === some.length, 'Each kind can be named once.');
/** The id of an entry of the feed. */
const place = z.string().regex(/^\d{1,15}-\d{1,9}-\d{1,9}$/, 'The id of an event has three numbers.');

const webhookView = z.strictObject({
  id: z.string(),
  url: z.string(),
  kinds,
  /** At the portal: of whose records it is told; absent where it is told of everybody's. */
  ...accountShape,
  /** Whether anything is sent now; if not, why. */
  state: z.enum(['active', ...pauseReasons]),
  /** With which the receiver verifies what it is sent. */
  publicKey: z.string(),
  /** The key before it, and until when it signs beside it. */
  formerKey: z.strictObject({ publicKey: z.string(), until: z.iso.datetime() }).optional(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** The event up to which everything has been put before the receiver. */
  after: place,
  waiting: z.number().int(),
  /** Sent again and again for three days and not taken. */
  dead: z.number().int(),
  lastTakenAt: z.iso.datetime().optional(),
  failingSince: z.iso.datetime().optional(),
});

const deliveryView = deliverySchema.omit({ webhook: true });

/** Addresses of the organisation's own systems that are told of alerts and changes, after Standard Webhooks 1.0. */
export function webhookEndpoints(context: ApiContext): Endpoint[] {
  return [
    postWebhook,
    listWebhooks,
    getWebhook,
    patchWebhook,
    deleteWebhook,
    listDeliveries,
    replayDeliveries,
    rotateKey,
  ].map((make) => make(context));
}

function postWebhook(context: ApiContext): Endpoint {
  const { webhooks, signingKeys, projection, organisation } = context;
  return endpoint({
    method: 'post',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'Have an address of the organisation’s own told of what happens from now on, signed',
    access: managers,
    writes: true,
    body: z.strictObject({
      url,
      kinds: kinds.default([...webhookKinds]),
      /** From which event on, where not from now on. */
      after: place.optional(),
      ...(organisation.kind === 'enterprise' && {
        uscc: z
          .string()
          .max(18)
          .optional()
          .describe('The enterprise that it is told of; without it, of everybody at the portal'),
        party: debtorPartySchema.optional().describe('In place of uscc: a debtor abroad, by a registered id'),
      }),
    }),
    answers: {
      201: { description: 'The webhook, with the key that verifies its messages', schema: webhookView },
    },
    handle: async ({ body, caller }) => {
      const enterprise = wantedEnterprise(body, caller);
      assertAllowed(context, body.url);
      const id = randomUUID();
      const key = await signingKeys.make(id);
      // Directly before it is kept: several may ask at once.
      if (webhooks.all.filter((one) => one.enterprise === enterprise).length >= mostWebhooks)
        throw new Problem('TOO_MANY_WEBHOOKS');
      const webhook: Webhook = {
        id,
        url: body.url,
        kinds: body.kinds,
        ...(enterprise === undefined ? {} : { enterprise }),
        after: body.after ?? projection.feed.latest(),
        ...key,
        createdBy: caller.session.person.id,
        createdAt: new Date().toISOString(),
      };
      await webhooks.put(webhook);
      return { status: 201, body: viewOf(context, webhook) };
    },
  });
}

function listWebhooks(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/webhooks',
    tag: 'webhooks',
    summary: 'The organisation’s webhooks, and how each fares',
    access: readers,
    answers: {
      200: {
        description: 'In the order in which they were made',
        schema: z.strictObject({ items: z.array(webhookView) }),
      },
    },
    handle: ({ caller }) => {
      const enterprise = enterpriseOf(caller);
      const own = context.webhooks.all.filter((one) => isOwn(one, enterprise));
      return Promise.resolve({ status: 200, body: { items: own.map((one) => viewOf(context, one)) } });
    },
  });
}

function getWebhook(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/webhooks/{id}',
    tag: 'webhooks',
    summary: 'One webhook, and how it fares',
    access: readers,
    params,
    answers: { 200: { description: 'The webhook', schema: webhookView } },
    handle: ({ params: { id }, caller }) =>
      Promise.resolve({ status: 200, body: viewOf(context, find(context, id, caller)) }),
  });
}

function patchWebhook(context: ApiContext): Endpoint {
  return endpoint({
    method: 'patch',
    path: '/webhooks/{id}',
    tag: 'webhooks',
    summary: 'Change a webhook’s address or what it is told, pause it, or let it go on where it was',
    access: managers,
    writes: true,
    params,
    body: z.strictObject({ url, kinds, state: z.enum(['active', 'by-hand']) }).partial(),
    answers: { 200: { description: 'The webhook', schema: webhookView } },
    handle: async ({ params: { id }, body: { state, ...changes }, caller }) => {
      find(context, id, caller);
      if (changes.url !== undefined) assertAllowed(context, changes.url);
      await context.webhooks.change(id, {
        ...changes,
        ...(state === 'by-hand' && { paused: state }),
        ...(state === 'active' && { paused: undefined, failingSince: undefined }),
      });
      return { status: 200, body: viewOf(context, find(context, id, caller)) };
    },
  });
}

function deleteWebhook(context: ApiContext): Endpoint {
  return endpoint({
    method: 'delete',
    path: '/webhooks/{id}',
    tag: 'webhooks',
    summary: 'Remove a webhook, with what its receiver has not taken',
    access: managers,
    writes: true,
    params,
    answers: { 204: { description: 'Removed' } },
    handle: async ({ params: { id }, caller }) => {
      find(context, id, caller);
      await context.webhooks.remove(id);
      return { status: 204, body: undefined };
    },
  });
}

function listDeliveries(context: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    tag: 'webhooks',
    summary: 'What the receiver has not taken: what is sent again, and dead letters',
    access: readers,
    params,
    query: z.strictObject({
      state: z.enum(['waiting', 'dead']).optional(),
      /** The event with which the page before ended. */
      cursor: place.optional(),
      limit: wholeNumber(1, 200).default(50),
    }),
    answers: {
      200: {
        description: 'In the order of the ledger',
        schema: z.strictObject({ items: z.array(deliveryView), next: place.optional() }),
      },
    },
    csv: listTable('deliveries', deliveryView),
    handle: ({ params: { id }, query: { state, cursor, limit }, caller }) => {
      find(context, id, caller);
      const all = context.webhooks
        .deliveriesOf(id)
        .filter(({ nextAt }) => state === undefined || (state === 'dead') === (nextAt === undefined));
      const behind = all.filter(({ event }) => cursor === undefined || compareEntries(event, cursor) > 0);
      const page = behind.slice(0, limit);
      const last = page.at(-1);
      const body = {
        items: page.map(({ webhook: _webhook, ...delivery }) => delivery),
        ...(last !== undefined && behind.length > limit ? { next: last.event } : {}),
      };
      return Promise.resolve({ status: 200, body });
    },
  });
}

function replayDeliveries(context: ApiContext): Endpoint {
  const { webhooks } = context;
  return endpoint({
    method: 'post',
    path: '/webhooks/{id}/replays',
    tag: 'webhooks',
    summary: 'Send now what was not taken, dead letters too; or everything again after an event',
    access: managers,
    writes: true,
    params,
    body: z.strictObject({
      /** Everything after this event is sent again, also what was taken. */
      after: place.optional(),
    }),
    answers: { 200: { description: 'The webhook', schema: webhookView } },
    handle: async ({ params: { id }, body: { after }, caller }) => {
      find(context, id, caller);
      const nextAt = new Date().toISOString();
      for (const delivery of webhooks.deliveriesOf(id)) {
        await webhooks.putDelivery({ ...delivery, attempts: 0, nextAt });
      }
      if (after !== undefined) await webhooks.change(id, { after });
      return { status: 200, body: viewOf(context, find(context, id, caller)) };
    },
  });
}

function rotateKey(context: ApiContext): Endpoint {
  const { webhooks, signingKeys } = context;
  return endpoint({
    method: 'post',
    path: '/webhooks/{id}/key-rotation',
    tag: 'webhooks',
    summary:
      'Sign with another key; for a day the former one signs beside it, so that the receiver can change over',
    access: managers,
    writes: true,
    params,
    body: z.strictObject({}),
    answers: { 200: { description: 'The webhook, with its new key', schema: webhookView } },
    handle: async ({ params: { id }, caller }) => {
      find(context, id, caller);
      const key = await signingKeys.make(id);
      // As it stands now: what was changed while the key was made stays.
      const { sealedKey, publicKey } = find(context, id, caller);
      const until = new Date(Date.now() + changeOverMs).toISOString();
      await webhooks.change(id, { ...key, formerKey: { sealedKey, publicKey, until } });
      return { status: 200, body: viewOf(context, find(context, id, caller)) };
    },
  });
}

/** @throws Problem WEBHOOK_NOT_FOUND also for what is another enterprise's. */
function find({ webhooks }: ApiContext, id: string, caller: Caller): Webhook {
  const webhook = webhooks.find(id);
  if (webhook === undefined || !isOwn(webhook, enterpriseOf(caller))) throw new Problem('WEBHOOK_NOT_FOUND');
  return webhook;
}

/** @throws Problem WEBHOOK_ADDRESS */
function assertAllowed({ allowedAddresses }: ApiContext, text: string): void {
  try {
    allowedAddresses.assertUrl(new URL(text));
  } catch (error) {
    if (!(error instanceof AddressNotAllowedError)) throw error;
    throw new Problem('WEBHOOK_ADDRESS', { detail: error.message, field: 'url' }, { cause: error });
  }
}

function viewOf({ webhooks }: ApiContext, webhook: Webhook): z.infer<typeof webhookView> {
  const { id, paused, formerKey, sealedKey: _sealedKey, enterprise, ...shown } = webhook;
  const former = formerKey && { formerKey: { publicKey: formerKey.publicKey, until: formerKey.until } };
  const deliveries = webhooks.deliveriesOf(id);
  const dead = deliveries.filter(({ nextAt }) => nextAt === undefined).length;
  return {
    id,
    ...shown,
    ...shownAccount(enterprise),
    ...former,
    state: paused ?? 'active',
    waiting: deliveries.length - dead,
    dead,
  };
}
