import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { reference } from '../acceptance/support/documents.js';
import type { KeyedRequest } from '../faults/careful-client.js';

/** Asks what is left of a document. */
export function verification(fact: FactInput, key: string): KeyedRequest {
  const particulars = { enterprise: { scheme: fact.seller.scheme, id: fact.seller.id }, total: fact.total };
  return { path: '/verifications', body: { document: reference(fact), particulars }, key };
}
