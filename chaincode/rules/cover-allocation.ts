import { Flow, sink, source } from './evidence/flow.js';

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
  const flow = new Flow();
  const covered = demands.map((amount) => {
    const vertex = flow.vertex();
    flow.edge(vertex, sink, amount);
    return vertex;
  });
  const edges = supplies.map(({ amount, covers }) => {
    const vertex = flow.vertex();
    flow.edge(source, vertex, amount);
    return new Map(
      covers.flatMap((place) => {
        const demand = covered[place];
        return demand === undefined ? [] : [[place, flow.edge(vertex, demand, amount)] as const];
      }),
    );
  });
  flow.send();
  return edges.map((byPlace) =>
    demands.map((_, place) => {
      const edge = byPlace.get(place);
      return edge === undefined ? 0n : flow.through(edge);
    }),
  );
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
