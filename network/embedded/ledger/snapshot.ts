import { afterPrefix, sha256 } from './bytes.js';
import type { ChannelPolicies } from './channel-policies.js';
import type { Frozen } from './disk.js';
import { keys, versionOf } from './keys.js';
import type { HashedEntry, HistoryEntry, LedgerSnapshot, PrivateEntry, StateEntry } from './ledger.js';
import { PrivateDataUnavailable } from './private-data-unavailable.js';
import { decodeHashed, decodeHistory, decodePrivate, decodeState } from './records.js';

/** Reads of one committed height, on a disk frozen at that moment. */
export class DiskSnapshot implements LedgerSnapshot {
  readonly height: number;
  readonly #disk: Frozen;
  readonly #policies: Pick<ChannelPolicies, 'isMember'>;

  constructor(height: number, disk: Frozen, policies: Pick<ChannelPolicies, 'isMember'>) {
    this.height = height;
    this.#disk = disk;
    this.#policies = policies;
  }

  get(namespace: string, key: string): StateEntry | undefined {
    const record = this.#disk.get(keys.state(namespace, key));
    return record && decodeState(key, record);
  }

  async *range(namespace: string, start: string, end: string): AsyncGenerator<StateEntry> {
    const prefix = keys.state(namespace, '');
    const stop = end === '' ? afterPrefix(prefix) : keys.state(namespace, end);
    for await (const [key, record] of this.#disk.scan({ start: keys.state(namespace, start), end: stop })) {
      yield decodeState(key.toString('utf8', prefix.length), record);
    }
  }

  getHashed(namespace: string, collection: string, keyHash: Uint8Array): HashedEntry | undefined {
    const record = this.#disk.get(keys.hashed(namespace, collection, keyHash));
    return record && decodeHashed(record);
  }

  getPrivate(
    organisation: string,
    namespace: string,
    collection: string,
    key: string,
  ): PrivateEntry | undefined {
    const hashed = this.getHashed(namespace, collection, sha256(key));
    if (hashed === undefined) return undefined;
    const held = this.#held(organisation, namespace, collection, key);
    if (held === undefined || !isCurrent(held, hashed)) {
      throw new PrivateDataUnavailable(hashed.version, held?.version);
    }
    return atVersionOf(hashed, held);
  }

  getHeld(
    organisation: string,
    namespace: string,
    collection: string,
    key: string,
  ): PrivateEntry | undefined {
    const held = this.#held(organisation, namespace, collection, key);
    const hashed = held && this.getHashed(namespace, collection, sha256(key));
    return hashed && isCurrent(held, hashed) ? atVersionOf(hashed, held) : held;
  }

  async *rangePrivate(
    organisation: string,
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncGenerator<PrivateEntry> {
    if (!this.#policies.isMember(organisation, namespace, collection)) return;
    const prefix = keys.private(namespace, collection, '');
    const from = keys.private(namespace, collection, start);
    const stop = end === '' ? afterPrefix(prefix) : keys.private(namespace, collection, end);
    for await (const [bytes, record] of this.#disk.scan({ start: from, end: stop })) {
      const held = decodePrivate(bytes.toString('utf8', prefix.length), record);
      const hashed = this.getHashed(namespace, collection, sha256(held.key));
      if (hashed && isCurrent(held, hashed)) yield atVersionOf(hashed, held);
    }
  }

  async *history(namespace: string, key: string): AsyncGenerator<HistoryEntry> {
    const prefix = keys.historyOf(namespace, key);
    const range = { start: prefix, end: afterPrefix(prefix), reverse: true };
    for await (const [bytes, record] of this.#disk.scan(range)) {
      yield decodeHistory(record, versionOf(bytes));
    }
  }

  close(): void {
    this.#disk.close();
  }

  #held(organisation: string, namespace: string, collection: string, key: string): PrivateEntry | undefined {
    if (!this.#policies.isMember(organisation, namespace, collection)) return undefined;
    const record = this.#disk.get(keys.private(namespace, collection, key));
    return record && decodePrivate(key, record);
  }
}

function isCurrent({ value }: PrivateEntry, { valueHash }: HashedEntry): boolean {
  return sha256(value).equals(valueHash);
}

/** A change of metadata alone moves the version on the ledger, not the value that is held. */
function atVersionOf({ version }: HashedEntry, held: PrivateEntry): PrivateEntry {
  return { ...held, version };
}
