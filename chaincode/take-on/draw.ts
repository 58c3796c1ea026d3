import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import { throwWorst } from '../draws/line-errors.js';
import { LineRefusal } from '../draws/line-refusal.js';
import type { PreparedLine } from '../draws/prepare.js';
import { pricedPart } from '../draws/priced-part.js';
import type { DrawnLine } from '../draws/records.js';
import type { LineError } from '../errors.js';
import { withCovers } from '../insurance/cover.js';
import type { Call } from '../ledger/call.js';
import { referenceOf } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { linesAfter } from '../rules/repayments.js';
import type { Trade } from '../rules/trade.js';
import { releaseEffect, withUsedUp } from '../rules/trades.js';
import type { Underlying } from '../underlyings/records.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { awaitedTrade } from './awaited.js';
import type { PreparedLoan } from './prepare.js';
import { assertKind, lineOn, standingFor } from '../draws/standing.js';

/** What the draws of a loan say of it. */
interface Drawing {
  readonly claim: string;
  readonly owner: string;
}

/**
 * Draws what a loan of a bank's book holds of its documents, whether or not they allow it: the money is out. What had been
 * repaid when it was brought counts as proceeds, and is used up for good. What no authority has recorded waits.
 *
 * @returns the lines of the claim as they stand after that repayment.
 * @throws LedgerError with a reason for every line that cannot be drawn at all; then nothing is.
 */
export async function drawAsItIs(
  call: Call,
  keys: Fingerprints,
  loan: PreparedLoan,
  drawing: Drawing,
): Promise<DrawnLine[]> {
  const trades = new Map<string, Underlying>();
  const failures: LineError[] = [];
  const whole: DrawnLine[] = [];
  for (const line of loan.lines) {
    try {
      const { drawn, trade } = await place(call, keys, loan, line, drawing.claim);
      if (trade.draws.length >= limits.drawsPerUnderlying) throw new LineRefusal('TOO_MANY_DRAWS');
      if (!trades.has(trade.id)) trades.set(trade.id, trade);
      whole.push(drawn);
    } catch (error) {
      if (!(error instanceof LineRefusal)) throw error;
      failures.push({ list: line.list, line: line.index, ...error.reason });
    }
  }
  throwWorst(failures);
  const lines = afterRepayment(loan, await covering(call, keys, loan, whole));
  const { minor: amount, currency } = loan.amount;
  const priced = pricedPart({ lines, amount, currency });
  for (const line of lines) {
    const trade = trades.get(line.underlying);
    if (trade === undefined) throw new Error(`trade ${line.underlying} is missing`);
    trades.set(trade.id, { ...trade, ...withLine(trade, line, drawing, priced) });
  }
  for (const trade of trades.values()) await storeWithAlerts(call.work, trade, drawing.claim);
  return lines;
}

/** On the document, or where it waits for it. */
async function place(
  call: Call,
  keys: Fingerprints,
  { enterprise }: PreparedLoan,
  line: PreparedLine,
  claim: string,
): Promise<{ readonly drawn: DrawnLine; readonly trade: Underlying }> {
  assertKind(line);
  const standing = await standingFor(call, keys, enterprise, line);
  const document = referenceOf(line.key);
  if (standing !== undefined) {
    const named = { ...document, issuer: document.issuer ?? standing.issuer };
    return { drawn: { document: named, ...(await lineOn(call, standing, line)) }, trade: standing.trade };
  }
  const { trade, fact } = await awaitedTrade(call, keys, enterprise, line, claim);
  const { role, key, minor, currency } = line;
  const { revolving } = catalogue[key.type];
  const of = { role, document, fact, underlying: trade.id, awaited: true as const, revolving };
  return {
    drawn: { ...of, amount: minor, outstanding: minor, currency, drawn: minor, held: minor },
    trade,
  };
}

/** Cover says which receivables it is for; where the papers are not there to tell, the receivables in their order. */
async function covering(
  call: Call,
  keys: Fingerprints,
  { enterprise }: PreparedLoan,
  lines: DrawnLine[],
): Promise<DrawnLine[]> {
  const receivables = lines.filter(({ role }) => role === 'receivable');
  const facts = new Set(receivables.map(({ fact }) => fact));
  return (await withCovers(call, keys, enterprise, lines)).map((line) => {
    if (line.role !== 'cover') return line;
    const covers = line.covers ?? [];
    if (covers.length > 0 && covers.every(({ fact }) => facts.has(fact))) return line;
    let rest = line.amount;
    const inOrder = receivables.flatMap(({ fact, amount }) => {
      const part = amount < rest ? amount : rest;
      rest -= part;
      return part > 0n ? [{ fact, amount: part }] : [];
    });
    return { ...line, covers: inOrder };
  });
}

function afterRepayment(
  { amount: { minor: amount }, outstanding }: PreparedLoan,
  lines: DrawnLine[],
): DrawnLine[] {
  if (outstanding === amount) return lines;
  return linesAfter({ amount, outstanding: amount, lines }, amount - outstanding).map((line) => {
    const gone = line.drawn - line.held;
    return gone > 0n && releaseEffect('proceeds', line) === 'consumed' ? { ...line, consumed: gone } : line;
  });
}

function withLine(
  trade: Trade,
  line: DrawnLine,
  { claim, owner }: Drawing,
  priced: ReturnType<typeof pricedPart>,
): Trade {
  const { fact, through, held, consumed = 0n, role } = line;
  const price = role === 'collateral' ? priced : undefined;
  const draw = {
    drawnBy: claim,
    owner,
    fact,
    amount: held,
    ...(through && { through }),
    ...(price && { priced: price }),
  };
  // What waits has a draw of nothing, too: by its draws a document that comes finds the lines that wait for it.
  const isDraw = held > 0n || line.awaited === true;
  const drawn = isDraw ? { ...trade, draws: [...trade.draws, draw] } : trade;
  return consumed > 0n ? withUsedUp(drawn, fact, consumed) : drawn;
}
