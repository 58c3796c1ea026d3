import type { Change, Disk, Frozen, Range } from '@pledgeonce/network/embedded/ledger/disk.js';
import { lowerBound, nameOf } from '@pledgeonce/network/embedded/ledger/key-order.js';
import type { Seeded } from '../seeded.js';

type Records = ReadonlyMap<string, Buffer>;

/** What is done to a write as the power goes. */
export type Tear = 'before' | 'after' | 'full';

/** How a disk can lie, so that it is seen that this is noticed. */
export interface Lies {
  /** A synced write does not survive either. */
  readonly forgetsSynced?: boolean;
  /** Of the write under way only some changes survive. */
  readonly tearsBatches?: boolean;
}

/** The power is gone: whoever holds this disk writes and reads nothing any more. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/**
 * A disk in memory behind the ledger's interface. What was written without being synced does not survive a power cut, or only
 * some of it does, in no order; a synced write does, and one that was under way does whole or not at all.
 */
export class SimulatedDisk {
  /** What has survived so far, in an image that is never changed. */
  #durable = new Map<string, Buffer>();
  /** What programs read. */
  #current = new Map<string, Buffer>();
  #unsynced: (readonly Change[])[] = [];
  #sorted: string[] | undefined;
  #mounted = 0;
  #isFrozen = false;
  writes = 0;
  /** Called before each write is carried out: what goes wrong with it. */
  onWrite: (sync: boolean) => Tear | undefined = () => undefined;
  readonly #seeded: Seeded;
  readonly #lies: Lies;

  constructor(seeded: Seeded, lies: Lies = {}) {
    this.#seeded = seeded;
    this.#lies = lies;
  }

  /** For one life of the program that has it. */
  mount(): Disk {
    const life = ++this.#mounted;
    const alive = (): void => {
      if (life !== this.#mounted) throw new PowerCut('The power is gone.');
    };
    return {
      ...this.#reads(
        () => this.#current,
        () => this.#keys(),
        alive,
      ),
      freeze: (): Frozen => {
        alive();
        const image = this.#current;
        this.#isFrozen = true;
        let keys: readonly string[] | undefined;
        const sorted = () => (keys ??= image === this.#current ? this.#keys() : [...image.keys()].sort());
        return { ...this.#reads(() => image, sorted, alive), close: () => undefined };
      },
      write: async (changes, { sync }) => {
        alive();
        await Promise.resolve();
        alive();
        this.#write(changes, sync);
      },
      close: async () => {
        await Promise.resolve();
        if (life === this.#mounted) this.#mounted++;
      },
    };
  }

  /** Whatever was not synced is gone, or some of it is. */
  cutPower(): void {
    this.#mounted++;
    const image = new Map(this.#durable);
    for (const changes of this.#unsynced) if (this.#seeded.below(3) === 0) apply(image, changes);
    this.#unsynced = [];
    this.#current = image;
    this.#durable = new Map(image);
    this.#sorted = undefined;
  }

  /** One bit of one record is another. @returns how it is undone, and whether it still stands; undefined on an empty disk. */
  flipBit(): { readonly undo: () => void; readonly stands: () => boolean } | undefined {
    const keys = this.#keys();
    const key = keys[this.#seeded.below(Math.max(1, keys.length))];
    const record = key === undefined ? undefined : this.#current.get(key);
    if (key === undefined || record === undefined || record.length === 0) return undefined;
    const flipped = Buffer.from(record);
    const at = this.#seeded.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << this.#seeded.below(8));
    const put = (value: Buffer): void => {
      this.#current.set(key, value);
      this.#durable = new Map(this.#durable).set(key, value);
    };
    put(flipped);
    const stands = () => this.#current.get(key) === flipped;
    return {
      stands,
      undo: () => {
        if (stands()) put(record);
      },
    };
  }

  #write(changes: readonly Change[], sync: boolean): void {
    this.writes += 1;
    const tear = this.onWrite(sync);
    if (tear === 'full')
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    if (tear === 'before') {
      if (this.#lies.tearsBatches === true) this.#settle(changes.filter(() => this.#seeded.below(2) === 0));
      throw new PowerCut('The power goes as this is written.');
    }
    // Who reads what is frozen reads on in the old image.
    if (this.#isFrozen) this.#current = new Map(this.#current);
    this.#isFrozen = false;
    apply(this.#current, changes);
    this.#sorted = undefined;
    if (sync && this.#lies.forgetsSynced !== true) this.#settle(changes);
    else this.#unsynced.push(changes);
    if (tear === 'after') throw new PowerCut('The power goes as soon as this is written.');
  }

  /** A sync brings everything before it to the disk. */
  #settle(changes: readonly Change[]): void {
    const image = this.#durable;
    for (const earlier of this.#unsynced) apply(image, earlier);
    apply(image, changes);
    this.#unsynced = [];
  }

  #keys(): readonly string[] {
    return (this.#sorted ??= [...this.#current.keys()].sort());
  }

  #reads(
    records: () => Records,
    keys: () => readonly string[],
    alive: () => void,
  ): Pick<Frozen, 'get' | 'scan'> {
    return {
      get: (key) => {
        alive();
        const found = records().get(nameOf(key));
        return found && Buffer.from(found);
      },
      scan: async function* ({ start, end, reverse = false, limit = -1 }: Range) {
        alive();
        const [from, to] = [nameOf(start), nameOf(end)];
        const all = keys();
        const within = all.slice(lowerBound(all, from), lowerBound(all, to));
        if (reverse) within.reverse();
        for (const name of limit < 0 ? within : within.slice(0, limit)) {
          const found = records().get(name);
          if (found !== undefined) yield [Buffer.from(name, 'latin1'), Buffer.from(found)] as const;
          await Promise.resolve();
          alive();
        }
      },
    };
  }
}

function apply(image: Map<string, Buffer>, changes: readonly Change[]): void {
  for (const { key, value } of changes) {
    if (value === undefined) image.delete(nameOf(key));
    else image.set(nameOf(key), Buffer.from(value));
  }
}
