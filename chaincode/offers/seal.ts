import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { findOffer, loadRequest } from './load.js';
import { type Offer, offerView } from './records.js';
import { changeOffer, storeOffer } from './write.js';

/**
 * A bank commits itself to an offer without showing it: nothing but a salted hash reaches any node, its own and the
 * government's included. Until the request is closed a new commitment replaces the one before.
 */
export const sealOffer: Verb<'sealOffer'> = async (call, { request: requestId, commitment }) => {
  const { caller, now } = call;
  const request = await loadRequest(call, requestId, 'request');
  const { id, offer: known } = await findOffer(call, request.id, caller.mspId);
  if (known?.commitment === commitment) return offerView(known);
  if (request.state !== 'open' || now > Date.parse(request.deadline)) throw new LedgerError('REQUEST_OVER');
  if (known !== undefined) {
    return offerView(changeOffer(call, known, { commitment, sealedBy: caller.person }, request.owner));
  }
  const offer: Offer = {
    id,
    state: 'sealed',
    seq: 1,
    request: request.id,
    bank: caller.mspId,
    commitment,
    sealedBy: caller.person,
    createdAt: instantText(now),
    updatedAt: instantText(now),
  };
  storeOffer(call, offer, request.owner);
  return offerView(offer);
};
