import { z } from 'zod';
import { memberInputs } from '../members/api.js';
import { authoritySteps, currency, date, instant, limits, reason, steps } from '../schemas.js';

const rateSchema = z.strictObject({
  currency,
  /** Units of the base currency for one unit of this currency, decimal text. */
  rate: z.string().max(40),
});

/** A rate as it was published. */
export const publishedRateSchema = z.strictObject({
  ...rateSchema.shape,
  base: currency,
  date,
  publishedAt: instant,
});
export type PublishedRate = z.infer<typeof publishedRateSchema>;

const fingerprintKey = z.strictObject({
  /** 32 random bytes in base64, made by the regulator's gateway so that all endorsers receive the same. */
  fingerprintKey: z.base64().length(44),
});

/** What the consortium decides on. */
const policySchema = z.strictObject({
  /** Whether a claim may rest on what only the seller has recorded; the bank that verifies it is warned. */
  ownDocuments: z.enum(['refused', 'allowed']),
  /** How many days an accepted claim holds its documents without being paid out. */
  payoutDays: z.number().int().min(1).max(limits.payoutDays.most),
  /**
   * Steps that take two people, by kind of organisation or MSP id: of a bank those of a claim, of an authority the amendment
   * and cancellation of its documents, of the regulator the rates, of everybody its people (admission and roles). Reversals,
   * write-offs, repurchases and assignments to a collector always do.
   */
  twoPeople: z.record(
    z
      .string()
      .regex(/^(bank|customs|tax|regulator|insurer|carrier|enterprise|[A-Za-z][A-Za-z0-9]{0,60}MSP)$/),
    z.array(z.enum([...steps, ...authoritySteps])).max(20),
  ),
  /**
   * Banks that need the exporter's consent before they reserve, by `bank` for all or by MSP id, which goes before: one for
   * the bank, or one for each document. Where none is needed the exporter is told at once.
   */
  consent: z.record(
    z.string().regex(/^(bank|[A-Za-z][A-Za-z0-9]{0,60}MSP)$/),
    z.enum(['none', 'bank', 'document']),
  ),
});
export type Policy = z.infer<typeof policySchema>;

const nothing = z.strictObject({});

export const registryInputs = {
  initialise: z.strictObject({
    ...fingerprintKey.shape,
    /** Who is a member from the beginning. */
    members: z
      .array(memberInputs.changeMember.omit({ state: true, successor: true }))
      .max(limits.membersAtOnce),
  }),
  rotateFingerprintKey: fingerprintKey,
  /** Entries of the registry by their keys. */
  rekeyEntries: z.strictObject({
    keys: z
      .array(z.string().regex(/^[A-Z]{1,2}~[0-9a-f]{64}$/))
      .min(1)
      .max(limits.rekeyedPerTransaction),
  }),
  retireFingerprintKeys: z.strictObject({ before: z.number().int().min(1) }),
  /** What is not named stays as it was. */
  setPolicy: policySchema.partial(),
  readPolicy: z.strictObject({}),
  publishRates: z.strictObject({ base: currency, date, rates: z.array(rateSchema).min(1).max(200) }),
  returnRates: z.strictObject({ currencies: z.array(currency).min(1).max(200), reason }),
  confirmRates: z.strictObject({ currencies: z.array(currency).min(1).max(200) }),
  readRates: z.strictObject({ currencies: z.array(currency).min(1).max(200).optional() }),
} as const;

export const registryOutputs = {
  initialise: nothing,
  rotateFingerprintKey: nothing,
  rekeyEntries: z.strictObject({ rekeyed: z.number().int() }),
  /** How many keys every look-up tries. */
  retireFingerprintKeys: z.strictObject({ inUse: z.number().int() }),
  setPolicy: policySchema,
  readPolicy: policySchema,
  publishRates: z.strictObject({
    published: z.number().int(),
    /** Currencies whose rate is so far from the one in force that a second person has to confirm it. */
    awaiting: z.array(z.string()),
  }),
  returnRates: z.strictObject({ returned: z.number().int() }),
  confirmRates: z.strictObject({ published: z.number().int() }),
  readRates: z.strictObject({
    rates: z.array(publishedRateSchema),
    /** For the regulator: what waits for its second person. */
    awaiting: z
      .array(
        z.strictObject({
          ...publishedRateSchema.omit({ publishedAt: true }).shape,
          proposedBy: z.string(),
          proposedAt: instant,
        }),
      )
      .optional(),
    /** For the regulator: what was returned, and why, until the currency is published again. */
    returned: z
      .array(
        z.strictObject({
          ...publishedRateSchema.omit({ publishedAt: true }).shape,
          proposedBy: z.string(),
          proposedAt: instant,
          reason: z.string(),
        }),
      )
      .optional(),
  }),
} as const;
