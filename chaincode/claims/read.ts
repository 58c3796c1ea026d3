import { LedgerError } from '../errors.js';
import type { Verb } from '../ledger/verb.js';
import { latestOffer } from './latest-offer.js';
import { claimVersions } from './records.js';
import { ownerMeant } from './load.js';
import { claimView } from './view.js';

/** A claim, for its owner, the regulator, and a bank to which it is on offer. */
export const readClaim: Verb<'readClaim'> = async (call, { id, owner }) => {
  const { work } = call;
  const line = await work.read(claimVersions.line.at(id));
  if (line === undefined) throw new LedgerError('CLAIM_NOT_FOUND', { field: 'id' });
  const meant = await ownerMeant(call, owner);
  const claim = await work.read(claimVersions.at(meant, id, line.seq));
  if (claim !== undefined) return claimView(claim);
  const offer = await latestOffer(work, meant, id);
  if (offer?.open !== true || offer.terms === undefined)
    throw new LedgerError('CLAIM_NOT_FOUND', { field: 'id' });
  return claimView(offer.terms);
};
