import { documentSchema, moneySchema, partyIdSchema } from '@pledgeonce/chaincode/api.js';
import { permissions } from '@pledgeonce/chaincode/permissions.js';
import { z } from 'zod';
import { inboxKindNames, inboxKinds } from '../projection/inbox/inbox-kinds.js';
import type { InboxRow } from '../projection/inbox/inbox-table.js';
import { inboxRecords } from '../projection/inbox/waiting.js';
import type { InboxRecord } from '../projection/inbox/waiting.js';
import type { Person } from '../people/session-store.js';
import { alertView, concernedSchema } from './alert-view.js';
import { isPersons } from './http/assert-access.js';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { ownView } from './own-view.js';
import { readerRoles } from './reader-roles.js';
import { page } from './shared-schemas.js';

const itemSchema = z.strictObject({
  kind: z.enum(inboxKindNames),
  record: z.enum(inboxRecords),
  id: z.string(),
  /** Where the record is read. */
  address: z.string(),
  /** Since when it waits. */
  since: z.string(),
  /** When it is too late. */
  due: z.string().optional(),
  /** The documents that it stands on, the first first. */
  documents: z.array(documentSchema),
  amount: moneySchema.optional(),
  enterprise: partyIdSchema.optional(),
  applicationNumber: z.string().optional(),
  /** Why it waits. */
  cause: z.string().optional(),
  /** The person of the own organisation who brought it this far. */
  by: z.string().optional(),
  /** What this person may do next, the usual thing first. */
  may: z.array(z.string()),
  /** What somebody else has to do, because this person brought it this far. */
  needsAnother: z.array(z.string()),
  /** Of an alert: the records that it is about, and whether this person has read it. */
  concerns: z.array(concernedSchema).optional(),
  read: z.boolean().optional(),
});
type Item = z.infer<typeof itemSchema>;

/** Where a record is read; a list where it is read in one only. A bank reads a claim on offer to it as a claim. */
const addresses: Readonly<Record<InboxRecord, (id: string) => string>> = {
  claim: (id) => `/claims/${id}`,
  payment: (id) => `/payments/${id}`,
  transfer: (id) => `/claims/${id}`,
  request: (id) => `/financing-requests/${id}`,
  loan: (id) => `/loan-applications/${id}`,
  mandate: () => '/loan-mandates',
  assignment: (id) => `/assignments/${id}`,
  objection: (id) => `/objections/${id}`,
  rate: () => '/rates',
  document: (id) => `/facts/${id}`,
  'document-step': (id) => `/facts/${id}`,
  window: () => '/take-on/windows',
  correction: () => '/take-on/corrections',
  member: (id) => `/registry/members/${id}`,
  alert: (id) => `/alerts/${id}`,
};

/** What waits for whoever is signed in. */
export function inboxEndpoints({ projection, follower, preferences }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/inbox',
      tag: 'inbox',
      summary: 'What waits for this person, the oldest first, and what they may do about it',
      access: { roles: readerRoles },
      query: z.strictObject({
        kind: z.enum(inboxKindNames).optional(),
        /** Only alerts of this sort, such as `overdrawn`. */
        alert: z.string().max(60).optional(),
        withMuted: z.literal('true').optional(),
        ...page,
      }),
      answers: {
        200: {
          description: 'A page, and how much of each kind waits in all',
          schema: z.strictObject({
            items: z.array(itemSchema),
            next: z.string().optional(),
            counts: z.array(z.strictObject({ kind: z.enum(inboxKindNames), count: z.number().int() })),
            /** How many alerts of each sort nobody has looked into. */
            alerts: z.array(z.strictObject({ alert: z.string(), count: z.number().int() })),
            /** How much waits beside that of which this person has chosen not to be told. */
            muted: z.number().int(),
          }),
        },
      },
      handle: async ({ query, caller }) => {
        const { person } = caller.session;
        const { enterprise } = ownView(caller);
        await follower.caughtUp();
        const { withMuted, ...filter } = query;
        const muted = withMuted === undefined ? await preferences.mutedBy(person.id) : [];
        const whose = { role: person.role, enterprise, muted, now: new Date().toISOString() };
        const { items, ...more } = projection.inbox.list({ ...filter, ...whose });
        const body = {
          items: items.map((row) => itemOf(projection, row, person)),
          ...more,
          counts: projection.inbox.counts(whose),
          alerts: projection.inbox.alerts(whose),
          muted: projection.inbox.countMuted(whose),
        };
        return { status: 200, body };
      },
    }),
  ];
}

function itemOf(projection: ApiContext['projection'], row: InboxRow, person: Person): Item {
  const { kind, record, id, since, item } = row;
  const { documents = [], ...about } = item as Partial<Pick<Item, 'documents'>> & typeof item;
  const base = { kind, record, id, address: addresses[record](id), since, documents };
  if (record === 'alert') {
    const entry = projection.feed.find(id);
    const { cause, concerns, read } = entry
      ? alertView(projection, entry, person.id)
      : { cause: about.cause, concerns: [], read: false };
    return { ...base, cause, concerns, read, may: [], needsAnother: [] };
  }
  return { ...base, ...about, ...stepsOf(row, person) } as Item;
}

/** What role and organisation allow; what a second person has to do is told apart for whoever was the first. */
function stepsOf({ kind, item }: InboxRow, person: Person): Pick<Item, 'may' | 'needsAnother'> {
  const { steps, secondPerson = [] } = inboxKinds[kind];
  const { id, role } = person;
  const allowed = steps.filter(
    (step) => permissions[step].roles.includes(role) && isPersons(permissions[step], person),
  );
  const isBlocked = (step: (typeof steps)[number]) => item.by === id && secondPerson.includes(step);
  return {
    may: allowed.filter((step) => !isBlocked(step)),
    needsAnother: allowed.filter((step) => isBlocked(step)),
  };
}
