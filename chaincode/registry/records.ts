import { z } from 'zod';
import { at, registry } from '../ledger/addresses.js';
import { recordKind } from '../ledger/records.js';
import { steps } from '../schemas.js';

/** What the consortium has decided on, and the regulator has recorded. */
export const policy = recordKind(
  'policy',
  z.strictObject({
    ownDocuments: z.enum(['refused', 'allowed']),
    payoutDays: z.number(),
    twoPeople: z.record(z.string(), z.array(z.enum(steps))),
    since: z.string(),
  }),
);

/** An exchange rate as last published. */
export const rate = recordKind(
  'rate',
  z.strictObject({
    currency: z.string(),
    base: z.string(),
    rate: z.string(),
    date: z.string(),
    publishedAt: z.string(),
  }),
);

/** A rate that is far from the one in force, until a second person of the regulator has confirmed it. */
export const rateProposal = recordKind(
  'rate proposal',
  z.strictObject({
    currency: z.string(),
    base: z.string(),
    rate: z.string(),
    date: z.string(),
    proposedBy: z.string(),
    proposedAt: z.string(),
    open: z.boolean(),
  }),
);

export const policyAt = at(registry, 'G', policy);

export const rateAt = (currency: string) => at(registry, `R~${currency}`, rate);

export const rateBeforeAt = (currency: string) => at(registry, `RB~${currency}`, rate);

export const rateProposalAt = (currency: string) => at(registry, `RP~${currency}`, rateProposal);
