import { ownEnterprise } from '../../authorisations/own-enterprise.js';
import { catalogue } from '../../catalogue.js';
import { LedgerError } from '../../errors.js';
import { findFact } from '../../facts/find.js';
import { latestContent } from '../../facts/latest.js';
import { fingerprints } from '../../ledger/key-ring.js';
import type { Verb } from '../../ledger/verb.js';
import { instantText } from '../../rules/dates.js';
import { documentKey } from '../../rules/document-keys.js';
import { canonicalParty, names } from '../../rules/parties.js';
import { consentText, partiesOf } from './payer.js';
import { markConsentAt, markConsentVersions } from './records.js';

/**
 * An enterprise that a paper of transport names lets another one pay on it, as when goods afloat are sold on. Doing it
 * again changes nothing but the day.
 */
export const consentToMark: Verb<'consentToMark'> = async ({ work, caller, now }, { document, payer }) => {
  const enterprise = ownEnterprise(caller);
  const keys = await fingerprints(work);
  const meant = canonicalParty(payer, 'payer');
  const head = await findFact(work, keys, documentKey(document, enterprise, 'document.'));
  const content = head && (await latestContent(work, head));
  // Whose goods a paper is about is nobody else's business.
  const isNamed = content !== undefined && partiesOf(content).some((party) => names(party, enterprise));
  if (head === undefined || !isNamed || !catalogue[head.type].drawnAs.includes('mark')) {
    throw new LedgerError('FACT_NOT_FOUND', { field: 'document' });
  }
  if (head.status === 'cancelled') throw new LedgerError('FACT_CANCELLED', { field: 'document' });
  const at = instantText(now);
  const [id] = keys.candidates('mark-consent', consentText(head.id, meant));
  work.write(markConsentAt(id), { fact: head.id, payer: meant, by: enterprise, person: caller.person, at });
  const line = await work.read(markConsentVersions.line.at(id));
  const before = line && (await work.read(markConsentVersions.at(caller.mspId, id, line.seq)));
  const given = {
    id,
    state: 'given' as const,
    seq: (line?.seq ?? 0) + 1,
    enterprise,
    document: { type: head.type, number: head.number },
    payer: meant,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  markConsentVersions.write(work, given, [caller.mspId]);
  return { fact: head.id, payer: meant, at };
};
