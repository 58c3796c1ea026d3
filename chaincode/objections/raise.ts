import { ownEnterprise } from '../authorisations/own-enterprise.js';
import { clockToleranceMs } from '../clock.js';
import { drawnBefore, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { accountOfFirm } from '../firms/account.js';
import { isOwnName } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { canonicalParty } from '../rules/parties.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { isConcerned } from './concerned.js';
import { type Objection, objectionVersions } from './records.js';
import { loadObjection, viewFor, writeObjection } from './write.js';

/**
 * A party to a trade says that a document of it, or what is drawn on it, is not right: its exporter, a bank that holds or
 * seeks a claim on it, whoever recorded one of its documents, or an insurer under whose cover it falls. The banks that hold
 * claims are told, and answer. Nothing changes before the regulator decides; and to anybody else there is no such document.
 *
 * @throws LedgerError FACT_NOT_FOUND, OTHER_ENTERPRISE.
 */
export const raiseObjection: Verb<'raiseObjection'> = async (call, raw) => {
  // A verification made meanwhile makes no other request.
  const { verified = [], ...input } = raw;
  const { work, caller, now } = call;
  const keys = await fingerprints(work);
  const request = requestOf('raiseObjection', input);
  const { whole } = objectionVersions;
  const { id, known } = await drawnBefore(call, keys, whole, input.idempotencyKey, request);
  // The portal's people act for one enterprise each.
  if (known !== undefined) return viewFor(call, await loadObjection(call, id));
  const enterprise = canonicalParty(input.enterprise, 'enterprise');
  const head = await findFact(work, keys, documentKey(input.document, enterprise, 'document.'));
  const trade = head && withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  const { kind } = caller;
  if (
    head === undefined ||
    trade === undefined ||
    kind === 'regulator' ||
    !(await isConcerned(call, keys, { head, trade, enterprise, verified, cover: input.cover }))
  ) {
    throw new LedgerError('FACT_NOT_FOUND', { field: 'document' });
  }
  const account =
    kind === 'enterprise'
      ? caller.uscc
      : await accountOfFirm(work, keys, [enterprise, head.holder, ...(head.holderIds ?? [])]);
  const claims = trade.draws.filter((draw) => draw.kind === undefined && !isOwnName(caller, draw.owner));
  const raised: Objection = {
    id,
    state: 'open',
    seq: 1,
    document: { type: head.type, number: head.number },
    raisedBy: kind,
    objector: caller.mspId,
    // The portal shows it to the people of this enterprise.
    enterprise: kind === 'enterprise' ? ownEnterprise(caller) : enterprise,
    account,
    reason: input.reason,
    evidence: input.evidence,
    holders: [...new Set(claims.map(({ owner }) => owner))].sort(),
    answers: [],
    createdAt: instantText(now),
    updatedAt: instantText(now),
    fact: head.id,
    authority: head.authority,
    by: { mspId: caller.mspId, id: caller.person },
    requests: [request],
  };
  const concerned = [...new Set(claims.map(({ drawnBy }) => drawnBy))];
  if (concerned.length > 0) work.alert({ alert: 'objection-raised', claims: concerned });
  writeObjection(call, raised);
  return viewFor(call, raised);
};
