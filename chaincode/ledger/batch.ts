import { type ItemError, LedgerError, type LineError } from '../errors.js';
import type { UnitOfWork } from './unit-of-work.js';

/** What a batch answers for an item that it refuses. */
export interface ItemRefusal extends Omit<ItemError, 'lines'> {
  readonly status: 'refused';
  readonly lines?: LineError[];
}

/**
 * Carries out the items of a batch one after the other; each sees what the ones before it did.
 *
 * @returns a verdict per item, in order.
 * @throws LedgerError when every item is refused, because then there is nothing to commit: the item's own refusal if
 *   there is only one, else BATCH_REFUSED with all of them.
 */
export async function eachItem<I, A>(
  work: UnitOfWork,
  items: readonly I[],
  one: (item: I, index: number) => Promise<A>,
): Promise<(A | ItemRefusal)[]> {
  const verdicts: (A | ItemRefusal)[] = [];
  const refused: LedgerError[] = [];
  for (const [index, item] of items.entries()) {
    const verdict = await work.attempt(() => one(item, index));
    if (verdict instanceof LedgerError) refused.push(verdict);
    verdicts.push(verdict instanceof LedgerError ? refusal(index, verdict) : verdict);
  }
  const [only] = refused;
  if (only === undefined || refused.length < items.length) return verdicts;
  if (items.length === 1) throw only;
  throw new LedgerError('BATCH_REFUSED', { items: refused.map((error, index) => itemError(index, error)) });
}

function itemError(index: number, { code, body }: LedgerError): Omit<ItemRefusal, 'status'> {
  const { detail, field, lines } = body;
  return { index, code, detail, ...(field !== undefined && { field }), ...(lines && { lines: [...lines] }) };
}

function refusal(index: number, error: LedgerError): ItemRefusal {
  return { status: 'refused', ...itemError(index, error) };
}
