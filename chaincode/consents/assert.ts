import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { idsOf } from '../firms/firm-of.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { policyInForce } from '../registry/policy.js';
import { dateOf } from '../rules/dates.js';
import type { DocumentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import type { PartyId } from '../schemas.js';
import { consentIds, consentOfAt, consentVersions } from './records.js';

/** What a bank is about to draw on, and whose it is. */
interface Drawing {
  readonly enterprise: PartyId;
  readonly documents: readonly DocumentKey[];
}

/**
 * Where the consortium wants the exporter's consent before the caller's bank reserves, there has to be one: for the bank,
 * or for each of the documents. Looked at before anything else, so that it is refused in the same words whatever is on
 * record.
 *
 * @throws LedgerError CONSENT_MISSING.
 */
export async function assertConsent(call: Call, keys: Fingerprints, asked: Drawing): Promise<void> {
  const { work, caller } = call;
  const { consent } = await policyInForce(call);
  const wanted = consent[caller.mspId] ?? consent['bank'];
  if (wanted === undefined || wanted === 'none') return;
  const { enterprise } = asked;
  const accounts = [enterprise, ...(await idsOf(work, keys, enterprise))].map(({ id }) => id);
  if (wanted === 'bank' && (await isGiven(call, keys, accounts))) return;
  for (const key of asked.documents) {
    const head = await findFact(work, keys, key);
    if (head === undefined || !(await isGiven(call, keys, accounts, head.id))) {
      throw new LedgerError('CONSENT_MISSING', { field: 'enterprise' });
    }
  }
}

/** Whether one of a firm's accounts has given the consent, and it still holds. */
async function isGiven(
  call: Call,
  keys: Fingerprints,
  accounts: readonly string[],
  fact?: string,
): Promise<boolean> {
  const { work, caller, now } = call;
  for (const account of new Set(accounts)) {
    const ids = consentIds(keys, { bank: caller.mspId, account, fact });
    const { record } = await findFirst(work, ids, consentOfAt);
    const given = record && (await consentVersions.latest(work, caller.mspId, record.consent));
    if (given?.state === 'given' && (given.until === undefined || dateOf(now) <= given.until)) return true;
  }
  return false;
}
