import { transferOffer } from '@pledgeonce/chaincode/claims/records.js';
import { claimView } from '@pledgeonce/chaincode/claims/view.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import type { ViewRow } from './view-table.js';

/** What a bank keeps of a claim that is offered to it: the terms while it is open, then only that there was one. */
export function transferOfferRow(stored: string, key: string): ViewRow {
  const { claim: id, from, open, terms } = decodeRecord(transferOffer, stored);
  const seq = Number(readKey(key).version);
  if (!open || terms === undefined) return { id, state: 'over', seq, bank: from, view: {} };
  return { id, state: 'open', seq, bank: from, enterprise: terms.enterprise.id, view: claimView(terms) };
}
