/** What covers, and which of the receivables it may cover, by their places. */
export interface Supply {
  readonly amount: bigint;
  readonly covers: readonly number[];
}

/**
 * Splits what covers over the receivables that it may cover, so that as much as possible of both is used: a maximum flow.
 * The same input gives the same split on every node.
 *
 * @param demands of the receivables.
 * @returns for each supply how much of each receivable it covers.
 */
export function splitCover(supplies: readonly Supply[], demands: readonly bigint[]): bigint[][] {
  const flows = supplies.map(() => demands.map(() => 0n));
  const open = [...demands];
  for (const [index, { amount }] of supplies.entries()) {
    let left = amount;
    while (left > 0n) {
      const path = wayToOpen(index, supplies, flows, open);
      const end = path?.at(-1);
      if (path === undefined || end === undefined) break;
      left -= pushAlong(path, left, flows, open);
    }
  }
  return flows;
}

/** A step from a supply to a receivable; all but the first supply give up what they covered of the one before. */
interface Step {
  readonly supply: number;
  readonly demand: number;
}

/** The shortest way from a supply to a receivable that is not covered yet, where need be by moving others. */
function wayToOpen(
  start: number,
  supplies: readonly Supply[],
  flows: readonly (readonly bigint[])[],
  open: readonly bigint[],
): readonly Step[] | undefined {
  const seen = new Set<number>();
  let ways: (readonly Step[])[] = [[]];
  for (let from = [start]; from.length > 0;) {
    const next: number[] = [];
    const nextWays: (readonly Step[])[] = [];
    for (const [place, supply] of from.entries()) {
      for (const demand of supplies[supply]?.covers ?? []) {
        if (seen.has(demand)) continue;
        seen.add(demand);
        const way = [...(ways[place] ?? []), { supply, demand }];
        if ((open[demand] ?? 0n) > 0n) return way;
        for (const [other, covered] of flows.entries()) {
          if (other === supply || (covered[demand] ?? 0n) === 0n) continue;
          next.push(other);
          nextWays.push(way);
        }
      }
    }
    from = next;
    ways = nextWays;
  }
  return undefined;
}

/** Moves as much as the way bears; returns it. */
function pushAlong(path: readonly Step[], most: bigint, flows: bigint[][], open: bigint[]): bigint {
  const last = path.at(-1);
  const given = path.slice(1).map(({ supply }, index) => flows[supply]?.[path[index]?.demand ?? -1] ?? 0n);
  const amount = [most, open[last?.demand ?? -1] ?? 0n, ...given].reduce((least, one) =>
    one < least ? one : least,
  );
  for (const [index, { supply, demand }] of path.entries()) {
    add(flows[supply], demand, amount);
    const before = path[index - 1];
    if (before !== undefined) add(flows[supply], before.demand, -amount);
  }
  if (last !== undefined) add(open, last.demand, -amount);
  return amount;
}

function add(amounts: bigint[] | undefined, place: number, amount: bigint): void {
  if (amounts !== undefined) amounts[place] = (amounts[place] ?? 0n) + amount;
}

/** A receivable that something covers, and how much of it. */
export interface Covered {
  readonly fact: string;
  readonly amount: bigint;
}

/** The part of a receivable that cover follows. */
interface Followed {
  readonly fact: string;
  readonly role: string;
  readonly amount: bigint;
  readonly outstanding: bigint;
}

/**
 * What a line of cover still stands for: it is freed with the receivables that it covers and with no others, a fraction is
 * kept.
 *
 * @throws Error for a line that does not say what it covers.
 */
export function coverOutstanding(
  { fact: own, covers }: { readonly fact: string; readonly covers?: readonly Covered[] | undefined },
  lines: readonly Followed[],
): bigint {
  if (covers === undefined) throw new Error(`cover ${own} covers nothing`);
  return covers.reduce((sum, { fact, amount }) => {
    const line = lines.find((one) => one.role === 'receivable' && one.fact === fact);
    if (line === undefined) throw new Error(`cover ${own} covers no line of the claim`);
    return sum + (amount * line.outstanding + line.amount - 1n) / line.amount;
  }, 0n);
}
