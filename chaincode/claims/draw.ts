import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import { clockToleranceMs } from '../clock.js';
import { type ErrorCode, LedgerError, type LineError, mostSevere } from '../errors.js';
import { findFact } from '../facts/find.js';
import type { Call } from '../ledger/call.js';
import type { Claim, FactHead, Underlying } from '../ledger/kinds.js';
import { type BalanceRow, currenciesOf, type Draw, overdrawnFacts, remaining } from '../rules/balances.js';
import { dateOf } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { partyText } from '../rules/parties.js';
import { type Exchanged, exchange } from '../rules/exchange.js';
import { assertCurrent, type RateTable } from '../rules/rates.js';
import { shownBalance } from '../rules/shown-balance.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { LineRefusal } from './line-refusal.js';
import { assertMarkable, markLine } from './mark-line.js';
import type { PreparedClaim, PreparedLine } from './prepare.js';

type Line = Claim['lines'][number];

/** What one kind of draw demands of a line beyond the balance of its document. */
export interface LineTerms {
  /** Why the line cannot be drawn. */
  readonly refused?: { readonly code: ErrorCode; readonly detail?: string } | undefined;
  /** How much of the document may be drawn at most, in whole per cent. */
  readonly share?: bigint | undefined;
}

/** What a claim or a payment wants to draw. */
export type DrawRequest = PreparedClaim & {
  readonly terms?: (line: PreparedLine, head: FactHead) => LineTerms | Promise<LineTerms>;
};

/**
 * Takes every line of a claim from the balance of its document, and stores the trades.
 *
 * @returns the lines of the claim.
 * @throws LedgerError with a reason for every line that fails; then nothing is drawn.
 */
export async function drawLines(
  call: Call,
  keys: Fingerprints,
  prepared: DrawRequest,
  draw: Omit<Draw, 'fact' | 'amount'>,
): Promise<Line[]> {
  const { work } = call;
  const heads = await Promise.all(prepared.lines.map(({ key }) => findFact(work, keys, key)));
  const trades = new Map<string, Underlying>();
  const failures: LineError[] = [];
  const lines: Line[] = [];
  for (const [index, line] of prepared.lines.entries()) {
    try {
      const head = assertDrawable(heads[index], prepared, line);
      const { refused, share } = (await prepared.terms?.(line, head)) ?? {};
      if (refused !== undefined) throw new LineRefusal(refused.code, refused);
      const root = await loadUnderlying(work, head.underlying);
      const trade = trades.get(root.id) ?? { ...root, ...withoutLapsed(root, call.now, clockToleranceMs) };
      const row = rowOf(trade, head);
      const drawn =
        line.role === 'mark'
          ? await markLine(call, trade, row, line, draw.claim)
          : await drawLine(call, trade, row, line, share);
      if (trade.draws.length >= limits.drawsPerUnderlying) throw new LineRefusal('TOO_MANY_DRAWS');
      trades.set(root.id, {
        ...trade,
        draws: [...trade.draws, { ...draw, fact: head.id, amount: drawn.held }],
      });
      lines.push(drawn);
    } catch (error) {
      if (!(error instanceof LineRefusal)) throw error;
      failures.push({ list: line.list, line: line.index, ...error.reason });
    }
  }
  const worst = mostSevere(failures);
  if (worst !== undefined) throw new LedgerError(worst.code, { detail: worst.detail, lines: failures });
  for (const trade of trades.values()) await storeWithAlerts(work, trade);
  return lines;
}

function assertDrawable(
  head: FactHead | undefined,
  { enterprise }: DrawRequest,
  line: PreparedLine,
): FactHead {
  const { role } = line;
  if (role === 'mark') return assertMarkable(head, line);
  if (head === undefined) throw new LineRefusal('FACT_NOT_FOUND');
  if (partyText(head.holder) !== partyText(enterprise)) throw new LineRefusal('APPLICANT_MISMATCH');
  if (head.status === 'cancelled') throw new LineRefusal('FACT_CANCELLED');
  if (head.currency === '' || !catalogue[head.type].drawnAs.includes(role))
    throw new LineRefusal('NOT_FINANCEABLE');
  return head;
}

function rowOf(trade: Underlying, head: FactHead): BalanceRow {
  const row = trade.rows.find(({ fact }) => fact === head.id);
  if (row === undefined) throw new Error(`fact ${head.id} has no balance`);
  return row;
}

async function drawLine(
  { work, now }: Call,
  trade: Underlying,
  row: BalanceRow,
  { role, key, minor, currency }: PreparedLine,
  share: bigint | undefined,
): Promise<Line> {
  const rates = await ratesOf(work, [currency, ...currenciesOf(trade)]);
  const { minor: drawn, rate } = measured(role, minor, currency, row.currency, rates, dateOf(now));
  if (overdrawnFacts(trade, rates).length > 0) throw new LineRefusal('UNDERLYING_OVERDRAWN');
  const left = remaining(trade, row, rates, share);
  if (left === undefined) throw new LineRefusal('RATE_MISSING');
  if (drawn > left) {
    throw new LineRefusal('EXCEEDS_BALANCE', {
      ...(share !== undefined && {
        detail: `Not enough is left: an insured claim may draw ${share} % of this document.`,
      }),
      ...shownBalance(row.type, left > 0n ? left : 0n, row.currency),
    });
  }
  return {
    role,
    document: key,
    fact: row.fact,
    underlying: trade.id,
    amount: minor,
    outstanding: minor,
    currency: row.currency,
    drawn,
    held: drawn,
    revolving: catalogue[row.type].revolving,
    rate,
  };
}

/** What a line uses up of its document: goods in the document's unit, an amount in its currency at rates that hold. */
function measured(
  role: Line['role'],
  minor: bigint,
  from: string,
  to: string,
  rates: RateTable,
  today: string,
): Exchanged {
  if (role === 'collateral') {
    if (from === to) return { minor };
    throw new LineRefusal('UNIT_MISMATCH', { detail: `The document counts in ${to}.` });
  }
  try {
    assertCurrent(rates, today);
    return exchange(minor, from, to, rates);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LineRefusal(error.code, { detail: error.body.detail });
  }
}
