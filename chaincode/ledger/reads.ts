import { type Address, nameOf } from './addresses.js';
import { keyRingAt } from './key-ring.js';
import type { LedgerPort } from './port.js';
import { decodeRecord } from './records.js';
import { addresseeKey, taggedKey } from './tags.js';

/** A key whose reader waits for it. */
interface Wanted {
  readonly key: string;
  readonly settle: (stored: Promise<string | undefined>) => void;
}

/** What a transaction has read of the ledger: every key once. */
export class Reads {
  readonly #port: LedgerPort;
  readonly #records = new Map<string, Promise<unknown>>();
  readonly #readTogether = new Map<string, Address<unknown>>();
  /** By collection; undefined while every key is read by itself. */
  #wanted: Map<string | undefined, Wanted[]> | undefined;

  constructor(port: LedgerPort) {
    this.#port = port;
  }

  /** The record as committed. */
  read<T>(address: Address<T>): Promise<T | undefined> {
    const name = nameOf(address);
    let record = this.#records.get(name);
    if (record === undefined) {
      record = this.#found(address).then((stored) =>
        stored === undefined ? undefined : decodeRecord(address.kind, stored),
      );
      this.#records.set(name, record);
    }
    return record as Promise<T | undefined>;
  }

  /**
   * The key under which the record lies on the ledger.
   *
   * @returns undefined for a copy while the registry has no secret: then there is none.
   */
  async keyOf({ key, addressee }: Pick<Address<unknown>, 'key' | 'addressee'>): Promise<string | undefined> {
    if (addressee === undefined) return key;
    const ring = await this.read(keyRingAt);
    return ring && taggedKey(addresseeKey(ring, addressee), key);
  }

  /**
   * Lets what is asked for at the same time travel in one message, as long as `work` goes on. Where the peer lacks
   * private data such a message brings old values or none, and does not say so. What is built on them can never become
   * valid, because their versions are in the read set; but no refusal may be built on them: see `readAgain`.
   */
  async together<T>(work: () => Promise<T>): Promise<T> {
    this.#wanted = new Map();
    try {
      return await work();
    } finally {
      this.#wanted = undefined;
    }
  }

  /**
   * Forgets what was read together: from now on each key is read by itself, and data that is missing is an error. What is
   * not there by its public key stays known: that every peer holds, so the answer does not hang on private data.
   */
  async readAgain(): Promise<void> {
    const absent = await this.#absent();
    for (const name of this.#readTogether.keys()) if (!absent.has(name)) this.#records.delete(name);
    this.#readTogether.clear();
  }

  /** Names of the records that came back empty and are not there by their public keys either. */
  async #absent(): Promise<ReadonlySet<string>> {
    const shown = [...this.#readTogether].flatMap(([name, { shownBy }]) =>
      shownBy === undefined ? [] : [{ name, key: shownBy, record: this.#records.get(name) }],
    );
    const found = await Promise.allSettled(shown.map(({ record }) => Promise.resolve(record)));
    const empty = shown.filter(
      (_, index) => found[index]?.status === 'fulfilled' && found[index].value === undefined,
    );
    if (empty.length === 0) return new Set();
    const stored = await this.#port.getAll(
      undefined,
      empty.map(({ key }) => key),
    );
    return new Set(empty.flatMap(({ name }, index) => (stored[index] === undefined ? [name] : [])));
  }

  async #found(address: Address<unknown>): Promise<string | undefined> {
    if (address.addressee === undefined) return this.#stored(address, address.key);
    const key = await this.keyOf(address);
    return key === undefined ? undefined : this.#stored(address, key);
  }

  #stored(address: Address<unknown>, key: string): Promise<string | undefined> {
    const { collection } = address;
    const wanted = this.#wanted;
    if (wanted === undefined) return this.#port.get(collection, key);
    this.#readTogether.set(nameOf(address), address);
    // Everybody who can go on without the ledger's answer has done so when this turn of the event loop ends.
    if (wanted.size === 0) setImmediate(this.#readWanted, wanted);
    return new Promise((settle) => {
      const others = wanted.get(collection);
      if (others === undefined) wanted.set(collection, [{ key, settle }]);
      else others.push({ key, settle });
    });
  }

  readonly #readWanted = (wanted: Map<string | undefined, Wanted[]>): void => {
    for (const [collection, keys] of wanted) {
      const values = this.#port.getAll(
        collection,
        keys.map(({ key }) => key),
      );
      keys.forEach(({ settle }, index) => {
        settle(values.then((all) => all[index]));
      });
    }
    wanted.clear();
  };
}
