import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import type { FactHead } from '../facts/records.js';
import { isSameFirm } from '../firms/firm-of.js';
import { assertBank } from '../members/banks.js';
import type { Call } from '../ledger/call.js';
import { createdBefore } from '../ledger/create-once.js';
import { findFirst } from '../ledger/find-first.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { dateOf, instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { digest, type Fingerprints } from '../rules/fingerprints.js';
import type { DocumentReference, PartyId } from '../schemas.js';
import { type Consent, consentIds, consentOfAt, consentVersions, consentView } from './records.js';

/**
 * An exporter lets a bank draw on one of its documents, or on all of them. A later one for the same takes the place of the
 * one before.
 *
 * @throws LedgerError BANK_INVALID, DATE_INVALID, FACT_NOT_FOUND.
 */
export const giveConsent: Verb<'giveConsent'> = async (call, input) => {
  const { work, caller, now } = call;
  const enterprise = ownEnterprise(caller);
  await assertBank(call, input.bank, 'bank');
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { bank, until, document, idempotencyKey } = input;
  const making = { idempotencyKey, request, enterprise: enterprise.id };
  const { id, known } = await createdBefore(call, keys, consentVersions, making);
  if (known !== undefined) return consentView(known);
  if (until !== undefined && until < dateOf(now)) throw new LedgerError('DATE_INVALID', { field: 'until' });
  const head = document && (await ownFact(call, keys, document, enterprise));
  const given: Consent = {
    id,
    state: 'given',
    seq: 1,
    owner: caller.mspId,
    bank,
    enterprise,
    ...(head && { document: { type: head.type, number: head.number }, fact: head.id }),
    until,
    createdAt: instantText(now),
    updatedAt: instantText(now),
    request,
  };
  const ids = consentIds(keys, { bank, account: enterprise.id, fact: head?.id });
  const { id: place } = await findFirst(work, ids, consentOfAt);
  work.write(consentOfAt(place), { consent: id });
  consentVersions.write(work, given, [given.owner, bank]);
  return consentView(given);
};

/** Of anybody else's document nothing is told, not even whether there is one. */
async function ownFact(
  { work }: Call,
  keys: Fingerprints,
  document: DocumentReference,
  enterprise: PartyId,
): Promise<FactHead> {
  const head = await findFact(work, keys, documentKey(document, enterprise, 'document.'));
  const isOwn = head && (await isSameFirm(work, keys, [head.holder, ...(head.holderIds ?? [])], enterprise));
  if (head === undefined || !isOwn) throw new LedgerError('FACT_NOT_FOUND', { field: 'document' });
  return head;
}
