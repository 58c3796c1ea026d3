import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { authoritySteps, steps } from '../schemas.js';

/** What the consortium has decided on, and the regulator has recorded. */
export const policy = recordKind(
  'policy',
  'G',
  z.strictObject({
    ownDocuments: z.enum(['refused', 'allowed']),
    payoutDays: z.number(),
    twoPeople: z.record(z.string(), z.array(z.enum([...steps, ...authoritySteps]))),
    consent: z.record(z.string(), z.enum(['none', 'bank', 'document'])),
    since: z.string(),
  }),
);

const rateShape = z.strictObject({
  currency: z.string(),
  base: z.string(),
  rate: z.string(),
  date: z.string(),
  publishedAt: z.string(),
});
/** An exchange rate as last published. */
export const rate = recordKind('rate', 'R', rateShape);
/** The one that it has replaced. */
export const rateBefore = recordKind('rate before', 'RB', rateShape);

/** A rate that is far from the one in force, until a second person of the regulator has confirmed it. */
export const rateProposal = recordKind(
  'rate proposal',
  'RP',
  z.strictObject({
    currency: z.string(),
    base: z.string(),
    rate: z.string(),
    date: z.string(),
    proposedBy: z.string(),
    proposedAt: z.string(),
    open: z.boolean(),
    /** Why it was returned. */
    returned: z.string().optional(),
  }),
);

export const policyAt = at(registry, policy);

export const rateAt = (currency: string) => at(registry, rate, currency);

export const rateBeforeAt = (currency: string) => at(registry, rateBefore, currency);

export const rateProposalAt = (currency: string) => at(registry, rateProposal, currency);
