import type { PreparedLine } from '../draws/prepare.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Call } from '../ledger/call.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { formatMoney, parseMoney } from '../rules/money.js';
import type { Preview, TakeOnLine } from './api.js';
import type { PreparedLoan } from './prepare.js';

type Document = Preview['documents'][number];

/** What the book says of the paper beside its number. */
export type Stated = Pick<TakeOnLine['lines'][number], 'total' | 'date'>;

/** The lines of a book say of which paper they are, the collateral of goods does not. */
export function statedOf(line: TakeOnLine, { list, index }: Pick<PreparedLine, 'list' | 'index'>): Stated {
  return (list === 'collateral' ? undefined : line[list]?.[index]) ?? {};
}

/**
 * Whether a document is on record as the book says. Of somebody else's it tells no more than a verification does: that the
 * enterprise is another.
 */
export async function compareDocument(
  { work }: Pick<Call, 'work'>,
  keys: Fingerprints,
  { enterprise }: PreparedLoan,
  { list, index: line, key }: PreparedLine,
  stated: Stated,
): Promise<Document> {
  const head = await findFact(work, keys, key);
  if (head === undefined) return { list, line, result: 'not-found', mismatches: [] };
  const isOwn = await isSameFirm(work, keys, [head.holder, ...(head.holderIds ?? [])], enterprise);
  const content = await latestContent(work, head);
  const total = stated.total && parseMoney(stated.total, `${list}.${line}.total`);
  const isSameCurrency = total === undefined || content.total?.currency === total.currency;
  const isSameTotal =
    total === undefined || content.total?.amount === formatMoney(total.minor, total.currency).amount;
  const mismatches: Document['mismatches'] = [
    ...(isOwn ? [] : ['enterprise' as const]),
    ...(isSameCurrency ? [] : ['currency' as const]),
    ...(!isSameCurrency || isSameTotal ? [] : ['total' as const]),
    ...(stated.date === undefined || stated.date === content.date ? [] : ['date' as const]),
  ];
  // That it was taken back is for who knows what it said.
  const isTakenBack = head.status === 'cancelled' || head.status === 'replaced';
  if (mismatches.length === 0 && isTakenBack && total !== undefined) mismatches.push('status');
  return { list, line, result: mismatches.length > 0 ? 'mismatch' : 'found', mismatches };
}
