import type { FactInput } from '@pledgeonce/chaincode/api.js';
import { signIn } from '@pledgeonce/scripts/rest/client.js';
import { consortium } from '../acceptance/support/consortium.js';
import { declaration, record, usd } from '../acceptance/support/documents.js';

/** Claims of 100.00 that one document carries; 50.00 is left, which no claim fits into. */
export const claimsPerDocument = 3;
export const claimAmount = usd('100.00');

/** What is left of a document after so many claims. */
export function remainingAfter(claims: number) {
  return usd(`${(claimsPerDocument - claims) * 100 + 50}.00`);
}

/** Records documents that the load then claims on. */
export async function recordDocuments(count: number): Promise<readonly FactInput[]> {
  return declarations(count, remainingAfter(0).amount);
}

/** Records declarations of so many dollars each. */
export async function declarations(count: number, total: string): Promise<readonly FactInput[]> {
  const customs = await signIn(consortium(), 'CustomsMSP', 'officer');
  const facts = Array.from({ length: count }, () => declaration({ total: usd(total) }));
  for (let start = 0; start < facts.length; start += 100) {
    await Promise.all(facts.slice(start, start + 100).map((fact) => record(customs, fact)));
  }
  return facts;
}
