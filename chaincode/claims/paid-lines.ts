import type { Input } from '../api.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { useIndemnity } from '../insurance/indemnities/use.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Claim } from './records.js';
import { documentKey, mayBeOne } from '../rules/document-keys.js';
import type { MinorMoney } from '../rules/money.js';

type Line = Claim['lines'][number];

/** A payment on a claim: how much, where it came from, and which of its documents was paid. */
export type RepaymentInput = Pick<Input<'repayClaim'>, 'amount' | 'document' | 'indemnity'> & {
  readonly source: Input<'repayClaim'>['source'] | 'repurchase';
};

/** What of a repayment says which receivables were paid. */
interface Payment extends Omit<RepaymentInput, 'amount'> {
  readonly money: MinorMoney;
}

/**
 * The receivables that a repayment is for. A debtor pays one invoice: where a claim has several, proceeds have to name it.
 * An indemnity is for those that its limit covers. Other money may name one, or goes to the receivables in their order.
 *
 * @returns undefined for all of them.
 * @throws LedgerError DOCUMENT_REQUIRED, DOCUMENT_NOT_CLAIMED, or why the indemnity cannot be quoted.
 */
export async function paidLines(
  call: Call,
  claim: Claim,
  { source, document, indemnity, money }: Payment,
): Promise<readonly Line[] | undefined> {
  const receivables = claim.lines.filter(({ role }) => role === 'receivable');
  const covered = indemnity === undefined ? undefined : await coveredBy(call, claim, indemnity, money);
  if (document !== undefined) {
    return linesNamed(call, claim, document, covered ?? receivables);
  }
  if (covered !== undefined || source !== 'proceeds') return covered;
  if (receivables.length > 1) throw new LedgerError('DOCUMENT_REQUIRED', { field: 'document' });
  return receivables.length === 1 ? receivables : undefined;
}

/**
 * Those of the lines that are on this document.
 *
 * @throws LedgerError DOCUMENT_NOT_CLAIMED where none is.
 */
export async function linesNamed(
  call: Call,
  claim: Claim,
  document: Line['document'],
  among: readonly Line[],
  field = 'document',
): Promise<readonly Line[]> {
  const named = await factNamed(call, claim, document);
  const found = among.filter(({ fact, through, awaited, document: own }) =>
    awaited ? isNamed(claim, own, document) : named !== undefined && [fact, through].includes(named),
  );
  if (found.length === 0) throw new LedgerError('DOCUMENT_NOT_CLAIMED', { field });
  return found;
}

/** Uses the indemnity. @returns the receivables that the limit covers for which it was paid. */
async function coveredBy(
  call: Call,
  claim: Claim,
  indemnity: string,
  money: MinorMoney,
): Promise<readonly Line[]> {
  const { limit } = await useIndemnity(call, claim, indemnity, money);
  const cover = claim.lines.find(({ role, fact }) => role === 'cover' && fact === limit);
  const covered = new Set(cover?.covers?.map(({ fact }) => fact));
  return claim.lines.filter(({ role, fact }) => role === 'receivable' && covered.has(fact));
}

/** A document that is not on record yet is known by its hard key alone. */
function isNamed({ enterprise }: Claim, own: Line['document'], named: Line['document']): boolean {
  return mayBeOne(documentKey(own, enterprise, 'document.'), documentKey(named, enterprise, 'document.'));
}

async function factNamed(
  { work }: Call,
  { enterprise }: Claim,
  document: NonNullable<Payment['document']>,
): Promise<string | undefined> {
  const key = documentKey(document, enterprise, 'document.');
  return (await findFact(work, await fingerprints(work), key))?.id;
}
