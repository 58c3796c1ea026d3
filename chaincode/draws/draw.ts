import { limits } from '../api.js';
import { catalogue } from '../catalogue.js';
import { clockToleranceMs } from '../clock.js';
import { type ErrorCode, LedgerError, type LineError, mostSevere } from '../errors.js';
import { findFact } from '../facts/find.js';
import { limitedByOf } from '../facts/limited-by.js';
import { isSameFirm } from '../firms/firm-of.js';
import { factAt, type FactHead } from '../facts/records.js';
import { policyAt } from '../registry/records.js';
import type { Underlying } from '../underlyings/records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { type BalanceRow, currenciesOf, type Draw, overdrawnFacts, type Priced } from '../rules/balances.js';
import { dateOf } from '../rules/dates.js';
import { type DocumentKey, referenceOf } from '../rules/document-keys.js';
import { carrierOf, limitOf, priceLimitOf } from '../rules/evidence/limit.js';
import { Whole } from '../rules/evidence/part.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { formatMoney } from '../rules/money.js';
import { type Exchanged, exchange } from '../rules/exchange.js';
import { assertCurrent, type RateTable } from '../rules/rates.js';
import { shownBalance } from '../rules/shown-balance.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { LineRefusal } from './line-refusal.js';
import { assertOwedInTime } from './owed-in-time.js';
import { pricedPart } from './priced-part.js';
import { assertMarkable, markLine } from './mark-line.js';
import type { PreparedClaim, PreparedLine } from './prepare.js';
import type { DrawnLine } from './records.js';

/** What one kind of draw demands of a line beyond the balance of its document. */
export interface LineTerms {
  /** Why the line cannot be drawn. */
  readonly refused?: { readonly code: ErrorCode; readonly detail?: string } | undefined;
  /** How much of the document may be drawn at most, in whole per cent. */
  readonly share?: bigint | undefined;
}

/** What a claim or a payment wants to draw. */
export type DrawRequest = PreparedClaim & {
  /** When a loan falls due. */
  readonly dueDate?: string | undefined;
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
): Promise<DrawnLine[]> {
  const { work } = call;
  const heads = await Promise.all(
    prepared.lines.map(({ key, list, index }) =>
      findFact(work, keys, key, `${list}.${index}.document.issuer`),
    ),
  );
  const trades = new Map<string, Underlying>();
  const looked = new Map<string, Whole>();
  const failures: LineError[] = [];
  const lines: DrawnLine[] = [];
  const { minor: amount, currency } = prepared.amount;
  const priced = pricedPart({ lines: prepared.lines, amount, currency });
  for (const [index, asked] of prepared.lines.entries()) {
    try {
      const head = await assertDrawable(work, keys, heads[index], prepared, asked);
      const { refused, share } = (await prepared.terms?.(asked, head)) ?? {};
      // The claim says whose number it is although its bank did not: another member may give the same one later.
      const line = { ...asked, key: wholeKey(asked.key, head) };
      if (refused !== undefined) throw new LineRefusal(refused.code, refused);
      const root = await loadUnderlying(work, head.underlying);
      const trade = trades.get(root.id) ?? { ...root, ...withoutLapsed(root, call.now, clockToleranceMs) };
      if ((trade.holds ?? []).length > 0) throw new LineRefusal('TRADE_ON_HOLD');
      const whole = new Whole(trade, looked.get(root.id));
      looked.set(root.id, whole);
      const row = rowOf(trade, head);
      const price = line.role === 'collateral' ? priced : undefined;
      const drawn =
        line.role === 'mark'
          ? await markLine(call, trade, row, line, draw)
          : await drawLine(call, trade, row, line, { share, price, due: prepared.dueDate, whole });
      if (trade.draws.length >= limits.drawsPerUnderlying) throw new LineRefusal('TOO_MANY_DRAWS');
      const { fact, through, held: amount } = drawn;
      const due = dueOn(trade, drawn, prepared.dueDate);
      const held = {
        ...{ ...draw, fact, amount, ...(through && { through }) },
        ...{ ...(price && { priced: price }), ...(due && { due }) },
      };
      trades.set(root.id, { ...trade, draws: [...trade.draws, held] });
      lines.push(drawn);
    } catch (error) {
      if (!(error instanceof LineRefusal)) throw error;
      failures.push({ list: asked.list, line: asked.index, ...error.reason });
    }
  }
  const worst = mostSevere(failures);
  if (worst !== undefined) throw new LedgerError(worst.code, { detail: worst.detail, lines: failures });
  for (const trade of trades.values()) await storeWithAlerts(work, trade);
  return lines;
}

/** The key of a document that has been found, with what the reference may have left out. */
export function wholeKey(key: DocumentKey, head: Pick<FactHead, 'issuer' | 'issuingBank'>): DocumentKey {
  const { issuer = head.issuer, issuingBank = head.issuingBank } = key;
  return { ...key, issuer, ...(issuingBank !== undefined && { issuingBank }) };
}

/**
 * The document of a line, for the enterprise that draws on it.
 *
 * @throws LineRefusal where there is none, it has gone, or nobody draws on its like.
 */
export async function assertDrawable(
  work: UnitOfWork,
  keys: Fingerprints,
  head: FactHead | undefined,
  { enterprise }: Pick<DrawRequest, 'enterprise'>,
  line: PreparedLine,
): Promise<FactHead> {
  const { role } = line;
  if (role === 'mark') return assertMarkable(head, line);
  if (head === undefined) throw new LineRefusal('FACT_NOT_FOUND');
  const holders = [head.holder, ...(head.holderIds ?? [])];
  if (!(await isSameFirm(work, keys, holders, enterprise))) throw new LineRefusal('APPLICANT_MISMATCH');
  if (head.status === 'cancelled') throw new LineRefusal('FACT_CANCELLED');
  if (head.status === 'replaced') throw new LineRefusal('FACT_REPLACED');
  if (head.currency === '' || !isDrawnAs(head, role)) throw new LineRefusal('NOT_FINANCEABLE');
  return head;
}

function isDrawnAs({ type, number }: Pick<FactHead, 'type' | 'number'>, role: DrawnLine['role']): boolean {
  const { drawnAs, isReceivable } = catalogue[type];
  return drawnAs.includes(role) && (role !== 'receivable' || isReceivable?.(number) !== false);
}

/**
 * What a trade says of a recorded document.
 *
 * @throws Error when the trade is not the one of the document.
 */
export function rowOf(trade: Underlying, head: FactHead): BalanceRow {
  const row = trade.rows.find(({ fact }) => fact === head.id);
  if (row === undefined) throw new Error(`fact ${head.id} has no balance`);
  return row;
}

/** What bounds a line beside what is left of its document. */
export interface LineLimits {
  /** How much of the document may be drawn at most, in whole per cent. */
  readonly share?: bigint | undefined;
  /** Of goods alone: what they use of the price beside them. */
  readonly price?: Priced | undefined;
  /** When the loan falls due. */
  readonly due?: string | undefined;
  /** The trade as it is looked at, where it is drawn on line by line. */
  readonly whole?: Whole;
}

/** The day that a draw on a document in instalments keeps; others keep none. */
export function dueOn(
  { rows }: Pick<Underlying, 'rows'>,
  { fact, through }: Pick<DrawnLine, 'fact' | 'through'>,
  due: string | undefined,
): string | undefined {
  const isInParts = rows.some(
    (row) => row.instalments !== undefined && (row.fact === fact || row.fact === through),
  );
  return isInParts ? due : undefined;
}

/**
 * What a line draws of its document, within what is left; the trade is not changed.
 *
 * @throws LineRefusal.
 */
export async function drawLine(
  call: Call,
  trade: Underlying,
  row: BalanceRow,
  { role, key, minor, currency }: PreparedLine,
  { share, price, due, whole }: LineLimits,
): Promise<DrawnLine> {
  const { work, now } = call;
  const carrier = await carrierFor(work, trade, row, role);
  const measures = [currency, ...currenciesOf(trade), ...(price ? [price.currency] : [])];
  const rates = await ratesOf(work, measures);
  const { minor: drawn, rate } = measured(role, minor, currency, row.currency, rates, dateOf(now));
  const limit = limitOf(trade, row, rates, share, whole);
  if (limit === undefined)
    throw new LineRefusal(role === 'collateral' ? 'UNITS_INCOMPARABLE' : 'RATE_MISSING');
  if (drawn > limit.left) {
    const overdrawn = overdrawnFacts(trade, rates);
    const binding = [carrier.fact, ...limit.limitedBy.documents];
    if (limit.left === 0n && binding.some((fact) => overdrawn.includes(fact))) {
      throw new LineRefusal('UNDERLYING_OVERDRAWN', { limitedBy: await limitedByOf(work, limit) });
    }
    throw new LineRefusal('EXCEEDS_BALANCE', {
      ...(share !== undefined && {
        detail: `Not enough is left: this claim may draw ${share} % of the document.`,
      }),
      ...shownBalance(row.type, limit.left, row.currency),
      limitedBy: await limitedByOf(work, limit),
    });
  }
  if (price !== undefined) await assertPriceLeft(call, trade, row, price, rates);
  const onCarrier =
    carrier.currency === row.currency ? drawn : exchange(drawn, row.currency, carrier.currency, rates).minor;
  if (due !== undefined && role === 'receivable') {
    const beside = carrier.fact === row.fact ? [] : [{ row: carrier, amount: onCarrier }];
    assertOwedInTime(trade, [{ row, amount: drawn }, ...beside], due, rates);
  }
  return {
    role,
    document: referenceOf(key),
    fact: carrier.fact,
    ...(carrier.fact !== row.fact && { through: row.fact }),
    underlying: trade.id,
    amount: minor,
    outstanding: minor,
    currency: carrier.currency,
    drawn: onCarrier,
    held: onCarrier,
    revolving: catalogue[row.type].revolving,
    rate,
  };
}

/**
 * The document on which a line lies: what a seller recorded itself is drawn on the one authority's document beside it.
 *
 * @throws LineRefusal NOT_CORROBORATED, SEVERAL_AUTHORITIES or NOT_FINANCEABLE.
 */
export async function carrierFor(
  work: UnitOfWork,
  trade: Underlying,
  row: BalanceRow,
  role: DrawnLine['role'],
): Promise<BalanceRow> {
  if (role !== 'receivable') return row;
  const carrier = carrierOf(trade, row);
  if (carrier === 'several') throw new LineRefusal('SEVERAL_AUTHORITIES');
  if (carrier === 'none') {
    const policy = await work.read(policyAt);
    if (policy?.ownDocuments === 'allowed') return row;
    throw new LineRefusal('NOT_CORROBORATED');
  }
  if (carrier.fact === row.fact) return row;
  const head = await work.read(factAt(carrier.fact));
  if (head === undefined || !isDrawnAs(head, role)) throw new LineRefusal('NOT_FINANCEABLE');
  return carrier;
}

/** @throws LineRefusal when the documents that state the price of the goods do not allow the loan. */
async function assertPriceLeft(
  { work, now }: Call,
  trade: Underlying,
  row: BalanceRow,
  { currency, amount }: Priced,
  rates: RateTable,
): Promise<void> {
  const limit = priceLimitOf(trade, row, currency, rates);
  if (limit === 'unlimited') return;
  if (limit === undefined) throw new LineRefusal('RATE_MISSING');
  measured('receivable', amount, currency, currency, rates, dateOf(now));
  if (amount <= limit.left) return;
  throw new LineRefusal('EXCEEDS_BALANCE', {
    detail: 'Not enough is left of what the goods are sold for.',
    remaining: formatMoney(limit.left, currency),
    limitedBy: await limitedByOf(work, limit),
  });
}

/**
 * What a line uses up of its document: goods in the document's unit, an amount in its currency at rates that hold.
 *
 * @param minor in the smallest units of `from`.
 * @throws LineRefusal when the units differ, or no rate between the currencies holds today.
 */
export function measured(
  role: DrawnLine['role'],
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
