import type { Answer } from '@pledgeonce/scripts/rest/client.js';
import { at } from '@pledgeonce/scripts/rest/json.js';
import type { BlockReader } from './block-reader.js';

/** What the gateways do by themselves after a key was rotated, for as long as there are entries under the old one. */
const byThemselves = ['rekeyEntries', 'retireFingerprintKeys'];

/** Every write that the chain has accepted since a block because somebody asked for it. */
export async function writesSince(reader: BlockReader, from: bigint): Promise<number> {
  const transactions = await reader.transactions(from);
  return transactions
    .filter(({ isValid, called }) => isValid && !byThemselves.some((name) => called.endsWith(name)))
    .reduce((sum, { writes, privateWrites }) => sum + writes.size + privateWrites.length, 0);
}

/** A refusal as a client must be able to rely on it: status, stable code, a sentence, the field, nothing written. */
export async function expectRefused(
  reader: BlockReader,
  attempt: () => Promise<Answer>,
  expected: { readonly status: number; readonly code: string; readonly field?: string | RegExp },
): Promise<void> {
  const before = await reader.height();
  const { status, headers, body } = await attempt();
  expect({ status, code: at(body, 'code') }).toEqual({ status: expected.status, code: expected.code });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(at(body, 'detail')).toMatch(/^\S.{10,}[.?!]$/s);
  expect(at(body, 'status')).toBe(expected.status);
  if (expected.field !== undefined) expect(at(body, 'field')).toMatch(expected.field);
  expect(await writesSince(reader, before)).toBe(0);
}
