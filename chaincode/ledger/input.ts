import type { z } from 'zod';
import { limits, transientFields } from '../api.js';
import { LedgerError } from '../errors.js';
import { describeIssue } from '../rules/describe-issue.js';
import { mspId } from '../schemas.js';

/** Transient fields of a proposal: confidential input that never becomes part of a block. */
export type Transient = ReadonlyMap<string, Uint8Array>;

/**
 * Reads the input of a call.
 *
 * @throws LedgerError INPUT_MISSING, INPUT_TOO_LARGE or INPUT_INVALID.
 */
export function readInput<T>(transient: Transient, schema: z.ZodType<T>): T {
  const bytes = transient.get(transientFields.input);
  if (bytes === undefined) throw new LedgerError('INPUT_MISSING');
  if (bytes.length > limits.inputBytes) throw new LedgerError('INPUT_TOO_LARGE');
  let raw: unknown;
  try {
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new LedgerError('INPUT_INVALID', { detail: 'The request is not JSON in UTF-8.' });
  }
  return parseWith(schema, raw);
}

/**
 * The key under which the caller wants the answer sealed.
 *
 * @throws LedgerError INPUT_INVALID when it is not of 32 bytes.
 */
export function readResponseKey(transient: Transient): Uint8Array | undefined {
  const key = transient.get(transientFields.responseKey);
  if (key !== undefined && key.length !== 32) {
    throw new LedgerError('INPUT_INVALID', { field: transientFields.responseKey });
  }
  return key;
}

/**
 * The removed member in whose place the caller acts; undefined for whoever acts for themselves.
 *
 * @throws LedgerError INPUT_INVALID when it is no id of a member.
 */
export function readInPlaceOf(transient: Transient): string | undefined {
  const bytes = transient.get(transientFields.inPlaceOf);
  if (bytes === undefined) return undefined;
  const named = mspId.safeParse(new TextDecoder().decode(bytes));
  if (!named.success) throw new LedgerError('INPUT_INVALID', { field: transientFields.inPlaceOf });
  return named.data;
}

/**
 * Checks one value against its schema.
 *
 * @throws LedgerError INPUT_INVALID with the first field that is wrong, in the order of the schema.
 */
export function parseWith<T>(schema: z.ZodType<T>, raw: unknown): T {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new LedgerError('INPUT_INVALID');
  throw new LedgerError('INPUT_INVALID', describeIssue(issue));
}
