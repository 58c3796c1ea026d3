/** Where a flow comes from and where it goes to. */
export const source = 0;
export const sink = 1;

/** No way leads there. */
const unreached = -1;

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

  /** @returns the edge, to ask what flows through it. */
  edge(from: number, to: number, capacity: bigint): number {
    const edge = this.#half(from, to, capacity);
    this.#half(to, from, 0n);
    return edge;
  }

  /** What has been sent through an edge. */
  through(edge: number): bigint {
    return this.#rest[edge ^ 1] ?? 0n;
  }

  /** Sends as much more as there is room for, from the source to the sink. */
  send(): bigint {
    let sent = 0n;
    for (let levels = this.#levels(sink); levels[sink] !== unreached; levels = this.#levels(sink)) {
      const next = new Int32Array(this.#edges.length);
      for (let more = this.#push(levels, next); more > 0n; more = this.#push(levels, next)) sent += more;
    }
    return sent;
  }

  /** The vertices to which more could still flow: with everything else they are cut off from the sink. */
  reached(): ReadonlySet<number> {
    const levels = this.#levels();
    return new Set([...levels.keys()].filter((vertex) => levels[vertex] !== unreached));
  }

  #half(from: number, to: number, capacity: bigint): number {
    const edge = this.#heads.length;
    this.#edges[from]?.push(edge);
    this.#heads.push(to);
    this.#rest.push(capacity);
    return edge;
  }

  /**
   * How many edges with room lie between the source and each vertex.
   *
   * @param until nothing that is further away than this vertex matters.
   */
  #levels(until?: number): Int32Array {
    const count = this.#edges.length;
    const levels = new Int32Array(count).fill(unreached);
    const queue = new Int32Array(count);
    levels[source] = 0;
    queue[0] = source;
    let queued = 1;
    for (let place = 0; place < queued; place += 1) {
      const vertex = queue[place] ?? source;
      const level = (levels[vertex] ?? 0) + 1;
      for (const edge of this.#edges[vertex] ?? []) {
        const head = this.#heads[edge] ?? source;
        if (levels[head] !== unreached || this.#rest[edge] === 0n) continue;
        levels[head] = level;
        if (head === until) return levels;
        queue[queued] = head;
        queued += 1;
      }
    }
    return levels;
  }

  /** Sends along one shortest path; `next` remembers which edges of a vertex lead nowhere any more. */
  #push(levels: Int32Array, next: Int32Array): bigint {
    const path: number[] = [];
    let at = source;
    while (at !== sink) {
      const place = next[at] ?? 0;
      const edge = this.#edges[at]?.[place];
      if (edge === undefined) {
        const last = path.pop();
        if (last === undefined) return 0n;
        at = this.#heads[last ^ 1] ?? source;
        next[at] = (next[at] ?? 0) + 1;
        continue;
      }
      const head = this.#heads[edge] ?? source;
      if (levels[head] === (levels[at] ?? 0) + 1 && this.#rest[edge] !== 0n) {
        path.push(edge);
        at = head;
      } else next[at] = place + 1;
    }
    let least = this.#rest[path[0] ?? 0] ?? 0n;
    for (const edge of path) {
      const room = this.#rest[edge] ?? 0n;
      if (room < least) least = room;
    }
    for (const edge of path) {
      this.#rest[edge] = (this.#rest[edge] ?? 0n) - least;
      this.#rest[edge ^ 1] = (this.#rest[edge ^ 1] ?? 0n) + least;
    }
    return least;
  }
}
