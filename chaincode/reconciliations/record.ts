import { drawnBefore, requestOf } from '../draws/requests.js';
import { LedgerError } from '../errors.js';
import type { Input } from '../api.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { dayNumber, instantText } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import { type Reconciliation, reconciliationVersions, reconciliationView } from './records.js';

/**
 * A bank puts on the record that it has compared its book with the registry's, and what came of it: who, as of which day,
 * how many differences of each kind, how much is open, and the hash of the whole result. Nothing else changes.
 *
 * @throws LedgerError DATE_INVALID for a day that has not come.
 */
export const recordReconciliation: Verb<'recordReconciliation'> = async (call, input) => {
  const { work, caller, now } = call;
  const request = requestOf('recordReconciliation', input);
  const { id, known } = await drawnBefore(
    call,
    await fingerprints(work),
    reconciliationVersions,
    input.idempotencyKey,
    request,
  );
  if (known !== undefined) return reconciliationView(known);
  assertPast(input, now);
  assertTotals(input);
  const { idempotencyKey: _key, ...outcome } = input;
  const differences = Object.values(input.differences).reduce((sum, count) => sum + count, 0);
  const record: Reconciliation = {
    id,
    state: 'recorded',
    seq: 1,
    bank: caller.mspId,
    verdict: differences === 0 ? 'agreed' : 'open',
    ...outcome,
    until: instantText(Date.parse(input.until)),
    by: { mspId: caller.mspId, id: caller.person },
    requests: [request],
    createdAt: instantText(now),
  };
  reconciliationVersions.write(work, record, [caller.mspId]);
  return reconciliationView(record);
};

/** The day must have begun, and what is said to be its end be near it, wherever on earth the bank is. */
function assertPast({ asOf, until }: Input<'recordReconciliation'>, now: number): void {
  const hours = (Date.parse(until) - Date.parse(`${asOf}T00:00:00Z`)) / 3_600_000;
  const hasBegun = dayNumber(asOf) * 86_400_000 <= now;
  if (!hasBegun) throw new LedgerError('DATE_INVALID', { field: 'asOf' });
  if (hours < 0 || hours > 48) throw new LedgerError('DATE_INVALID', { field: 'until' });
}

/** @throws LedgerError for what is no amount, or currencies that differ or stand there twice. */
function assertTotals({ totals }: Input<'recordReconciliation'>): void {
  const currencies = totals.map(({ book, registry, open }, index) => {
    const parts = { book, registry, open };
    for (const [name, money] of Object.entries(parts)) {
      parseMoney(money, `totals.${index}.${name}`, 'allow-zero');
      if (money.currency !== book.currency)
        throw new LedgerError('CURRENCY_MIXED', { field: `totals.${index}.${name}.currency` });
    }
    return book.currency;
  });
  if (new Set(currencies).size < currencies.length)
    throw new LedgerError('CURRENCY_MIXED', { field: 'totals' });
}
