import type { Money } from '../api.js';
import { clockToleranceMs } from '../clock.js';
import { findFact } from '../facts/find.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import { currenciesOf, remaining } from '../rules/balances.js';
import { documentKey } from '../rules/document-keys.js';
import { formatMoney } from '../rules/money.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import type { Loan } from './records.js';

/**
 * What can still be lent on a document when all claims on it together may come to a share of what it states: not a share
 * of what the loans before have left.
 *
 * @param share in whole per cent.
 * @returns undefined where the document is unknown or its balance cannot be told.
 */
export async function lendable(
  { work, now }: Pick<Call, 'work' | 'now'>,
  { enterprise }: Pick<Loan, 'enterprise'>,
  { document }: Loan['lines'][number],
  share: bigint,
): Promise<Money | undefined> {
  const keys = await fingerprints(work);
  const head = await findFact(work, keys, documentKey(document, enterprise, 'document.'));
  if (head === undefined) return undefined;
  const trade = withoutLapsed(await loadUnderlying(work, head.underlying), now, clockToleranceMs);
  const row = trade.rows.find(({ fact }) => fact === head.id);
  const left = row && remaining(trade, row, await ratesOf(work, currenciesOf(trade)), share);
  return left === undefined ? undefined : formatMoney(left > 0n ? left : 0n, head.currency);
}
