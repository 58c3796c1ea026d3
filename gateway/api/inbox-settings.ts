import { z } from 'zod';
import type { Person } from '../people/session-store.js';
import { inboxKindNames } from '../projection/inbox/inbox-kinds.js';
import { topicOf, topicsFor } from '../projection/inbox/topics.js';
import { alertCauses } from './alert-causes.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { readerRoles } from './reader-roles.js';

const access = { roles: readerRoles } as const;
const alerts = Object.keys(alertCauses);
const topics = [
  ...inboxKindNames.filter((kind) => kind !== 'alert'),
  ...alerts.map((alert) => topicOf('alert', alert)),
];
const topicSchema = z.enum(topics);

const settingsSchema = z.strictObject({
  /** Of what this person can be told, and whether they want to be. */
  topics: z.array(z.strictObject({ topic: topicSchema, shown: z.boolean() })),
});

/** Of what a person wants to be told: their own choice, which takes nothing from what others of the organisation see. */
export function inboxSettingsEndpoints(context: ApiContext): Endpoint[] {
  return [getInboxSettings, putInboxSettings].map((make) => make(context));
}

function getInboxSettings({ preferences }: ApiContext): Endpoint {
  return endpoint({
    method: 'get',
    path: '/inbox/settings',
    tag: 'inbox',
    summary: 'Of what this person can be told in their inbox, and whether they want to be',
    access,
    answers: { 200: { description: 'Topic by topic', schema: settingsSchema } },
    handle: async ({ caller: { session } }) => {
      const muted = await preferences.mutedBy(session.person.id);
      return { status: 200, body: settingsOf(session.person, muted) };
    },
  });
}

function putInboxSettings({ preferences }: ApiContext): Endpoint {
  return endpoint({
    method: 'put',
    path: '/inbox/settings',
    tag: 'inbox',
    summary:
      'Choose of what one is not told in the inbox; what was left out before and is not named is told again',
    access,
    body: z.strictObject({ muted: z.array(topicSchema).max(topics.length) }),
    answers: { 200: { description: 'Chosen, and kept', schema: settingsSchema } },
    handle: async ({ body: { muted }, caller: { session } }) => {
      await preferences.mute(session.person.id, muted);
      return { status: 200, body: settingsOf(session.person, muted) };
    },
  });
}

function settingsOf(person: Person, muted: readonly string[]): z.infer<typeof settingsSchema> {
  return {
    topics: topicsFor(person, alerts).map((topic) => ({ topic, shown: !muted.includes(topic) })),
  };
}
