import { currenciesOf } from '../balances.js';
import type { RateTable } from '../rates.js';
import type { BalanceRow, Credit, Draw, Trade } from '../trade.js';

/** What can make a limit rise or fall. */
export const causeKinds = [
  'recorded',
  'recorded-again',
  'amended',
  'cancelled',
  'linked',
  'joined',
  'left',
  'credit-note',
  'drawn',
  'released',
  'repaid',
  'transferred',
  'marked',
  'mark-released',
  'rate',
] as const;

/** One thing that happened in a transaction, and to what. */
export interface Cause {
  readonly cause: (typeof causeKinds)[number];
  /** The documents concerned; of a draw the one on which it lies. */
  readonly facts: readonly string[];
  readonly claims: readonly string[];
  readonly payments: readonly string[];
  /** Whose rates. */
  readonly currencies: readonly string[];
}

/** What a trade was, with the rates of the time. */
export interface Moment {
  readonly trade: Trade;
  readonly rates: RateTable;
}

/**
 * What happened between two versions of a trade, in the order of {@link causeKinds}.
 *
 * @param before undefined before the first version.
 * @param fact the document that is looked at: the trade begins with it.
 */
export function causesBetween(before: Moment | undefined, after: Moment, fact: string): readonly Cause[] {
  if (before === undefined) return [of('recorded', [fact])];
  const found = [
    ...rowCauses(before.trade, after.trade),
    ...creditCauses(before.trade, after.trade),
    ...drawCauses(before.trade, after.trade),
  ];
  const rates = changedRates(before.rates, after);
  if (rates.length > 0) found.push({ ...of('rate', []), currencies: rates });
  return causeKinds.flatMap((kind) => together(found.filter(({ cause }) => cause === kind)));
}

function rowCauses(before: Trade, after: Trade): Cause[] {
  const present = new Map(after.rows.map((row) => [row.fact, row]));
  const known = new Map(before.rows.map((row) => [row.fact, row]));
  const gone = before.rows.filter(({ fact }) => !present.has(fact)).map(({ fact }) => of('left', [fact]));
  const changed = after.rows.flatMap((row) => {
    const old = known.get(row.fact);
    return old === undefined ? of('joined', [row.fact]) : changesOf(old, row);
  });
  return [...gone, ...changed, ...twinCauses(before, after)];
}

function changesOf(old: BalanceRow, row: BalanceRow): Cause[] {
  const facts = [row.fact];
  const causes: Cause[] = [];
  if (old.cancelled && !row.cancelled) causes.push(of('recorded-again', facts));
  if (!old.cancelled && row.cancelled) causes.push(of('cancelled', facts));
  if (old.ceiling !== row.ceiling || old.currency !== row.currency || !isSameMass(old, row))
    causes.push(of('amended', facts));
  if (linksText(old) !== linksText(row)) causes.push(of('linked', facts));
  return causes;
}

function twinCauses(before: Trade, after: Trade): Cause[] {
  const textsOf = ({ twins = [] }: Trade) => new Map(twins.map((pair) => [[...pair].sort().join(' '), pair]));
  const [old, now] = [textsOf(before), textsOf(after)];
  const changed = [...old, ...now].filter(([text]) => old.has(text) !== now.has(text));
  return changed.map(([, pair]) => of('linked', [...pair]));
}

function creditCauses(before: Trade, after: Trade): Cause[] {
  const known = new Map(before.credits.map((credit) => [credit.fact, credit]));
  const present = new Set(after.credits.map(({ fact }) => fact));
  const changed = after.credits.filter((credit) => {
    const old = known.get(credit.fact);
    return old === undefined || creditText(old) !== creditText(credit);
  });
  const gone = before.credits.filter(({ fact }) => !present.has(fact));
  return [...changed, ...gone].map(({ fact }) => of('credit-note', [fact]));
}

function drawCauses(before: Trade, after: Trade): Cause[] {
  const known = new Map(before.draws.map((draw) => [drawText(draw), draw]));
  const present = new Map(after.draws.map((draw) => [drawText(draw), draw]));
  const risen = after.draws.filter((draw) => draw.amount > (known.get(drawText(draw))?.amount ?? -1n));
  const fallen = before.draws.filter((draw) => draw.amount > (present.get(drawText(draw))?.amount ?? -1n));
  const consumed = consumedMore(before, after);
  const taken = new Set<Draw>();
  const causes = risen.map((draw) => {
    const from = fallen.find((one) => !taken.has(one) && isHandedOver(one, draw));
    if (from === undefined) return of(draw.kind === 'mark' ? 'marked' : 'drawn', [draw.fact], [draw]);
    taken.add(from);
    return of('transferred', [draw.fact], [from, draw]);
  });
  for (const draw of fallen) {
    if (taken.has(draw)) continue;
    const kind = consumed.has(draw.fact) ? 'repaid' : 'released';
    causes.push(of(draw.kind === 'mark' ? 'mark-released' : kind, [draw.fact], [draw]));
  }
  // Proceeds that exceed what is drawn use up the document beyond every draw.
  const told = new Set(causes.filter(({ cause }) => cause === 'repaid').flatMap(({ facts }) => facts));
  for (const fact of consumed) if (!told.has(fact)) causes.push(of('repaid', [fact]));
  return causes;
}

/** The other bank's draw of the same amount, through the same papers: the loan was transferred. */
function isHandedOver(from: Draw, to: Draw): boolean {
  return (
    from.owner !== to.owner &&
    from.fact === to.fact &&
    from.through === to.through &&
    from.amount === to.amount
  );
}

function consumedMore(before: Trade, after: Trade): ReadonlySet<string> {
  const known = new Map(before.rows.map((row) => [row.fact, row]));
  const more = after.rows.filter(({ fact, consumed, consumedPrice = [] }) => {
    const old = known.get(fact);
    return (
      old !== undefined &&
      (consumed > old.consumed || consumedPrice.length > (old.consumedPrice ?? []).length)
    );
  });
  return new Set(more.map(({ fact }) => fact));
}

/** One currency by itself needs no rate. */
function changedRates(before: RateTable, { trade, rates: after }: Moment): readonly string[] {
  const textOf = (rates: RateTable, currency: string) => {
    const rate = rates.get(currency);
    return rate && `${rate.base} ${rate.rate}`;
  };
  const currencies = currenciesOf(trade);
  if (currencies.length < 2) return [];
  return [...currencies].sort().filter((currency) => textOf(before, currency) !== textOf(after, currency));
}

/** One cause for each kind, and for each claim or payment. */
function together(causes: readonly Cause[]): readonly Cause[] {
  const byDraws = new Map<string, Cause>();
  for (const cause of causes) {
    const name = [...cause.claims, ...cause.payments].join(' ');
    const same = byDraws.get(name);
    const facts = [...new Set([...(same?.facts ?? []), ...cause.facts])].sort();
    byDraws.set(name, { ...cause, facts });
  }
  return [...byDraws.values()];
}

function of(cause: Cause['cause'], facts: readonly string[], draws: readonly Draw[] = []): Cause {
  const idsOf = (isWanted: (draw: Draw) => boolean) => draws.filter(isWanted).map(({ drawnBy }) => drawnBy);
  return {
    cause,
    facts,
    claims: idsOf(({ kind }) => kind === undefined),
    payments: idsOf(({ kind }) => kind !== undefined),
    currencies: [],
  };
}

function isSameMass({ mass: one }: BalanceRow, { mass: other }: BalanceRow): boolean {
  return one?.unit === other?.unit && one?.amount === other?.amount;
}

function linksText({ link, names, cites, replaces, restates, self }: BalanceRow): string {
  return JSON.stringify([link, names, cites, replaces, restates, self]);
}

function creditText({ link, currency, amount, cancelled }: Credit): string {
  return [link, currency, amount, cancelled].join('\n');
}

function drawText({ drawnBy: claim, fact, through, kind }: Draw): string {
  return [claim, fact, through ?? '', kind ?? ''].join('\n');
}
