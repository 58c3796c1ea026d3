/** Where a flow comes from and where it goes to. */
export const source = 0;
export const sink = 1;

/**
 * A network of whole capacities, and the most that can flow through it (Dinic's algorithm). Vertices are numbers; what
 * has been sent stays sent, so that a further edge shows how much more its flow brings.
 */
export class Flow {
  readonly #heads: number[] = [];
  readonly #rest: bigint[] = [];
  readonly #edges: number[][] = [[], []];

  /** @returns a new vertex. */
  vertex(): number {
    return this.#edges.push([]) - 1;
  }

  edge(from: number, to: number, capacity: bigint): void {
    this.#half(from, to, capacity);
    this.#half(to, from, 0n);
  }

  /** Sends as much more as there is room for, from the source to the sink. */
  send(): bigint {
    let sent = 0n;
    for (let levels = this.#levels(); levels[sink] !== undefined; levels = this.#levels()) {
      const next = this.#edges.map(() => 0);
      for (let more = this.#push(levels, next); more > 0n; more = this.#push(levels, next)) sent += more;
    }
    return sent;
  }

  /** The vertices to which more could still flow: with everything else they are cut off from the sink. */
  reached(): ReadonlySet<number> {
    const levels = this.#levels();
    return new Set(levels.flatMap((level, vertex) => (level === undefined ? [] : [vertex])));
  }

  #half(from: number, to: number, capacity: bigint): void {
    this.#edges[from]?.push(this.#heads.length);
    this.#heads.push(to);
    this.#rest.push(capacity);
  }

  /** How many edges with room lie between the source and each vertex. */
  #levels(): (number | undefined)[] {
    const levels = this.#edges.map((): number | undefined => undefined);
    levels[source] = 0;
    const queue = [source];
    for (const vertex of queue) {
      for (const edge of this.#edges[vertex] ?? []) {
        const head = this.#heads[edge] ?? source;
        if (levels[head] !== undefined || this.#rest[edge] === 0n) continue;
        levels[head] = (levels[vertex] ?? 0) + 1;
        queue.push(head);
      }
    }
    return levels;
  }

  /** Sends along one shortest path; `next` remembers which edges of a vertex lead nowhere any more. */
  #push(levels: readonly (number | undefined)[], next: number[]): bigint {
    const path: number[] = [];
    let at = source;
    while (at !== sink) {
      const edges = this.#edges[at] ?? [];
      const edge = edges[next[at] ?? 0];
      if (edge === undefined) {
        const last = path.pop();
        if (last === undefined) return 0n;
        at = this.#heads[last ^ 1] ?? source;
        next[at] = (next[at] ?? 0) + 1;
        continue;
      }
      const head = this.#heads[edge] ?? source;
      if (this.#rest[edge] !== 0n && levels[head] === (levels[at] ?? 0) + 1) {
        path.push(edge);
        at = head;
      } else next[at] = (next[at] ?? 0) + 1;
    }
    const least = path.reduce<bigint | undefined>(
      (room, edge) => lower(room, this.#rest[edge] ?? 0n),
      undefined,
    );
    const sent = least ?? 0n;
    for (const edge of path) {
      this.#rest[edge] = (this.#rest[edge] ?? 0n) - sent;
      this.#rest[edge ^ 1] = (this.#rest[edge ^ 1] ?? 0n) + sent;
    }
    return sent;
  }
}

function lower(one: bigint | undefined, other: bigint): bigint {
  return one === undefined || other < one ? other : one;
}
