import { z } from 'zod';
import { factInputSchema, factStatusSchema, factTypes, partyIdSchema } from '../api.js';
import { at, registry, shownBy } from '../ledger/addresses.js';
import { recordKind, storedPerson } from '../ledger/records.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { PublicLine, Versions } from '../ledger/versions.js';

const factHeadShape = z.strictObject({
  id: z.string(),
  version: z.number(),
  status: factStatusSchema,
  type: z.enum(factTypes),
  /** The member that recorded it: nobody else changes it. */
  authority: z.string(),
  /** Recorded by the seller itself, at a portal. */
  self: z.literal(true).optional(),
  issuer: partyIdSchema,
  number: z.string(),
  /** Another member had given the number before: it is found by the key that names its issuer. */
  named: z.literal(true).optional(),
  period: z.string().optional(),
  /** Of a letter of credit: whose number it is, by the BIC in its one spelling. */
  issuingBank: z.string().optional(),
  seller: partyIdSchema,
  /** Whose document it is: the seller, or the buyer of what is paid abroad. */
  holder: partyIdSchema,
  /** Further registered ids of the holder that the document states. */
  holderIds: z.array(partyIdSchema).optional(),
  /** Where the holder reads of it: its account at the portal. */
  account: z.string().optional(),
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
export const factHead = recordKind('fact', 'F', factHeadShape);

/** A further key under which a fact is found. */
export const factAlias = recordKind('alias of a fact', 'FK', z.strictObject({ fact: z.string() }));

export const publicAlias = recordKind('public key of a fact', 'key', z.strictObject({}));

const factVersionShape = z.strictObject({
  id: z.string(),
  version: z.number(),
  status: factStatusSchema,
  authority: z.string(),
  /** Recorded by the seller itself, at a portal. */
  self: z.literal(true).optional(),
  issuer: partyIdSchema,
  content: factInputSchema
    .omit({ checkCode: true })
    .required({ cites: true })
    .extend({ printedNumber: z.string().optional() }),
  by: storedPerson,
  /** Who proposed what `by` has confirmed. */
  proposedBy: storedPerson.optional(),
  recordedAt: z.string(),
  updatedAt: z.string(),
  reason: z.string().optional(),
  /** The day on which its authority changed it, where that was before it came here. */
  changedOn: z.string().optional(),
  /** Recognises a change of the past that comes again. */
  change: z.string().optional(),
});

const stepName = z.enum(['amendment', 'cancellation']);

/** A change of a document that waits, or waited, for the second person of its authority. */
export const factStep = recordKind(
  'step of a fact',
  'FS',
  z.strictObject({
    fact: z.string(),
    /** Counts what happened to the steps of this document, from 1. */
    seq: z.number(),
    step: stepName,
    /** What was asked for, to be carried out as it stands when it is confirmed. */
    command: z.record(z.string(), z.unknown()),
    proposedBy: storedPerson,
    proposedAt: z.string(),
    /** Milliseconds since 1970 when it lapses. */
    until: z.number(),
    open: z.boolean(),
    returned: z.strictObject({ reason: z.string(), at: z.string(), by: storedPerson }).optional(),
  }),
);
export type FactStep = z.infer<typeof factStep.shape>;

export const factStepAt = (fact: string) => at(registry, factStep, fact);

/** What an authority outside the government is told of a step at a document of its own, so that its second person finds it. */
export const toldStep = recordKind(
  'step of a fact, as its authority is told of it',
  'FT',
  z.strictObject({
    /** The document's. */
    id: z.string(),
    seq: z.number(),
    state: z.enum(['waiting', 'over']),
    step: stepName,
    document: z.strictObject({ type: z.enum(factTypes), number: z.string() }),
    reason: z.string(),
    /** Who proposed it. */
    by: z.string(),
    /** RFC 3339, when it lapses. */
    until: z.string(),
  }),
);

export type ToldStep = z.infer<typeof toldStep.shape>;

/** Of each step of a document what its authority keeps, and the public line. */
export const toldStepVersions = new Versions('step', toldStep);

export type FactVersion = z.infer<typeof factVersionShape>;

/** Why a version follows another, and of a change that is older than its record, of when it is. */
export type ChangeNote = Pick<FactVersion, 'reason' | 'changedOn' | 'change' | 'proposedBy'>;

/** One version of a document, never overwritten. */
export const factVersion = recordKind('version of a fact', 'F', factVersionShape);

/** Documents of carriers that list one container, the last to be recorded first. */
export const containerBucket = recordKind(
  'container bucket',
  'B',
  z.strictObject({
    entries: z.array(z.strictObject({ fact: z.string(), from: z.number(), to: z.number() })),
  }),
);

/** A number that several members have given to documents of one type: a reference has to say whose it means. */
export const sharedNumber = recordKind('shared number', 'FN', z.strictObject({}));

export const sharedNumberAt = (id: string) => at(registry, sharedNumber, id);

/** Says in public that a further key of a document is taken, not of which. */
export const publicAliasAt = (id: string) => at(undefined, publicAlias, id);

export const factLine = new PublicLine('fact');

/** Tells an enterprise of a version of its own document, whoever recorded it; what it says is asked of the registry. */
export const ownDocument = recordKind(
  'own document',
  'OD',
  z.strictObject({
    id: z.string(),
    seq: z.number(),
    state: factStatusSchema,
    type: z.enum(factTypes),
    number: z.string(),
    account: z.string(),
  }),
);

/** Of each version of a document what its holder's portal keeps, and the public line. */
export const ownDocumentVersions = new Versions('fact', ownDocument);

export const factAt = (id: string) => shownBy(factLine.at(id), at(registry, factHead, id));

export const factVersionAt = (id: string, version: number) => at(registry, factVersion, id, version);

export const factAliasAt = (id: string) => shownBy(publicAliasAt(id), at(registry, factAlias, id));

export const containerBucketAt = (id: string) => at(registry, containerBucket, id);

/** Makes a fact known under one more id. */
export function writeAlias(work: UnitOfWork, id: string, fact: string): void {
  work.write(factAliasAt(id), { fact });
  work.write(publicAliasAt(id), {});
}
