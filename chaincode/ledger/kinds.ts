import { z } from 'zod';
import {
  claimStateSchema,
  debtorNoticeSchema,
  documentSchema,
  factInputSchema,
  factStatusSchema,
  factTypes,
  partyIdSchema,
  productSchema,
  repaymentSourceSchema,
} from '../api.js';
import { type LineRole, lineRoles } from '../catalogue.js';
import { rateUsedSchema } from '../schemas.js';
import { paymentPurposeSchema, paymentStateSchema } from '../payments/api.js';
import type { Trade } from '../rules/trade.js';
import { type RecordKind, storedMinor } from './records.js';

function kind<T>(name: string, shape: z.ZodType<T>, upgrades: RecordKind<T>['upgrades'] = []): RecordKind<T> {
  return { name, shape, upgrades };
}

const person = z.strictObject({ mspId: z.string(), id: z.string() });

/** The secret fingerprint keys in use, newest first, and the first of all, under which some kinds of ids stay. */
export const keyRing = kind(
  'key ring',
  z.strictObject({
    keys: z.array(z.strictObject({ key: z.string(), number: z.number(), since: z.string() })),
    first: z.string(),
  }),
);

/** Which government organisations say that nothing lies under keys before this number alone any more. */
export const keyRetirement = kind(
  'retirement of keys',
  z.strictObject({ before: z.number(), by: z.array(z.string()) }),
);

const factHeadShape = z.strictObject({
  id: z.string(),
  version: z.number(),
  status: factStatusSchema,
  type: z.enum(factTypes),
  authority: z.string(),
  issuer: partyIdSchema,
  number: z.string(),
  period: z.string().optional(),
  seller: partyIdSchema,
  /** Whose document it is: the seller, or the buyer of what is paid abroad. */
  holder: partyIdSchema,
  /** Further registered ids of the holder that the document states. */
  holderIds: z.array(partyIdSchema).optional(),
  /** Currency or unit of the balance; empty where the document states none. */
  currency: z.string(),
  /** Keyed hash of the check code printed on it. */
  checkCode: z.string().optional(),
  /** The underlying at the time of recording; it may have been joined to another since. */
  underlying: z.string(),
  /** Digest of the idempotency key under which this version was recorded, and of the content. */
  request: z.string().optional(),
  content: z.string(),
  /** When it should be paid, as far as it says; else counted from its date. */
  dueOn: z.string(),
});
export type FactHead = z.infer<typeof factHeadShape>;
/** What every draw reads of a fact. */
export const factHead = kind('fact', factHeadShape);

/** A further key under which a fact is found. */
export const factAlias = kind('alias of a fact', z.strictObject({ fact: z.string() }));

/** Which firm a registered id belongs to; the record of the firm's first id lists them all. */
export const firmId = kind(
  'registered id of a firm',
  z.strictObject({ firm: partyIdSchema, ids: z.array(partyIdSchema).optional() }),
);

const factVersionShape = z.strictObject({
  id: z.string(),
  version: z.number(),
  status: factStatusSchema,
  authority: z.string(),
  issuer: partyIdSchema,
  content: factInputSchema.omit({ checkCode: true }).required({ cites: true }),
  by: person,
  recordedAt: z.string(),
  updatedAt: z.string(),
  reason: z.string().optional(),
});
export type FactVersion = z.infer<typeof factVersionShape>;
/** One version of a document, never overwritten. */
export const factVersion = kind('version of a fact', factVersionShape);

/** What the consortium has decided on, and the regulator has recorded. */
export const policy = kind(
  'policy',
  z.strictObject({ ownDocuments: z.enum(['refused', 'allowed']), since: z.string() }),
);

/** To which underlying a link text belongs. */
export const link = kind('link', z.strictObject({ underlying: z.string() }));

/** The balances of a trade and everything drawn on them. */
export interface Underlying extends Trade {
  readonly id: string;
  /** Set when this trade has been joined to another: everything is there. */
  readonly forward?: string | undefined;
  /** Documents whose draws are no longer carried, and those that should carry them. */
  readonly overdrawn: readonly string[];
}

const priced = z.strictObject({ currency: z.string(), amount: storedMinor });

export const underlying = kind<Underlying>(
  'underlying',
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
    draws: z.array(
      z.strictObject({
        claim: z.string(),
        kind: z.enum(['payment', 'mark']).optional(),
        owner: z.string(),
        fact: z.string(),
        through: z.string().optional(),
        amount: storedMinor,
        priced: priced.optional(),
        until: z.number().optional(),
      }),
    ),
    twins: z.array(z.tuple([z.string(), z.string()]).readonly()).optional(),
    overdrawn: z.array(z.string()),
  }),
);

/** Documents that share a near key. */
export const nearBucket = kind(
  'near bucket',
  z.strictObject({
    entries: z.array(
      z.strictObject({
        fact: z.string(),
        number: z.string(),
        family: z.string(),
        currency: z.string(),
        amount: storedMinor,
        day: z.number(),
        buyer: z.string().optional(),
        self: z.literal(true).optional(),
      }),
    ),
  }),
);

/** Documents of carriers that list one container, the last to be recorded first. */
export const containerBucket = kind(
  'container bucket',
  z.strictObject({
    entries: z.array(z.strictObject({ fact: z.string(), from: z.number(), to: z.number() })),
  }),
);

/** An exchange rate as last published. */
export const rate = kind(
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
export const rateProposal = kind(
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

/** Which claim of a bank bears an application number. */
export const application = kind('application', z.strictObject({ claim: z.string() }));

const claimShape = z.strictObject({
  id: z.string(),
  seq: z.number(),
  state: claimStateSchema,
  owner: z.string(),
  applicationNumber: z.string(),
  enterprise: partyIdSchema,
  product: productSchema,
  currency: z.string(),
  amount: storedMinor,
  /** What is still to be repaid. */
  outstanding: storedMinor,
  lines: z.array(
    z.strictObject({
      role: z.enum(lineRoles),
      document: documentSchema,
      fact: z.string(),
      /** The self-recorded document that was named, where the line draws on the authority's beside it. */
      through: z.string().optional(),
      underlying: z.string(),
      /** In the currency of the claim; of collateral in thousandths of the unit of the goods. */
      amount: storedMinor,
      /** What of the amount the line still stands for. */
      outstanding: storedMinor,
      /** Currency or unit of the document, and what the line drew and still holds of it. */
      currency: z.string(),
      drawn: storedMinor,
      held: storedMinor,
      revolving: z.boolean(),
      rate: rateUsedSchema.optional(),
      /** Of cover: the receivables that it covers, in the currency of the claim; it is freed with them. */
      covers: z.array(z.strictObject({ fact: z.string(), amount: storedMinor })).optional(),
    }),
  ),
  dueDate: z.string(),
  /** When the loan was first due. Own funds that come later do not restore, whoever has extended it since. */
  firstDueDate: z.string(),
  /** Why it is financed so long after its documents are due. */
  pastDueReason: z.string().optional(),
  /** Milliseconds since 1970: when the reservation lapses, and once accepted, when it should have been paid out. */
  expiresAt: z.number().optional(),
  paidOutAt: z.string().optional(),
  extensions: z.number(),
  repayments: z.array(
    z.strictObject({
      amount: storedMinor,
      source: repaymentSourceSchema,
      at: z.string(),
      document: documentSchema.optional(),
      indemnity: z.string().optional(),
      /** What of it came after, or beyond, what the document stood for. */
      surplus: storedMinor.optional(),
    }),
  ),
  debtorNotice: debtorNoticeSchema.optional(),
  offeredTo: z.string().optional(),
  transferredFrom: z.string().optional(),
  /** When the loan was first registered, where it was taken over since. */
  registeredAt: z.string().optional(),
  transferredTo: z.string().optional(),
  dispute: z
    .strictObject({
      openedBy: person,
      openedAt: z.string(),
      /** Milliseconds since 1970 when it lapses undecided. */
      until: z.number(),
      reason: z.string(),
      before: claimStateSchema,
    })
    .optional(),
  /** The tender that the claim won. */
  tender: z.strictObject({ request: z.string(), offer: z.string(), owner: z.string() }).optional(),
  reason: z.string().optional(),
  reference: z.string().optional(),
  reservedBy: person,
  by: person,
  /** Digests of the keys and bodies of the commands that were carried out, so that a repeated one changes nothing. */
  requests: z.array(z.strictObject({ key: z.string(), body: z.string() })),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Claim = z.infer<typeof claimShape>;

/** Before lines had roles, every line of a claim was a receivable, and together they were what is outstanding. */
function claimWithRoles(older: Record<string, unknown>): Record<string, unknown> {
  const lines = older['lines'] as { readonly outstanding: string }[];
  const outstanding = lines.reduce((sum, line) => sum + BigInt(line.outstanding), 0n);
  const firstDueDate = older['dueDate'];
  return {
    ...older,
    ...linesWithRole(older, 'receivable'),
    outstanding: outstanding.toString(),
    firstDueDate,
  };
}

function linesWithRole({ lines }: Record<string, unknown>, role: LineRole): Record<string, unknown> {
  return { lines: (lines as object[]).map((line) => ({ ...line, role })) };
}

/** One version of a claim, never overwritten. */
export const claim = kind('claim', claimShape, [claimWithRoles]);

/** A claim on offer, in the collection of the bank that may take it over. */
export const transferOffer = kind(
  'transfer offer',
  z.strictObject({ claim: z.string(), from: z.string(), open: z.boolean(), terms: claimShape.optional() }),
  [
    ({ terms, ...offer }) => ({
      ...offer,
      ...(terms !== undefined && { terms: claimWithRoles(terms as Record<string, unknown>) }),
    }),
  ],
);

const paymentShape = z.strictObject({
  id: z.string(),
  seq: z.number(),
  state: paymentStateSchema,
  owner: z.string(),
  reference: z.string(),
  payer: partyIdSchema,
  payee: z.string(),
  purpose: paymentPurposeSchema,
  currency: z.string(),
  amount: storedMinor,
  paidOn: z.string(),
  /** The check of the papers of an offshore trade. */
  check: z.string().optional(),
  /** Under which names its marks lie. */
  marks: z.array(z.string()).optional(),
  /** The invoice, as a link text, against which it is held. */
  heldAgainst: z.string().optional(),
  lines: claimShape.shape.lines,
  filingRequired: z.boolean(),
  /** What it counts against the threshold, where its purpose has one. */
  equivalent: z.strictObject({ amount: storedMinor, rate: rateUsedSchema.optional() }).optional(),
  reason: z.string().optional(),
  by: person,
  requests: claimShape.shape.requests,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Payment = z.infer<typeof paymentShape>;
/** One version of a payment abroad, never overwritten. */
export const payment = kind('payment', paymentShape, [
  (older) => ({ ...older, ...linesWithRole(older, 'payment') }),
]);

const openingShape = z.strictObject({
  bank: z.string(),
  /** The document that is asked for, whether or not there is one. */
  document: z.strictObject({ type: z.enum(factTypes), issuer: partyIdSchema, number: z.string() }),
  /** The version on which the attempts before the last were judged, 0 where there was none; absent before the second. */
  version: z.number().optional(),
  /** Of the attempts before the last. */
  failures: z.number(),
  opened: z.boolean(),
  attempt: z.strictObject({
    /** Digest of what was asked, to recognise the request when it comes again. */
    request: z.string(),
    payer: partyIdSchema,
    /** The code that was given, as keyed hashes. */
    given: z.array(z.string()),
    at: z.string(),
  }),
});
export type OpeningRecord = z.infer<typeof openingShape>;
/**
 * How often a bank has tried to open a document, and whether it did. The last attempt lies there unjudged: it is compared
 * when somebody reads it, so that an attempt that never reached the ledger says nothing.
 */
export const opening = kind('opening', openingShape);

/** What one payer has paid abroad without a filing, day by day. */
export const unfiledPayments = kind(
  'unfiled payments',
  z.strictObject({
    days: z.array(
      z.strictObject({
        day: z.number(),
        count: z.number(),
        value: storedMinor,
        payments: z.array(z.string()),
      }),
    ),
  }),
);

/** For the regulator: with this payment, a payer's payments without a filing pass the threshold together. */
export const structuringReport = kind(
  'structuring report',
  z.strictObject({
    payment: z.string(),
    payer: partyIdSchema,
    since: z.string(),
    count: z.number(),
    value: storedMinor,
    payments: z.array(z.string()),
  }),
);

const publicStateShape = z.strictObject({ state: z.string(), seq: z.number() });
export type PublicState = z.infer<typeof publicStateShape>;
/** The public line of a fact's or claim's timeline. */
export const publicState = kind('public state', publicStateShape);
