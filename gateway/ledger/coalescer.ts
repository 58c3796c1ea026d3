/** One caller's item with what it must not meet in another transaction. */
export interface Item<T> {
  /** Items of different lanes never share a transaction: another person signs. */
  readonly lane: string;
  /** Names of what the item changes; an item waits while a transaction that changes the same is under way. */
  readonly touches: readonly string[];
  /** Its size in bytes, where the items of a batch may only have so many together. */
  readonly bytes?: number;
  readonly value: T;
}

interface Waiting<T, V> extends Item<T> {
  readonly resolve: (verdict: V) => void;
  readonly reject: (error: unknown) => void;
}

export interface CoalescerLimits {
  readonly itemsPerBatch: number;
  /** Things that the items of one batch change together: each costs the ledger. A larger item travels alone. */
  readonly touchesPerBatch: number;
  /** Where items of any size come in large batches: what one message to the ledger takes. A larger item travels alone. */
  readonly bytesPerBatch?: number;
  /** Batches of one lane that may be under way at once. */
  readonly batchesPerLane: number;
}

/** Sends one batch and settles each item by itself, in the order given. */
export type SendBatch<T, V> = (
  lane: string,
  values: readonly T[],
) => Promise<readonly PromiseSettledResult<V>[]>;

/**
 * Joins what callers ask for one by one into batches. An item goes out at once when nothing of its lane is under
 * way; what arrives meanwhile goes out together. So a quiet gateway adds no delay, and a busy one pays for one
 * transaction what it would pay for many. Two items that change the same thing never race one another.
 */
export class Coalescer<T, V> {
  readonly #send: SendBatch<T, V>;
  readonly #limits: CoalescerLimits;
  readonly #waiting = new Set<Waiting<T, V>>();
  readonly #touched = new Map<string, number>();
  readonly #underWay = new Map<string, number>();
  #scheduled = false;

  constructor(send: SendBatch<T, V>, limits: CoalescerLimits) {
    this.#send = send;
    this.#limits = limits;
  }

  /** @returns the verdict on this item alone. */
  add(item: Item<T>): Promise<V> {
    return new Promise((resolve, reject) => {
      this.#waiting.add({ ...item, resolve, reject });
      this.#schedule();
    });
  }

  /** Items that have no verdict yet and are not on their way. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Lets callers of the same turn of the event loop join, without waiting for a clock. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const [lane, batch] of this.#nextBatches()) void this.#run(lane, batch);
  }

  /** First come, first served; an item whose things are touched already stays behind and keeps its place. */
  #nextBatches(): Map<string, Waiting<T, V>[]> {
    const batches = new Map<string, Waiting<T, V>[]>();
    const claimedBy = new Map<string, string>();
    for (const item of this.#waiting) {
      const batch = batches.get(item.lane) ?? [];
      const isFree = item.touches.every(
        (name) => !this.#touched.has(name) && (claimedBy.get(name) ?? item.lane) === item.lane,
      );
      const hasRoom =
        batch.length < this.#limits.itemsPerBatch &&
        (batch.length === 0 || this.#fits(batch, item)) &&
        (this.#underWay.get(item.lane) ?? 0) < this.#limits.batchesPerLane;
      // Whoever stays behind reserves its things, or a stream of later items could overtake it for ever.
      for (const name of item.touches) if (!claimedBy.has(name)) claimedBy.set(name, item.lane);
      if (!isFree || !hasRoom) continue;
      batch.push(item);
      batches.set(item.lane, batch);
    }
    return batches;
  }

  #fits(batch: readonly Item<T>[], { touches, bytes = 0 }: Item<T>): boolean {
    const { touchesPerBatch, bytesPerBatch = Infinity } = this.#limits;
    return touchedBy(batch) + touches.length <= touchesPerBatch && bytesOf(batch) + bytes <= bytesPerBatch;
  }

  async #run(lane: string, batch: readonly Waiting<T, V>[]): Promise<void> {
    batch.forEach((item) => this.#waiting.delete(item));
    const touches = batch.flatMap((item) => item.touches);
    this.#count(this.#underWay, [lane], 1);
    this.#count(this.#touched, touches, 1);
    try {
      const verdicts = await this.#send(
        lane,
        batch.map(({ value }) => value),
      );
      batch.forEach((item, index) => {
        settle(item, verdicts[index]);
      });
    } catch (error) {
      batch.forEach(({ reject }) => {
        reject(error);
      });
    } finally {
      this.#count(this.#underWay, [lane], -1);
      this.#count(this.#touched, touches, -1);
      if (this.#waiting.size > 0) this.#schedule();
    }
  }

  #count(counts: Map<string, number>, names: readonly string[], step: number): void {
    for (const name of names) {
      const count = (counts.get(name) ?? 0) + step;
      if (count === 0) counts.delete(name);
      else counts.set(name, count);
    }
  }
}

function touchedBy(batch: readonly Pick<Item<unknown>, 'touches'>[]): number {
  return batch.reduce((sum, { touches }) => sum + touches.length, 0);
}

function bytesOf(batch: readonly Pick<Item<unknown>, 'bytes'>[]): number {
  return batch.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
}

function settle<T, V>(item: Waiting<T, V>, verdict: PromiseSettledResult<V> | undefined): void {
  if (verdict === undefined) item.reject(new Error('The batch gave no verdict on this item.'));
  else if (verdict.status === 'fulfilled') item.resolve(verdict.value);
  else item.reject(verdict.reason);
}
