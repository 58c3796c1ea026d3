import type { DocumentReference, RepaymentSource } from '../api.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { type Call, fingerprints } from '../ledger/call.js';
import type { Claim } from '../ledger/kinds.js';
import { documentKey } from '../rules/document-keys.js';

type Line = Claim['lines'][number];

/**
 * The receivable that a repayment is for. A debtor pays one invoice: where a claim has several, proceeds have to name it.
 * Other money may name one, or goes to the receivables in their order.
 *
 * @throws LedgerError DOCUMENT_REQUIRED or DOCUMENT_NOT_CLAIMED.
 */
export async function paidLine(
  { work }: Pick<Call, 'work'>,
  { lines, enterprise }: Pick<Claim, 'lines' | 'enterprise'>,
  source: RepaymentSource,
  document: DocumentReference | undefined,
): Promise<Line | undefined> {
  const receivables = lines.filter(({ role }) => role === 'receivable');
  if (document === undefined) {
    if (source !== 'proceeds') return undefined;
    if (receivables.length > 1) throw new LedgerError('DOCUMENT_REQUIRED', { field: 'document' });
    return receivables[0];
  }
  const key = documentKey(document, enterprise, 'document.');
  const head = await findFact(work, await fingerprints(work), key);
  const paid = head && receivables.find(({ fact }) => fact === head.id);
  if (paid === undefined) throw new LedgerError('DOCUMENT_NOT_CLAIMED', { field: 'document' });
  return paid;
}
