import type { LedgerEvent } from '../api.js';
import type { PortalPlace } from '../rules/accounts.js';
import type { Origin } from '../rules/fingerprints.js';
import { type Address, nameOf, registry } from './addresses.js';
import type { LedgerPort } from './port.js';
import { encodeRecord } from './records.js';

/** Records that have one id only and one version: others are found through them. */
const foundByText = /^[A-Z]+~([0-9a-f]{64})$/;

type Change = LedgerEvent['changes'][number];
type Alert = LedgerEvent['alerts'][number];

/** What the registry's secrets add to the records of a transaction. */
export interface Seals {
  /** The salt of a private record; undefined while the registry has no secret to make one from. */
  saltOf(collection: string, key: string): string | undefined;
  /** The key under which a record lies on the ledger: that of a copy bears its addressee's tag. */
  keyOf(address: { readonly key: string; readonly addressee?: string | undefined }): string;
}

interface Write {
  readonly collection: string | undefined;
  readonly key: string;
  readonly addressee: string | undefined;
  readonly record: unknown;
  readonly encode: (salt: string | undefined) => string;
}

/** Where a unit of work reads what it has not written itself: the ledger, or the work that it is a part of. */
interface Source {
  read<T>(address: Address<T>): Promise<T | undefined>;
}

/**
 * What one transaction is going to write, or one item of a batch. Fabric does not show a transaction its own writes, and
 * it cannot take one back: this does both, so that the items of a batch see each other and a refused item leaves nothing.
 */
export class UnitOfWork {
  readonly #source: Source;
  readonly #asked = new Set<string>();
  readonly #writes = new Map<string, Write>();
  readonly #policies = new Map<string, Uint8Array>();
  readonly #changes: Change[] = [];
  readonly #alerts: Alert[] = [];

  /** What the ids that the transaction has made are made of. */
  readonly origins: Map<string, Origin>;
  /** Which accounts another portal serves than the first: for whoever writes a copy that an enterprise reads. */
  places: readonly PortalPlace[] = [];

  constructor(source: Source, origins = new Map<string, Origin>()) {
    this.#source = source;
    this.origins = origins;
  }

  /** The record as this work left it, or as its source has it. */
  async read<T>(address: Address<T>): Promise<T | undefined> {
    const name = nameOf(address);
    const written = this.#writes.get(name);
    if (written !== undefined) return written.record as T;
    this.#asked.add(name);
    return this.#source.read(address);
  }

  write<T>(address: Address<T>, record: T): void {
    this.#writes.set(nameOf(address), {
      collection: address.collection,
      key: address.key,
      addressee: address.addressee,
      record,
      encode: (salt) =>
        encodeRecord(address.kind, record, {
          salt,
          origin: this.#originOf(address),
          addressee: address.addressee,
        }),
    });
  }

  /** Sets the endorsement policy of a key that this transaction writes. */
  protect<T>(address: Address<T>, policy: Uint8Array): void {
    this.#policies.set(nameOf(address), policy);
  }

  /** Tells the event of the transaction; of several changes of one thing the last one counts. */
  changed(change: Change): void {
    this.#changes.push(change);
  }

  alert(alert: Alert): void {
    this.#alerts.push(alert);
  }

  /** A part of this work, which it may take over or leave. */
  part(): UnitOfWork {
    const part = new UnitOfWork(this, this.origins);
    part.places = this.places;
    return part;
  }

  #originOf({ collection, key, addressee }: Address<never> | Address<unknown>): Origin | undefined {
    const isEntry = collection === registry && addressee === undefined;
    const id = isEntry ? foundByText.exec(key)?.[1] : undefined;
    return id === undefined ? undefined : this.origins.get(id);
  }

  /** Whether this work asked its source for a record that the other one writes. */
  dependsOn(other: UnitOfWork): boolean {
    return [...this.#asked].some((name) => other.#writes.has(name));
  }

  get writesNothing(): boolean {
    return this.#writes.size === 0;
  }

  /** Makes everything that a part did this work's own. */
  take(part: UnitOfWork): void {
    for (const [name, write] of part.#writes) this.#writes.set(name, write);
    for (const [name, policy] of part.#policies) this.#policies.set(name, policy);
    this.#changes.push(...part.#changes);
    this.#alerts.push(...part.#alerts);
  }

  /**
   * Hands all writes to the ledger, in the order of their keys.
   *
   * @returns the event to announce; undefined when nothing was changed.
   */
  async flush(port: LedgerPort, seals: Seals): Promise<LedgerEvent | undefined> {
    const byName = [...this.#writes].sort(([left], [right]) => (left < right ? -1 : 1));
    await port.write(
      byName.map(([name, { collection, encode, ...address }]) => {
        const key = seals.keyOf(address);
        const salt = collection === undefined ? undefined : seals.saltOf(collection, key);
        return { collection, key, value: encode(salt), policy: this.#policies.get(name) };
      }),
    );
    if (this.#changes.length === 0 && this.#alerts.length === 0) return undefined;
    const last = new Map(this.#changes.map((change) => [`${change.kind} ${change.id}`, change]));
    return { schema: 1, changes: [...last.values()], alerts: this.#alerts };
  }
}
