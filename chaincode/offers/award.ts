import type { Call } from '../ledger/call.js';
import type { Claim } from '../claims/records.js';
import { lapseOffers } from './lapse.js';
import { loadOffer } from './load.js';
import { type FinancingRequest, requestVersions } from './records.js';
import { changeOffer, changeRequest } from './write.js';

type TenderClaim = Pick<Claim, 'tender' | 'owner'>;
type Tender = NonNullable<Claim['tender']>;

/** A second person of the bank has confirmed the claim that won a tender: now the other offers lapse. */
export async function awardStands(call: Call, { tender, owner: bank }: TenderClaim): Promise<void> {
  if (tender === undefined) return;
  const request = await loadTender(call, tender);
  await lapseOffers(call, request, tender.offer);
  changeRequest(call, request, { state: 'accepted' }, bank);
}

/**
 * The bank does not go through with the claim that won a tender: its offer counts as let go, and as long as no second
 * person had confirmed the claim the enterprise may take another one.
 */
export async function awardFalls(call: Call, { tender, owner: bank }: TenderClaim): Promise<void> {
  if (tender === undefined) return;
  const offer = await loadOffer(call.work, bank, tender.offer);
  changeOffer(call, offer, { state: 'let-go' }, tender.owner);
  const request = await loadTender(call, tender);
  if (request.state === 'awarded') changeRequest(call, request, { state: 'closed', claim: undefined });
}

/** The request as the enterprise's portal holds it: with all the banks that were asked. */
async function loadTender({ work }: Call, { request: id, owner }: Tender): Promise<FinancingRequest> {
  const request = await requestVersions.latest(work, owner, id);
  if (request === undefined) throw new Error(`financing request ${id} is missing`);
  return request;
}
