import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { assertBank } from '../members/banks.js';
import { createdBefore } from '../ledger/create-once.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { canonicalJson } from '../rules/canonical-json.js';
import { instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { digest } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { type Assignment, assignmentVersions, assignmentView } from './records.js';
import { storeAssignment } from './write.js';

/** An exporter asks its insurer to pay a bank what becomes due under one of its buyer limits. */
export const proposeAssignment: Verb<'proposeAssignment'> = async (call, input) => {
  const { work, caller, now } = call;
  const enterprise = ownEnterprise(caller);
  await assertBank(call, input.bank, 'bank');
  const { insurer, limit: number } = input;
  const issuer = insurer === undefined ? undefined : { scheme: 'MSP' as const, id: insurer };
  const key = documentKey({ type: 'buyer-limit', number, issuer }, enterprise, '');
  const keys = await fingerprints(work);
  const request = digest(canonicalJson(input));
  const { id, known } = await createdBefore(call, keys, assignmentVersions, {
    idempotencyKey: input.idempotencyKey,
    request,
    enterprise: enterprise.id,
  });
  if (known !== undefined) return assignmentView(known);

  const head = await findFact(work, keys, key, 'insurer');
  // Whose limits an insurer has granted is nobody else's business.
  if (head === undefined || partyText(head.holder) !== partyText(enterprise)) {
    throw new LedgerError('FACT_NOT_FOUND', { field: 'limit' });
  }
  if (head.status === 'cancelled') throw new LedgerError('FACT_CANCELLED', { field: 'limit' });
  const { limit, buyer } = await latestContent(work, head);
  if (limit === undefined || buyer === undefined) throw new Error(`limit ${head.id} names no buyer`);
  const assignment: Assignment = {
    id,
    state: 'proposed',
    seq: 1,
    owner: caller.mspId,
    enterprise,
    insurer: head.authority,
    bank: input.bank,
    policy: limit.policy,
    buyer: { scheme: buyer.scheme, id: buyer.id },
    limit: head.number,
    createdAt: instantText(now),
    updatedAt: instantText(now),
    fact: head.id,
    request,
  };
  storeAssignment(call, assignment);
  return assignmentView(assignment);
};
