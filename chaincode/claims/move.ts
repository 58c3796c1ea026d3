import type { ClaimView, Input } from '../api.js';
import { clockToleranceMs } from '../clock.js';
import { assertDrawable, drawLine, dueOn, rowOf, wholeKey } from '../draws/draw.js';
import { throwWorst } from '../draws/line-errors.js';
import { LineRefusal } from '../draws/line-refusal.js';
import { type PreparedLine, prepareClaim } from '../draws/prepare.js';
import { type ErrorCode, LedgerError, type LineError } from '../errors.js';
import { findFact } from '../facts/find.js';
import type { FactHead } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import { fingerprints } from '../ledger/key-ring.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { documentKey } from '../rules/document-keys.js';
import { isOfOrder } from '../rules/evidence/of-order.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { withMore, withoutMoved } from '../rules/moves.js';
import { parseMoney } from '../rules/money.js';
import { isDrawOf, withDraw, withoutLapsed } from '../rules/trades.js';
import { limits } from '../schemas.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Underlying } from '../underlyings/records.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { changeClaim, stateAfter } from './change.js';
import type { Claim } from './records.js';
import { toldToVerified } from './told.js';

type Line = Claim['lines'][number];
type Move = NonNullable<Claim['moves']>[number];
type Asked = Input<'moveClaim'>['lines'][number];

/** A claim whose lines are being moved, and its trades as they have become. */
interface Moving {
  lines: (Line | undefined)[];
  readonly trades: Map<string, Underlying>;
}

/**
 * The invoice for an order has come: what the bank has lent on the order lies on the invoice, in whole or in part, from one
 * transaction to the next. Nothing is released in between, and both balances are right before and after: the order carries
 * what is drawn on its invoices too.
 *
 * @throws LedgerError MOVE_INVALID, INVALID_STATE, or with a reason for every line that cannot be moved.
 */
export const moveClaim: Verb<'moveClaim'> = (call, command): Promise<ClaimView> =>
  changeClaim(call, 'moveClaim', command, call.caller.mspId, async (claim) => {
    const state = stateAfter(claim, 'move');
    const keys = await fingerprints(call.work);
    const lines = linesOf(claim, command.lines);
    const verified = command.verified ?? [];
    return toldToVerified(call, keys, { enterprise: claim.enterprise, lines, verified }, async () => {
      const moving: Moving = { lines: [...claim.lines], trades: new Map() };
      const failures: LineError[] = [];
      const moves = [...(claim.moves ?? [])];
      for (const line of lines) {
        const asked = command.lines[line.index];
        try {
          if (asked !== undefined) moves.push(await moveLine(call, keys, claim, moving, asked, line));
        } catch (error) {
          if (!(error instanceof LineRefusal)) throw error;
          failures.push({ list: 'lines', line: line.index, ...error.reason });
        }
      }
      throwWorst(failures);
      for (const trade of moving.trades.values()) await storeWithAlerts(call.work, trade);
      return { state, ...withLines(claim, moving.lines), moves };
    });
  });

/** The lines that are wanted on invoices, each by itself: two orders may go into one invoice. */
function linesOf({ enterprise, currency }: Claim, asked: readonly Asked[]): readonly PreparedLine[] {
  return asked.flatMap(({ document, amount }, index) => {
    if (amount.currency !== currency) {
      throw new LedgerError('CURRENCY_MIXED', { field: `lines.${index}.amount.currency` });
    }
    if (document.type === 'purchase-order') {
      throw new LedgerError('MOVE_INVALID', {
        detail: 'A claim is moved onto an invoice or a declaration, not onto another order.',
        field: `lines.${index}.document.type`,
      });
    }
    const { lines } = prepareClaim({ enterprise, amount, lines: [{ document, amount }] });
    return lines.map((line) => ({ ...line, index }));
  });
}

async function moveLine(
  call: Call,
  keys: Fingerprints,
  claim: Claim,
  moving: Moving,
  { order, amount }: Asked,
  asked: PreparedLine,
): Promise<Move> {
  const { place, line } = await lineOnOrder(call, keys, claim, moving, order, asked.index);
  const moved = parseMoney(amount, `lines.${asked.index}.amount`).minor;
  if (moved > line.outstanding) throw invalid(asked.index, 'amount');
  const found = await findFact(call.work, keys, asked.key);
  const head = await assertDrawable(call.work, keys, found, claim, asked);
  const trade = await tradeOf(call, moving, line, head);
  const draw = trade.draws.find((one) => isDrawOf(one, claim.id, line));
  // Another claim has met the lapsed reservation and dropped it.
  if (draw === undefined) throw new LineRefusal('RESERVATION_EXPIRED');
  const rest = withoutMoved(line, moved);
  const freed = { ...trade, ...withDraw(trade, { ...draw, amount: rest?.held ?? 0n }) };
  const named = { ...asked, key: wholeKey(asked.key, head) };
  const drawn = await drawLine(call, freed, rowOf(trade, head), named, { due: claim.dueDate });
  const isOf = (fact: string | undefined) => fact !== undefined && isOfOrder(trade, fact, line.fact);
  if (!isOf(drawn.fact) && !isOf(drawn.through)) throw new LineRefusal('NOT_OF_ORDER');
  const whole = putLine(claim, moving, { place, rest, drawn }, asked.index);
  const { fact, through, held } = whole;
  const own = { ...draw, fact, through, amount: held, due: dueOn(trade, whole, claim.dueDate) };
  if (whole === drawn && freed.draws.length >= limits.drawsPerUnderlying) {
    throw new LineRefusal('TOO_MANY_DRAWS');
  }
  moving.trades.set(trade.id, { ...freed, ...withDraw(freed, own) });
  return {
    order: line.document.number,
    document: drawn.document,
    amount: moved,
    at: instantText(call.now),
    by: { mspId: call.caller.mspId, id: call.caller.person },
  };
}

/**
 * Puts the line on the invoice into the claim: in the place of the order's where nothing is left of that, so that earlier
 * repayments find the lines that they were for, and to the line on the same invoice where there is one.
 *
 * @returns the whole line on the invoice.
 */
function putLine(
  { repayments }: Claim,
  { lines }: Moving,
  { place, rest, drawn }: { readonly place: number; readonly rest: Line | undefined; readonly drawn: Line },
  index: number,
): Line {
  const present = lines.findIndex((one) => one?.fact === drawn.fact && one.through === drawn.through);
  const before = lines[present];
  if (before === undefined) {
    lines[place] = rest ?? drawn;
    if (rest !== undefined) lines.push(drawn);
    return drawn;
  }
  if (repayments.some(({ reversed }) => reversed === undefined)) {
    throw invalid(index, 'document', 'The claim draws on this document, and something has been repaid.');
  }
  const whole = withMore(before, drawn);
  lines[present] = whole;
  lines[place] = rest;
  return whole;
}

/** @throws LedgerError MOVE_INVALID unless the claim has a line on this order. */
async function lineOnOrder(
  { work }: Call,
  keys: Fingerprints,
  { enterprise }: Claim,
  { lines }: Moving,
  order: Asked['order'],
  index: number,
): Promise<{ readonly place: number; readonly line: Line }> {
  const key = documentKey({ type: 'purchase-order', ...order }, enterprise, `lines.${index}.order.`);
  const head = await findFact(work, keys, key);
  const place = lines.findIndex((one) => one !== undefined && head !== undefined && one.fact === head.id);
  const line = lines[place];
  if (line === undefined) throw invalid(index, 'order');
  return { place, line };
}

/** @throws LineRefusal unless the document lies in the trade of the order, and the regulator lets draw on it. */
async function tradeOf(
  { work, now }: Call,
  { trades }: Moving,
  { underlying }: Line,
  head: FactHead,
): Promise<Underlying> {
  const root = await loadUnderlying(work, underlying);
  if ((await loadUnderlying(work, head.underlying)).id !== root.id) throw new LineRefusal('NOT_OF_ORDER');
  if ((root.holds ?? []).length > 0) throw new LineRefusal('TRADE_ON_HOLD');
  return trades.get(root.id) ?? { ...root, ...withoutLapsed(root, now, clockToleranceMs) };
}

/** The lines that are left; what earlier repayments were for is where it has gone. */
function withLines(
  { repayments }: Claim,
  moved: readonly (Line | undefined)[],
): Pick<Claim, 'lines' | 'repayments'> {
  const places = new Map<number, number>();
  const lines: Line[] = [];
  for (const [place, line] of moved.entries()) {
    if (line === undefined) continue;
    places.set(place, lines.length);
    lines.push(line);
  }
  return {
    lines,
    repayments: repayments.map((one) =>
      one.to === undefined ? one : { ...one, to: one.to.flatMap((place) => places.get(place) ?? []) },
    ),
  };
}

function invalid(index: number, field: string, detail?: string): LedgerError {
  const code: ErrorCode = 'MOVE_INVALID';
  return new LedgerError(code, { field: `lines.${index}.${field}`, ...(detail !== undefined && { detail }) });
}
