import { claimStateSchema, productSchema } from '@pledgeonce/chaincode/api.js';
import type { ClaimView } from '@pledgeonce/chaincode/api.js';
import { dateOf, dateOfDay, dayNumber } from '@pledgeonce/chaincode/rules/dates.js';
import { documentSchema, instant, moneySchema, partyIdSchema } from '@pledgeonce/chaincode/schemas.js';
import { z } from 'zod';
import type { ApiContext } from './context.js';
import { endpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { listTable } from './list-table.js';
import { readerRoles } from './reader-roles.js';
import { page, pageOf, wholeNumber } from './shared-schemas.js';

const readers = {
  kinds: ['bank', 'regulator'],
  roles: readerRoles,
} as const;

const waitingSchema = z.strictObject({
  id: z.string(),
  owner: z.string(),
  applicationNumber: z.string(),
  state: claimStateSchema,
  product: productSchema,
  enterprise: partyIdSchema,
  amount: moneySchema,
  outstanding: moneySchema,
  paidOutOn: z.iso.date(),
  dueDate: z.iso.date(),
  /** The documents that no authority has recorded. */
  documents: z.array(documentSchema),
  /** Since when it waits: when it came on record. */
  since: instant,
  /** Whole days in UTC until now, by the clock of the gateway that answers. */
  days: z.number().int(),
});
type Waiting = z.infer<typeof waitingSchema>;

/** What was taken on and found no document, with its age. */
export function unmatchedEndpoints({ projection, follower }: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/take-on/unmatched',
      tag: 'take-on',
      summary:
        'Loans taken on that wait for a document which no authority has recorded (the regulator: of every bank), the oldest first',
      access: readers,
      query: z.strictObject({
        owner: z.string().max(64).optional(),
        enterprise: z.string().max(64).optional(),
        waitingDays: wholeNumber(0, 36_500).optional(),
        ...page,
      }),
      csv: listTable('unmatched', waitingSchema),
      answers: { 200: { description: 'A page', schema: pageOf(waitingSchema) } },
      handle: async ({ query: { waitingDays, ...query } }) => {
        await follower.caughtUp();
        const today = dayNumber(dateOf(Date.now()));
        const until = waitingDays === undefined ? undefined : dateOfDay(today - waitingDays);
        const { items, ...more } = projection.waitingLoans.list({ ...query, until });
        return { status: 200, body: { items: items.map((claim) => waitingOf(claim, today)), ...more } };
      },
    }),
  ];
}

function waitingOf(claim: ClaimView, today: number): Waiting {
  const { id, owner, applicationNumber, state, product, enterprise, amount, outstanding, dueDate } = claim;
  const { takenOn, lines, cover = [], collateral = [] } = claim;
  if (takenOn === undefined) throw new Error(`claim ${id} was not taken on`);
  const { paidOutOn, recordedAt: since } = takenOn;
  const documents = [...lines, ...cover, ...collateral]
    .filter(({ unmatched }) => unmatched)
    .map(({ document }) => document);
  const of = { id, owner, applicationNumber, state, product, enterprise, amount, outstanding };
  // The clock of the peer that recorded it may be ahead.
  const days = Math.max(0, today - dayNumber(since.slice(0, 10)));
  return { ...of, paidOutOn, dueDate, documents, since, days };
}
