import { z } from 'zod';
import { canonicalJson } from '../rules/canonical-json.js';
import type { Origin } from '../rules/fingerprints.js';

/** One kind of stored record: its present shape, and how older shapes become the present one. */
export interface RecordKind<T> {
  readonly name: string;
  readonly shape: z.ZodType<T>;
  /** Step number n turns schema version n + 1 into n + 2; so the present version is one more than the steps. */
  readonly upgrades: readonly ((older: Record<string, unknown>) => Record<string, unknown>)[];
}

/** A kind whose records lie under keys of its own. */
export interface KeyedKind<T> extends RecordKind<T> {
  /** With which the keys of its records begin; no other place spells them. */
  readonly letters: string;
}

/** Whole minor units: text on the ledger, bigint in memory. */
export const storedMinor = z.codec(z.string().regex(/^-?\d+$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (minor) => minor.toString(),
});

/**
 * Reads a stored record of any schema version.
 *
 * @throws Error when the record is of a later version than this chaincode knows, or damaged.
 */
export function decodeRecord<T>(kind: RecordKind<T>, stored: string): T {
  return decodeFields(kind, JSON.parse(stored) as Record<string, unknown>);
}

/**
 * The same of a record whose JSON has been read.
 *
 * @throws Error when the record is of a later version than this chaincode knows, or damaged.
 */
export function decodeFields<T>(kind: RecordKind<T>, stored: Readonly<Record<string, unknown>>): T {
  const { schema, salt: _salt, origin: _origin, addressee: _addressee, ...fields } = stored;
  if (typeof schema !== 'number') throw new Error(`a ${kind.name} without a schema version`);
  if (schema > kind.upgrades.length + 1) {
    throw new Error(`a ${kind.name} of schema version ${schema} is newer than this chaincode`);
  }
  const upgraded = kind.upgrades
    .slice(schema - 1)
    .reduce<Record<string, unknown>>((older, step) => step(older), fields);
  return kind.shape.parse(upgraded);
}

/** What is stored beside what a record says. */
export interface Wrapping {
  /** Keeps the hash of a private record, which every peer holds, from telling whether a guess is right. */
  readonly salt?: string | undefined;
  /** What the id in the record's key is made of, where it is found by a text: the id can be made anew. */
  readonly origin?: Origin | undefined;
  /** Whose copy it is. */
  readonly addressee?: string | undefined;
}

/** The bytes of a record: present schema version, sorted names. */
export function encodeRecord<T>(
  kind: RecordKind<T>,
  record: T,
  { salt, origin, addressee }: Wrapping = {},
): string {
  const fields = z.encode(kind.shape, record) as object;
  return canonicalJson({
    ...fields,
    schema: kind.upgrades.length + 1,
    ...(salt !== undefined && { salt }),
    ...(origin !== undefined && { origin }),
    ...(addressee !== undefined && { addressee }),
  });
}

const copyShape = z.object({ addressee: z.string().optional() });

/** Whose copy a stored record is; undefined for what the government keeps for itself. */
export function addresseeOf(stored: string): string | undefined {
  return copyShape.parse(JSON.parse(stored)).addressee;
}

/**
 * A kind of record; without upgrades it has one shape so far.
 *
 * @param letters with which its keys begin.
 */
export function recordKind<T>(
  name: string,
  letters: string,
  shape: z.ZodType<T>,
  upgrades: RecordKind<T>['upgrades'] = [],
): KeyedKind<T> {
  return { name, letters, shape, upgrades };
}

/** Who did something: enrolment ids are unique within an organisation. */
export const storedPerson = z.strictObject({ mspId: z.string(), id: z.string() });
