import type { HistoryVersion, PartyId } from '../api.js';
import { authorisationVersions } from '../authorisations/records.js';
import { claimVersions } from '../claims/records.js';
import { consentVersions } from '../consents/records.js';
import { queryVersions } from '../credit/records.js';
import { debtVersions } from '../debts/records.js';
import { LedgerError } from '../errors.js';
import type { OwnThing } from '../events.js';
import { factLine, factVersionAt, toldStepVersions } from '../facts/records.js';
import { indemnityVersions } from '../insurance/indemnities/records.js';
import { assignmentVersions } from '../insurance/records.js';
import type { Address } from '../ledger/addresses.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import type { PublicLine } from '../ledger/versions.js';
import { mandateVersions } from '../loans/mandates/records.js';
import { loanVersions } from '../loans/records.js';
import { objectionVersions } from '../objections/records.js';
import { offerVersions, requestVersions } from '../offers/records.js';
import { checkLine, offshoreCheckAt, offshoreQuestionAt } from '../offshore/records.js';
import { markConsentVersions } from '../payments/marks/records.js';
import { paymentVersions } from '../payments/records.js';
import { governmentMsps } from '../permissions.js';
import { accountText } from '../rules/accounts.js';
import { reconciliationVersions } from '../reconciliations/records.js';
import { correctionVersions } from '../take-on/records.js';
import { timeline } from './timeline.js';

/** Where the versions of a thing lie that a holder has. */
interface Kept {
  readonly line: PublicLine;
  at(holder: string, id: string, seq: number): Address<unknown>;
}

const kept: Readonly<Record<Exclude<OwnThing, 'fact'>, Kept>> = {
  claim: claimVersions,
  payment: paymentVersions,
  authorisation: authorisationVersions,
  query: queryVersions,
  request: requestVersions,
  offer: offerVersions,
  check: {
    line: checkLine,
    at: (holder, id, seq) => (seq === 1 ? offshoreQuestionAt(holder, id) : offshoreCheckAt(holder, id)),
  },
  loan: loanVersions,
  mandate: mandateVersions,
  assignment: assignmentVersions,
  indemnity: indemnityVersions,
  objection: objectionVersions,
  consent: consentVersions,
  correction: correctionVersions,
  debt: debtVersions,
  'mark-consent': markConsentVersions,
  reconciliation: reconciliationVersions,
  step: toldStepVersions,
};

const government: readonly string[] = governmentMsps;

/**
 * Every version of something that the caller's organisation holds, with the hash that all peers have: what it takes away
 * when it leaves. Of the portal's, somebody who acts for an enterprise gets that enterprise's.
 *
 * @throws LedgerError RECORD_NOT_FOUND, also for what others hold.
 */
export const readOwnHistory: Verb<'readOwnHistory'> = async (call, { of, id }) => {
  const versions = await versionsOf(call, of, id);
  const latest = versions.findLast(({ stored }) => stored !== undefined)?.stored;
  if (latest === undefined || !(await isOwn(call, of, latest)))
    throw new LedgerError('RECORD_NOT_FOUND', { field: 'id' });
  return { id, versions };
};

function versionsOf(call: Call, of: OwnThing, id: string): Promise<HistoryVersion[]> {
  const { mspId } = call.caller;
  if (of === 'fact') return timeline(call, factLine.at(id).key, (seq) => factVersionAt(id, seq));
  const versions = kept[of];
  // A government organisation that objects has the whole record, in the registry.
  const isGovernment = government.includes(mspId);
  if (isGovernment && of !== 'objection') return Promise.resolve([]);
  return timeline(call, versions.line.at(id).key, (seq) =>
    isGovernment ? objectionVersions.wholeAt(id, seq) : versions.at(mspId, id, seq),
  );
}

interface Stored {
  readonly authority?: string;
  readonly objector?: string;
  readonly enterprise?: PartyId;
  readonly debtor?: PartyId;
  readonly payer?: PartyId;
  readonly content?: { readonly seller: PartyId };
  readonly request?: string;
}

/** Whether a record is the caller's: a document its authority's, everything else whose copy it is. */
async function isOwn({ work, caller }: Call, of: OwnThing, stored: string): Promise<boolean> {
  const record = JSON.parse(stored) as Stored;
  const { mspId, kind, uscc } = caller;
  // An exporter's own is also what authorities have recorded of it.
  const seller = record.content?.seller;
  const isSeller = kind === 'enterprise' && seller !== undefined && accountText(seller) === uscc;
  if (of === 'fact' && record.authority !== mspId && !isSeller) return false;
  if (of === 'objection' && government.includes(mspId)) return record.objector === mspId;
  if (kind !== 'enterprise' || uscc === undefined) return true;
  if (of === 'offer') {
    const request = await requestVersions.latest(work, mspId, record.request ?? '');
    return request?.enterprise.id === uscc;
  }
  const whose = record.content?.seller ?? record.enterprise ?? record.debtor ?? record.payer;
  return whose !== undefined && accountText(whose) === uscc;
}
