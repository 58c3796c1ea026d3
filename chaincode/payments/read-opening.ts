import { limits } from '../api.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { findFact } from '../facts/find.js';
import { latestContent } from '../facts/latest.js';
import type { FactHead } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { openingAt } from './records.js';
import { overdrawnFacts, remaining } from '../rules/balances.js';
import { formatMoney } from '../rules/money.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { judge } from './access.js';

/**
 * What came of an attempt of the caller's bank on a document: what it says, or how many attempts were left after it. A
 * wrong code, a wrong payer and a number that does not exist look alike. Two people of a bank may try at the same moment;
 * each is told of the own attempt, whichever came last.
 */
export const readOpening: Verb<'readOpening'> = async (call, { id, attempt }) => {
  const { work, caller } = call;
  const record = await work.read(openingAt(id));
  if (record?.bank !== caller.mspId) throw new LedgerError('OPENING_NOT_FOUND', { field: 'id' });
  const head = await findFact(work, await fingerprints(work), { issuer: undefined, ...record.document });
  const version = head?.version ?? 0;
  const judged =
    record.attempt.request === attempt
      ? { version, ...(await judge(call, record, head)) }
      : record.earlier.find(({ request }) => request === attempt);
  if (judged === undefined) throw new LedgerError('OPENING_NOT_FOUND', { field: 'attempt' });
  // A code opens the version that it was given for.
  if (head !== undefined && judged.right && judged.version === version) return shown(call, head);
  return { result: 'refused', attemptsLeft: Math.max(limits.checkCodeAttempts - judged.failures, 0) };
};

async function shown({ work, now }: Call, { id, version, underlying, currency, status }: FactHead) {
  const { type, number, date, total, filing } = await latestContent(work, { id, version });
  if (total === undefined) throw new Error(`fact ${id} states no total`);
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const row = trade.rows.find(({ fact }) => fact === id);
  // The trade of such a document has one document and one currency: no rate is needed.
  const left = row && remaining(trade, row, new Map());
  const none = left === undefined || left < 0n || overdrawnFacts(trade, new Map()).length > 0;
  return {
    result: 'opened' as const,
    fact: id,
    type,
    number,
    date,
    total,
    status,
    remaining: formatMoney(none ? 0n : left, currency),
    livePayments: new Set(trade.draws.map(({ drawnBy }) => drawnBy)).size,
    validUntil: filing?.validUntil,
  };
}
