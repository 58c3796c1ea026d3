import { type Call, namesOf } from '../ledger/call.js';
import type { FactHead } from './records.js';
import { dateOf, dateOfDay, dayNumber } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';

/** Days for which a verification is remembered. */
const proofDays = 30;

/** A version of a document that somebody verifies. */
export type Verified = Pick<FactHead, 'id' | 'version'>;

/** Whose verification it is, and when. */
interface Asker {
  readonly caller: Pick<Call['caller'], 'mspId' | 'names'>;
  readonly now: number;
}

/**
 * What a verification hands out beside its answer: that this organisation has verified this version of a document on this
 * day. Nobody but the registry can make it, so nothing has to be written where nothing is claimed.
 */
export function proofOf({ caller, now }: Asker, keys: Fingerprints, fact: Verified): string {
  return keys.candidates('verified', textOf(caller.mspId, fact, dateOf(now)))[0];
}

/** Whether the caller's organisation has verified what the document says now, by the proofs that it brings. */
export function isVerified(
  { caller, now }: Asker,
  keys: Fingerprints,
  fact: Verified,
  proofs: readonly string[],
): boolean {
  if (proofs.length === 0) return false;
  const brought = new Set(proofs);
  // It is tomorrow already somewhere.
  const days = Array.from({ length: proofDays + 2 }, (_, ago) => dateOfDay(dayNumber(dateOf(now)) + 1 - ago));
  // Who goes on with what it has inherited has verified in its own name.
  return namesOf(caller).some((name) =>
    days.some((day) =>
      keys.candidates('verified', textOf(name, fact, day)).some((proof) => brought.has(proof)),
    ),
  );
}

function textOf(mspId: string, { id, version }: Verified, day: string): string {
  return [mspId, id, String(version), day].join('\n');
}
