import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { claimVersions, transferOfferAt } from './records.js';

/**
 * What was last offered of a claim to a bank, or that the offer has ended. Most often it came with the latest version of
 * the claim; a claim may have changed since.
 *
 * @param to the bank to which it was offered.
 */
export async function latestOffer(work: UnitOfWork, to: string, id: string) {
  const line = await work.read(claimVersions.line.at(id));
  for (let seq = line?.seq ?? 0; seq > 0; seq--) {
    const offer = await work.read(transferOfferAt(to, id, seq));
    if (offer !== undefined) return offer;
  }
  return undefined;
}
