import { z } from 'zod';
import { factTypes } from '../api.js';
import { at, registry } from '../ledger/addresses.js';
import { recordKind, storedMinor } from '../ledger/records.js';
import type { Draw, Trade } from '../rules/trade.js';

/** To which underlying a link text belongs. */
export const link = recordKind(
  'link',
  'L',
  z.strictObject({
    underlying: z.string(),
    /** Of an order: documents that cite it have trades of their own, because one could not hold them all. */
    partial: z.literal(true).optional(),
  }),
);

/** The balances of a trade and everything drawn on them. */
export interface Underlying extends Trade {
  readonly id: string;
  /** Set when this trade has been joined to another: everything is there. */
  readonly forward?: string | undefined;
  /** Documents whose draws are no longer carried, and those that should carry them. */
  readonly overdrawn: readonly string[];
}

const priced = z.strictObject({ currency: z.string(), amount: storedMinor });

const storedDraw = z.strictObject({
  /** Stands here also where it is a payment that draws. */
  claim: z.string(),
  kind: z.enum(['payment', 'mark']).optional(),
  owner: z.string(),
  fact: z.string(),
  through: z.string().optional(),
  amount: storedMinor,
  priced: priced.optional(),
  against: z.string().optional(),
  due: z.string().optional(),
  until: z.number().optional(),
});
const draw = z.codec(storedDraw, z.custom<Draw>(), {
  decode: ({ claim: drawnBy, ...rest }) => ({ drawnBy, ...rest }),
  encode: ({ drawnBy: claim, ...rest }) => ({ claim, ...rest }),
});

export const underlying = recordKind<Underlying>(
  'underlying',
  'U',
  z.strictObject({
    id: z.string(),
    forward: z.string().optional(),
    rows: z.array(
      z.strictObject({
        fact: z.string(),
        type: z.enum(factTypes),
        link: z.string(),
        names: z.array(z.string()),
        cites: z.array(z.string()),
        replaces: z.string().optional(),
        self: z.literal(true).optional(),
        currency: z.string(),
        ceiling: storedMinor,
        mass: z.strictObject({ unit: z.string(), amount: storedMinor }).optional(),
        consumed: storedMinor,
        consumedPrice: z.array(priced).optional(),
        cancelled: z.boolean(),
        confirmed: storedMinor.optional(),
        instalments: z.array(z.strictObject({ dueDate: z.string(), amount: storedMinor })).optional(),
        restates: z.literal(true).optional(),
      }),
    ),
    credits: z.array(
      z.strictObject({
        fact: z.string(),
        link: z.string(),
        currency: z.string(),
        amount: storedMinor,
        cancelled: z.boolean(),
        self: z.literal(true).optional(),
      }),
    ),
    draws: z.array(draw),
    twins: z.array(z.tuple([z.string(), z.string()]).readonly()).optional(),
    holds: z.array(z.string()).optional(),
    overdrawn: z.array(z.string()),
  }),
);

export const linkAt = (id: string) => at(registry, link, id);

export const underlyingAt = (id: string) => at(registry, underlying, id);
