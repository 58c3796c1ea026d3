import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { commitmentOf } from '../rules/offer-commitment.js';
import { loadOffer, loadRequest } from './load.js';
import { offerView } from './records.js';
import { checkTerms } from '../rules/offer-terms.js';
import { changeOffer } from './write.js';

/**
 * After the request is closed the bidder shows what it committed itself to; from now on the enterprise reads it too.
 * Where the enterprise's gateway does not close, the bank may open once the deadline has surely passed.
 */
export const openOffer: Verb<'openOffer'> = async (call, { id, salt, terms }) => {
  const { work, caller, now } = call;
  const offer = await loadOffer(work, caller.mspId, id);
  if (commitmentOf(offer.request, caller.mspId, salt, terms) !== offer.commitment) {
    throw new LedgerError('OPENING_WRONG');
  }
  if (offer.state !== 'sealed') return offerView(offer);
  const request = await loadRequest(call, offer.request);
  if (request.state === 'open' && now < Date.parse(request.deadline) + clockToleranceMs) {
    throw new LedgerError('DEADLINE_AHEAD');
  }
  checkTerms(terms, request);
  return offerView(changeOffer(call, offer, { state: 'opened', terms }, request.owner));
};
