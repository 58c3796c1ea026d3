import { LedgerError } from '../errors.js';
import { actsFor } from '../facts/authority.js';
import type { Verb } from '../ledger/verb.js';
import { nextVersion } from '../ledger/versions.js';
import { consentVersions, consentView } from './records.js';

/** The exporter takes a consent back, from the next reservation on; what is drawn stays drawn. Again, it changes nothing. */
export const withdrawConsent: Verb<'withdrawConsent'> = async (call, { id }) => {
  const { work, caller } = call;
  const given = await consentVersions.latest(work, caller.mspId, id);
  if (given === undefined || !actsFor(caller, given.enterprise)) {
    throw new LedgerError('CONSENT_NOT_FOUND', { field: 'id' });
  }
  if (given.state === 'withdrawn') return consentView(given);
  const next = nextVersion(call, given, { state: 'withdrawn' });
  consentVersions.write(work, next, [next.owner, next.bank]);
  return consentView(next);
};
