import { catalogue } from '../catalogue.js';
import { type Call, namesOf } from '../ledger/call.js';
import type { FactHead } from '../facts/records.js';
import type { Underlying } from '../underlyings/records.js';
import { type BalanceRow, currenciesOf, overdrawnFacts } from '../rules/balances.js';
import { isMarked, type Marking } from '../rules/marks.js';
import { ratesOf } from '../underlyings/rates.js';
import { referenceOf } from '../rules/document-keys.js';
import { LineRefusal } from './line-refusal.js';
import type { PreparedLine } from './prepare.js';
import type { DrawnLine } from './records.js';

/**
 * Whether a payment may mark the document. It is asked neither for its holder, because whoever trades offshore holds
 * papers that others have issued to others, nor for its currency, because a bill without freight moves goods all the same.
 *
 * @throws LineRefusal when it is not recorded, cancelled, or of a type that no payment marks.
 */
export function assertMarkable(head: FactHead | undefined, { role }: PreparedLine): FactHead {
  if (head === undefined) throw new LineRefusal('FACT_NOT_FOUND');
  if (!catalogue[head.type].drawnAs.includes(role)) throw new LineRefusal('WRONG_DOCUMENT');
  if (head.status === 'cancelled') throw new LineRefusal('FACT_CANCELLED');
  return head;
}

/**
 * A line that marks its document: nothing of a balance is used. Several papers of the same goods may back one payment,
 * so what the payment itself has marked does not stand in its way, nor what an instalment before it has.
 *
 * An overdrawn trade refuses a mark as it refuses a claim. Its papers were taken back, or turned out to tell the same
 * goods twice; until people have settled that, nobody pays for goods that may not exist: money sent abroad does not
 * come back as a balance does.
 */
export async function markLine(
  { work, caller }: Call,
  trade: Underlying,
  row: BalanceRow,
  { role, key, minor, currency }: PreparedLine,
  payment: Marking,
): Promise<DrawnLine> {
  const rates = await ratesOf(work, currenciesOf(trade));
  if (overdrawnFacts(trade, rates).length > 0) throw new LineRefusal('UNDERLYING_OVERDRAWN');
  if (isMarked(trade, row, { ...payment, names: namesOf(caller) })) throw new LineRefusal('ALREADY_MARKED');
  return {
    role,
    document: referenceOf(key),
    fact: row.fact,
    underlying: trade.id,
    amount: minor,
    outstanding: minor,
    currency,
    drawn: minor,
    held: minor,
    revolving: catalogue[row.type].revolving,
  };
}
