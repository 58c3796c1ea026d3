import type { LedgerEvent } from '../api.js';
import { LedgerError } from '../errors.js';
import type { Address } from './addresses.js';
import type { LedgerPort } from './port.js';
import { decodeRecord, encodeRecord } from './records.js';
import type { SaltOf } from './salts.js';

type Change = LedgerEvent['changes'][number];
type Alert = LedgerEvent['alerts'][number];

interface Write {
  readonly collection: string | undefined;
  readonly key: string;
  readonly record: unknown;
  readonly encode: (salt: string | undefined) => string;
}

interface Layer {
  readonly writes: Map<string, Write>;
  readonly policies: Map<string, Uint8Array>;
  readonly changes: Change[];
  readonly alerts: Alert[];
}

/**
 * What one transaction reads and is going to write. Fabric does not show a transaction its own writes, and it cannot
 * take one back: this does both, so that the items of a batch see each other and a refused item leaves nothing.
 */
export class UnitOfWork {
  readonly #port: LedgerPort;
  readonly #reads = new Map<string, Promise<unknown>>();
  readonly #defined = new Map<string, Promise<boolean>>();
  readonly #base: Layer = emptyLayer();
  #item: Layer | undefined;

  constructor(port: LedgerPort) {
    this.#port = port;
  }

  /** The record as this transaction left it, or as committed; every key is read from the ledger once. */
  async read<T>(address: Address<T>): Promise<T | undefined> {
    const name = nameOf(address);
    const written = this.#item?.writes.get(name) ?? this.#base.writes.get(name);
    if (written !== undefined) return written.record as T;
    let reading = this.#reads.get(name);
    if (reading === undefined) {
      reading = this.#port
        .get(address.collection, address.key)
        .then((stored) => (stored === undefined ? undefined : decodeRecord(address.kind, stored)));
      this.#reads.set(name, reading);
    }
    return (await reading) as T | undefined;
  }

  /** Whether there is such a collection; each is asked for once. */
  defines(collection: string): Promise<boolean> {
    const known = this.#defined.get(collection) ?? this.#port.defines(collection);
    this.#defined.set(collection, known);
    return known;
  }

  write<T>(address: Address<T>, record: T): void {
    this.#layer().writes.set(nameOf(address), {
      collection: address.collection,
      key: address.key,
      record,
      encode: (salt) => encodeRecord(address.kind, record, salt),
    });
  }

  /** Sets the endorsement policy of a key that this transaction writes. */
  protect<T>(address: Address<T>, policy: Uint8Array): void {
    this.#layer().policies.set(nameOf(address), policy);
  }

  /** Tells the event of the transaction; of several changes of one thing the last one counts. */
  changed(change: Change): void {
    this.#layer().changes.push(change);
  }

  alert(alert: Alert): void {
    this.#layer().alerts.push(alert);
  }

  /**
   * Carries out one item of a batch. When it is refused, nothing of it remains.
   *
   * @returns the item's answer, or the refusal. Any other failure ends the transaction.
   */
  async attempt<T>(item: () => Promise<T>): Promise<T | LedgerError> {
    const layer = emptyLayer();
    this.#item = layer;
    try {
      const answer = await item();
      for (const [name, write] of layer.writes) this.#base.writes.set(name, write);
      for (const [name, policy] of layer.policies) this.#base.policies.set(name, policy);
      this.#base.changes.push(...layer.changes);
      this.#base.alerts.push(...layer.alerts);
      return answer;
    } catch (error) {
      if (error instanceof LedgerError) return error;
      throw error;
    } finally {
      this.#item = undefined;
    }
  }

  /**
   * Hands all writes to the ledger, in the order of their keys.
   *
   * @param saltOf the salt of a private record.
   * @returns the event to announce; undefined when nothing was changed.
   */
  async flush(saltOf: SaltOf): Promise<LedgerEvent | undefined> {
    const { writes, policies, changes, alerts } = this.#base;
    const byName = [...writes].sort(([left], [right]) => (left < right ? -1 : 1));
    await this.#port.write(
      byName.map(([name, { collection, key, encode }]) => {
        const salt = collection === undefined ? undefined : saltOf(collection, key);
        return { collection, key, value: encode(salt), policy: policies.get(name) };
      }),
    );
    if (changes.length === 0 && alerts.length === 0) return undefined;
    const last = new Map(changes.map((change) => [`${change.kind} ${change.id}`, change]));
    return { schema: 1, changes: [...last.values()], alerts };
  }

  #layer(): Layer {
    return this.#item ?? this.#base;
  }
}

function emptyLayer(): Layer {
  return { writes: new Map(), policies: new Map(), changes: [], alerts: [] };
}

function nameOf({ collection, key }: Address<never> | Address<unknown>): string {
  return `${collection ?? ''} ${key}`;
}
