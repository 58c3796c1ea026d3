import { z } from 'zod';

/** Limits on everything a caller can send. */
export const limits = {
  inputBytes: 4 * 1024 * 1024,
  itemsPerBatch: 500,
  linesPerClaim: 50,
  citesPerFact: 50,
  instalmentsPerFact: 60,
  /** Further registered ids of one party on one paper. */
  idsPerParty: 8,
  sweptPerTransaction: 100,
  drawsPerUnderlying: 500,
  /** Claims of one bank on one trade that are not paid out: as many as its people make at once, and an eighth of the trade. */
  reservationsPerBank: 64,
  /** How long an accepted claim holds its documents without being paid out: what the consortium sets, within this. */
  payoutDays: { byDefault: 30, most: 90 },
  /** How long a step waits for its second person. */
  awaitingDays: 7,
  /** How long a dispute lasts undecided: that of a bank about its own claim, and that of the regulator. */
  disputeDays: { bank: 30, regulator: 180 },
  /** A claim that ends later after the due date of a document needs a reason. */
  pastDueDays: 90,
  documentsPerUnderlying: 500,
  /** Of these and beside them: what the seller records itself. */
  ownDocumentsPerUnderlying: 100,
  /** Of authorities' documents that only cite the same order, while nothing is to be lent on that order. */
  documentsPerOrder: 50,
  /** Registered ids of one firm in the directory. */
  idsPerFirm: 30,
  relinkedPerTransaction: 100,
  rekeyedPerTransaction: 50,
  reservationHours: { byDefault: 72, most: 168 },
  checkCodeAttempts: 5,
  transportEvents: 200,
  containersPerDocument: 200,
  /** Buyer limits of one policy that are assigned at the same time. */
  assignmentsPerPolicy: 500,
  /** Longest term of an insured claim. */
  coverDays: 180,
  /** Most of an invoice that an insured claim advances. */
  coverAdvancePercent: 90,
  extensions: 2,
  termDays: 1830,
  /** Age of a rate that still counts: rates are published by the month at the latest. */
  rateDays: 35,
  /** A rate that differs more from the one in force takes a second person to publish. */
  rateChangePercent: 20,
  requestsRemembered: 64,
  usesPerAuthorisation: 1000,
  /** Keys of one reading of the own records. */
  recordsPerReading: 500,
  membersAtOnce: 500,
  /** Removed members whose holdings one has, with those of whom these had inherited. */
  membersInherited: 50,
  /** Beginnings of accounts that one portal serves. */
  accountsPerPortal: 200,
  /** Documents that are read in one call: a page of a list. */
  factsPerReading: 200,
  /** Of the own ones, each with what draws on it. */
  ownDocumentsPerReading: 50,
  /** Claims whose documents are compared in one call. */
  claimsPerReading: 50,
  authorisationDays: 366,
  banksPerRequest: 20,
  requestHours: 720,
  reasonsPerDecision: 50,
  mandateDays: 366,
  /** How long the window may be open in which banks bring what they had lent before, and how many are in one. */
  windowDays: 366,
  banksPerWindow: 1000,
  /** Loans that wait for one document that is not recorded, in how many currencies: all are matched in one transaction. */
  drawsPerAwaited: 20,
  currenciesPerAwaited: 3,
  /** Parties to the security of one loan that is taken on. */
  partiesTakenOn: 20,
} as const;

/** Controls that no keyboard types into a form, and halves of a character: no name and no number holds them. */
// eslint-disable-next-line no-control-regex -- the controls are what it looks for; `\p{Cc}` is no pattern for OpenAPI
const writable = /^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]*$/u;

/** Text of one to so many characters. */
export const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(writable, 'The text holds a control character or half a character.');
export const opaqueId = z.string().regex(/^[0-9a-f]{64}$/, 'An id has 64 hexadecimal characters.');
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,128}$/, 'A key has 8 to 128 visible ASCII characters.');
/** A day of the calendar in 1900 or later, in one pattern, so that the OpenAPI document says it all. */
const day = new RegExp(`^(?=19|[2-9]\\d)${z.regexes.date.source.slice(1)}`);
export const date = z
  .string()
  .regex(day, 'Write the date as YYYY-MM-DD, in 1900 or later.')
  .meta({ format: 'date' });
export const currency = z.string().max(16);
/** Yearly, in per cent, decimal text. */
export const yearlyRate = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,4})?$/, 'Write the yearly rate in per cent, such as "3.25".');
export const mspId = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,60}MSP$/);

export const moneySchema = z.strictObject({
  /** Decimal text, never a JSON number: a float cannot hold 0.1. */
  amount: z.string('Write the amount as text, such as "1234.50".').max(40),
  currency,
});
export type Money = z.infer<typeof moneySchema>;

/** The rate of a conversion, between minor units: the amount times numerator, divided by denominator, rounded up. */
export const rateUsedSchema = z.strictObject({
  numerator: z.string(),
  denominator: z.string(),
  /** Of the older of the two publications. */
  date,
});

/** A quantity of goods: decimal text with at most three decimals, and the unit as in UN/ECE Recommendation 20. */
export const quantitySchema = z.strictObject({
  amount: z.string('Write the quantity as text, such as "12.500".').max(40),
  unit: z.string().regex(/^[A-Z0-9]{2,3}$/, 'Write the unit as its code, such as TNE or KGM.'),
});
export type Quantity = z.infer<typeof quantitySchema>;

/** One scheme for one register; `TAX` and `LEGAL` are the registers of a country that have no scheme of their own here. */
export const partySchemes = [
  'USCC',
  'VAT',
  'GST',
  'GSTIN',
  'PAN',
  'VKN',
  'CNPJ',
  'EIN',
  'NIT',
  'RUC',
  'TAX',
  'LEGAL',
  'LEI',
  'EORI',
  'GLN',
  'DUNS',
  'MSP',
] as const;
export const partyIdSchema = z.strictObject({ scheme: z.enum(partySchemes), id: text(64) });
export type PartyId = z.infer<typeof partyIdSchema>;
export const partySchema = z.strictObject({
  ...partyIdSchema.shape,
  name: text(200).optional(),
  /** Every further registered id that the paper states: a document of the party exists once under each of them. */
  otherIds: z.array(partyIdSchema).max(limits.idsPerParty).optional(),
});
export type Party = z.infer<typeof partySchema>;

export const factTypes = [
  'customs-declaration',
  'commercial-invoice',
  'tax-invoice',
  'credit-note',
  'tax-filing',
  'freight-invoice',
  'capital-account-document',
  'insurance-policy',
  'buyer-limit',
  'declared-shipment',
  'bill-of-lading',
  'rail-waybill',
  'warehouse-receipt',
  'purchase-order',
  'letter-of-credit',
] as const;
export type FactType = (typeof factTypes)[number];
/** Papers that a fact may cite although the registry does not record them (yet). */
const citedTypes = [...factTypes, 'waybill', 'despatch-advice', 'contract'] as const;
export type CitedType = (typeof citedTypes)[number];

/** The period within which an issuer gives each number once, such as "2026", where the numbers are restarted. */
export const numberingPeriod = z
  .string()
  .regex(
    /^[0-9A-Z][0-9A-Z-]{0,11}$/,
    'Write the numbering period as up to 12 digits, capitals and dashes, such as "2026".',
  );

/** A bank, as it is known abroad. */
export const bic = z
  .string()
  .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'Write the BIC of the bank: 8 or 11 capitals and digits.');

/** How a request names a document. Without an issuer: customs for a declaration, the enterprise itself for an invoice. */
export const documentSchema = z.strictObject({
  type: z.enum(factTypes),
  number: text(80),
  issuer: partyIdSchema.optional(),
  numberingPeriod: numberingPeriod.optional(),
  /** Of a letter of credit: the bank that has issued it, where the advising bank has advised two of this number. */
  issuingBank: bic.optional(),
});
export type DocumentReference = z.infer<typeof documentSchema>;

export const citationSchema = z.strictObject({
  type: z.enum(citedTypes),
  number: text(80),
  issuer: partyIdSchema.optional(),
});

/** Steps of a claim that can take two people. */
export const steps = [
  'disbursement',
  'repayment',
  'extension',
  'reversal',
  'write-off',
  'repurchase',
  'assignment-to-collector',
  'release-of-goods',
] as const;
export type Step = (typeof steps)[number];
/**
 * What is no step of a claim and can be set to take two people. The ledger holds all of them but `people`: who admits whom
 * is between an organisation and its certificate authority, so there its gateway follows what the ledger says.
 */
export const authoritySteps = ['amendment', 'cancellation', 'rates', 'people'] as const;
export type AuthorityStep = (typeof authoritySteps)[number];

export const tenorDays = z.number().int().min(1).max(limits.termDays);
export const instant = z.string();
/** A branch or outlet of a bank, by its own code. */
export const outlet = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/,
    'Write the outlet as up to 20 letters, digits, dots and dashes.',
  );
/** A command on one record; the key makes a repeated command harmless. */
export const command = { id: opaqueId, idempotencyKey };
export const reason = text(500);

/** The members of a request that hold lines: what is financed or paid, what insures it, what secures it. */
export const lineLists = ['lines', 'cover', 'collateral'] as const;
export type LineList = (typeof lineLists)[number];

/** The documents that allow no more, by their family: what binds a limit, or what should carry a draw and does not. */
export const limitedBySchema = z.strictObject({
  family: z.string(),
  documents: z.array(z.strictObject({ type: z.enum(factTypes), number: z.string() })),
});

/** Why one line of a claim fails, with what its document still allows where the caller may know. */
export const lineErrorSchema = z.strictObject({
  /** The member of the request in which the line stands. */
  list: z.enum(lineLists),
  /** Its place in that list, from 0. */
  line: z.number().int(),
  /** One of errors.ts. */
  code: z.string(),
  detail: z.string(),
  remaining: moneySchema.optional(),
  remainingQuantity: quantitySchema.optional(),
  /** The documents because of which no more is left. */
  limitedBy: limitedBySchema.optional(),
});

/** Refusal of one item of a batch; the codes are those of errors.ts. */
export const itemRefusalSchema = z.strictObject({
  index: z.number().int(),
  status: z.literal('refused'),
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
  lines: z.array(lineErrorSchema).optional(),
});

const versionSchema = z.strictObject({
  /** Version of a fact, sequence number of a claim or payment. */
  seq: z.number().int(),
  state: z.string(),
  transactionId: z.string(),
  at: instant,
  collection: z.string(),
  key: z.string(),
  /** The private record exactly as stored: its SHA-256 must equal `hash`. Absent when it is not held here. */
  stored: z.string().optional(),
  /** Hexadecimal SHA-256 of the private value, as every peer of the channel holds it. */
  hash: z.string().optional(),
});
export const historySchema = z.strictObject({ id: opaqueId, versions: z.array(versionSchema) });
export type HistoryVersion = z.infer<typeof versionSchema>;
