import type { LineError } from '../errors.js';
import { factAt } from '../facts/records.js';
import type { Underlying } from '../underlyings/records.js';
import type { Claim } from './records.js';
import type { Call } from '../ledger/call.js';
import { type BalanceRow, currenciesOf, type Draw, overdrawnFacts, remaining } from '../rules/balances.js';
import { dateOf } from '../rules/dates.js';
import { isStillInTime, withinTime } from '../rules/owed-in-time.js';
import type { RateTable } from '../rules/rates.js';
import { shownBalance } from '../rules/shown-balance.js';
import { isDrawOf } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { drawnToday } from './drawn-today.js';
import { placeOf, throwWorst } from '../draws/line-errors.js';
import { LineRefusal } from '../draws/line-refusal.js';

type Line = Claim['lines'][number];

/** What a step towards money changes of the draws of its claim. */
export interface NextDraws {
  /** When they lapse from now on; undefined: no more. */
  readonly until?: number | undefined;
  /** How much of its document a line may draw, in whole per cent. */
  readonly shareOf?: ((line: Line) => bigint | undefined) | undefined;
}

/**
 * Whether the documents of a claim on which money is out still carry what it holds of them: who takes it over pays for it.
 *
 * @throws LedgerError with a reason for every line that is not carried.
 */
export async function assertCarried(call: Call, claim: Claim): Promise<void> {
  const failures: LineError[] = [];
  // What waits for its document is carried by nobody, and whoever takes the claim over reads that.
  for (const line of claim.lines.filter(({ held, awaited }) => held > 0n && !awaited)) {
    await refusing(failures, claim, line, async () => {
      await carriedLine(call, claim, line, await loadUnderlying(call.work, line.underlying));
    });
  }
  throwWorst(failures);
}

/**
 * Asks again, before a step that moves towards money, whether the documents of a claim still carry it: none of them is
 * cancelled, or holds more than it allows, and what is drawn in another currency is enough at the rate in force. Where the
 * rate has moved against the borrower the line draws the difference, as far as something is left.
 *
 * @returns the lines as they are drawn now.
 * @throws LedgerError with a reason for every line that is not carried; then nothing has changed.
 */
export async function drawAgain(call: Call, claim: Claim, next: NextDraws): Promise<Line[]> {
  const { work } = call;
  const trades = new Map<string, Underlying>();
  const failures: LineError[] = [];
  const lines: Line[] = [];
  for (const line of claim.lines) {
    await refusing(failures, claim, line, async () => {
      const root = await loadUnderlying(work, line.underlying);
      const again = await lineAgain(call, claim, line, trades.get(root.id) ?? root, next);
      trades.set(root.id, again.trade);
      lines.push(again.line);
    });
  }
  throwWorst(failures);
  for (const trade of trades.values()) await storeWithAlerts(work, trade);
  return lines;
}

/** Collects why a line is refused, so that a person reads everything that is wrong at once. */
async function refusing(
  failures: LineError[],
  claim: Claim,
  line: Line,
  attempt: () => Promise<void>,
): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof LineRefusal)) throw error;
    failures.push({ ...placeOf(claim, line), ...error.reason });
  }
}

async function lineAgain(
  call: Call,
  claim: Claim,
  line: Line,
  trade: Underlying,
  { until, shareOf }: NextDraws,
): Promise<{ readonly line: Line; readonly trade: Underlying }> {
  // Paid out by mistake and on its way back: it goes on waiting.
  if (line.awaited) throw new LineRefusal('FACT_NOT_FOUND');
  const { row, draw, rates } = await carriedLine(call, claim, line, trade);
  const today = drawnToday(claim, line, rates, dateOf(call.now));
  const more = today.drawn - line.drawn;
  if (more > 0n) {
    const left = withinTime(trade, draw, remaining(trade, row, rates, shareOf?.(line)) ?? 0n, rates);
    if (more > left) {
      throw new LineRefusal('EXCEEDS_BALANCE', {
        detail: 'At the rate in force the document does not have enough left for this amount.',
        ...shownBalance(row.type, left > 0n ? left : 0n, row.currency),
      });
    }
  }
  const drawn = more > 0n ? { ...line, ...today, held: line.held + more } : line;
  const draws = trade.draws.map((one) => (one === draw ? { ...one, amount: drawn.held, until } : one));
  return { line: drawn, trade: { ...trade, draws } };
}

/** @throws LineRefusal unless the document of the line stands, and holds no more than it allows. */
async function carriedLine(
  { work }: Call,
  claim: Claim,
  line: Line,
  trade: Underlying,
): Promise<{ readonly row: BalanceRow; readonly draw: Draw; readonly rates: RateTable }> {
  const head = await work.read(factAt(line.fact));
  const row = trade.rows.find(({ fact }) => fact === line.fact);
  if (head === undefined || row === undefined) throw new Error(`fact ${line.fact} has no balance`);
  const named = line.through === undefined ? head : await work.read(factAt(line.through));
  if ([head, named].some((one) => one?.status === 'cancelled')) throw new LineRefusal('FACT_CANCELLED');
  const draw = trade.draws.find((one) => isDrawOf(one, claim.id, line));
  // Another claim has met the lapsed reservation and dropped it.
  if (draw === undefined) throw new LineRefusal('RESERVATION_EXPIRED');
  const rates = await ratesOf(work, [claim.currency, ...currenciesOf(trade)]);
  if (overdrawnFacts(trade, rates).includes(line.fact)) {
    throw new LineRefusal('UNDERLYING_OVERDRAWN', {
      detail:
        'The document allows less by now than what is drawn on it. Nothing more is promised or paid out.',
    });
  }
  if (!isStillInTime(trade, draw, rates)) throw new LineRefusal('EXCEEDS_INSTALMENTS');
  return { row, draw, rates };
}
