import type { RepayableLine } from './repayments.js';

/** A line of a claim that can be shared. */
export interface SharedLine extends RepayableLine {
  /** Of goods that secure a loan alone: what they use of the price beside them, where that is not the whole claim's. */
  readonly priced?: bigint | undefined;
}

/** One line in two: what stays with the bank that sells, and what goes. */
export interface SplitLine<T extends SharedLine> {
  readonly kept: T;
  /** Absent where nothing of the line goes. */
  readonly sold?: T | undefined;
}

/**
 * The lines of a claim when another bank takes a share of what is outstanding: of every line the same part, to the last cent
 * and the last unit of goods. What both hold afterwards is what the one held before, so a sale moves no balance. The bank
 * that sells keeps something of every document: it goes on knowing each.
 *
 * @param share of what is outstanding, in minor units of the currency of the claim.
 * @param priced what each document of goods uses of the price beside it, where the loan is on goods alone.
 * @returns in the order of the lines; undefined where the share cannot be split so.
 */
export function splitLines<T extends SharedLine>(
  { outstanding, lines }: { readonly outstanding: bigint; readonly lines: readonly T[] },
  share: bigint,
  priced?: bigint,
): readonly SplitLine<T>[] | undefined {
  if (share <= 0n || share >= outstanding) return undefined;
  const parts = partsOf(lines, outstanding, share);
  if (parts === undefined) return undefined;
  const split = lines.map((line, place) => {
    if (line.role === 'collateral') return splitGoods(line, outstanding, share, priced);
    return splitAmount(line, parts[place] ?? 0n);
  });
  return split.some(({ sold }) => sold !== undefined) ? split : undefined;
}

/** What of each receivable goes: in proportion, and the cents that are left over where there is room for them. */
function partsOf(
  lines: readonly SharedLine[],
  outstanding: bigint,
  share: bigint,
): readonly bigint[] | undefined {
  const isReceivable = ({ role }: SharedLine) => role === 'receivable';
  if (!lines.some(isReceivable)) return lines.map(() => 0n);
  const parts = lines.map((line) => (isReceivable(line) ? (share * line.outstanding) / outstanding : 0n));
  let rest = share - parts.reduce((sum, part) => sum + part, 0n);
  const whole = parts.map((part, place) => {
    const line = lines[place];
    if (line === undefined || !isReceivable(line)) return part;
    const more = lower(rest, line.outstanding > 0n ? line.outstanding - 1n - part : 0n);
    rest -= more;
    return part + more;
  });
  return rest === 0n ? whole : undefined;
}

function splitAmount<T extends SharedLine>(line: T, part: bigint): SplitLine<T> {
  if (part === 0n) return { kept: line };
  const goes = (line.held * part) / line.outstanding;
  const [amount, outstanding] = [line.amount - part, line.outstanding - part];
  const held = line.held - goes;
  // Never so little that a later repayment would release less than is held: then a cent would stay behind for ever.
  const least = held > 0n ? ((held - 1n) * amount) / outstanding + 1n : 0n;
  const drawn = higher(line.drawn - goes, least);
  return {
    kept: { ...line, amount, outstanding, drawn, held },
    sold: { ...line, amount: part, outstanding: part, drawn: goes, held: goes },
  };
}

function splitGoods<T extends SharedLine>(
  line: T,
  outstanding: bigint,
  share: bigint,
  whole: bigint | undefined,
): SplitLine<T> {
  const goes = (line.held * share) / outstanding;
  const price = line.priced ?? whole;
  if (goes === 0n) return { kept: { ...line, ...(price !== undefined && { priced: price }) } };
  const priced = price === undefined ? undefined : (price * share) / outstanding;
  const rest = line.held - goes;
  return {
    kept: {
      ...line,
      ...pledged(rest),
      ...(price !== undefined && priced !== undefined && { priced: price - priced }),
    },
    sold: { ...line, ...pledged(goes), ...(priced !== undefined && { priced }) },
  };
}

/** Goods are counted in the unit of their document, and stand for themselves. */
function pledged(quantity: bigint) {
  return { amount: quantity, outstanding: quantity, drawn: quantity, held: quantity };
}

function lower(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function higher(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
