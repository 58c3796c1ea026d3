import type { Call } from '../ledger/call.js';
import { findOffer } from './load.js';
import type { FinancingRequest, Offer } from './records.js';
import { changeOffer } from './write.js';

/** Ends every offer on a request that is still in play, but the one that was accepted. */
export async function lapseOffers(call: Call, { id, banks, owner }: FinancingRequest, accepted?: string) {
  const found = await Promise.all(banks.map((bank) => findOffer(call, id, bank)));
  for (const { offer } of found) {
    if (offer === undefined || offer.id === accepted || isOver(offer)) continue;
    changeOffer(call, offer, { state: 'lapsed' }, owner);
  }
}

function isOver({ state }: Offer): boolean {
  return state === 'lapsed' || state === 'let-go';
}
