import { common, peer } from '@hyperledger/fabric-protos';
import { BlockUpdates, type CommittedState } from './block-updates.js';
import type { ChannelPolicies } from './channel-policies.js';
import type { StoredBlock } from './committed-block.js';
import { keys } from './keys.js';
import { LedgerDamaged } from './ledger-damaged.js';
import type { ValidationCode } from './ledger.js';
import { openEnvelope, type OpenedEnvelope } from './open-envelope.js';
import { decodeHashed, decodeState, versionOfRecord } from './records.js';
import { commitHashOf, storeState } from './state-changes.js';
import { sameVersion, type Version } from './version.js';

const { VALID } = peer.TxValidationCode;

/** A private value that runs out with some block. */
interface Expiring {
  readonly id: string;
  readonly version: Version;
}

/** A block whose envelopes have been opened again. */
export interface Replayed {
  readonly envelopes: readonly OpenedEnvelope[];
  readonly codes: readonly ValidationCode[];
}

/**
 * Public state and hashes of private values as the blocks alone make them. What each block did is held against the
 * commit hash in it, which is chained, so that its validation codes are proved as well.
 */
export class ReplayedState {
  readonly #policies: ChannelPolicies;
  /** Records by key of the disk, in latin1. */
  readonly #records = new Map<string, Buffer>();
  readonly #expiring = new Map<number, Expiring[]>();
  #commitHash: Uint8Array = Buffer.alloc(0);
  readonly #state: CommittedState = {
    public: (namespace, key) => {
      const record = this.#records.get(idOf(keys.state(namespace, key)));
      return record && decodeState(key, record);
    },
    hashed: (...place) => {
      const record = this.#records.get(idOf(keys.hashed(...place)));
      const entry = record && decodeHashed(record);
      return entry && { ...entry, value: entry.valueHash };
    },
  };

  constructor(policies: ChannelPolicies) {
    this.#policies = policies;
  }

  /** What the last block's commit hash must be. */
  get commitHash(): Uint8Array {
    return this.#commitHash;
  }

  /** What the disk must hold under this key; undefined when it must hold nothing. */
  record(key: Buffer): Buffer | undefined {
    return this.#records.get(idOf(key));
  }

  /** Everything that the disk must hold. */
  *all(): Generator<readonly [key: Buffer, record: Buffer]> {
    for (const [id, record] of this.#records) yield [Buffer.from(id, 'latin1'), record];
  }

  /** @throws LedgerDamaged when the block did not do what its commit hash says. */
  apply(block: StoredBlock): Replayed {
    const { number } = block;
    const envelopes = block.transactions.map(({ envelope }) => openEnvelope(envelope));
    const codes = block.transactions.map(({ code }) => code);
    const updates = new BlockUpdates(this.#state);
    if (number > 0) {
      for (const [tx, { transaction }] of envelopes.entries()) {
        const namespaces = codes[tx] === VALID ? transaction?.action?.namespaces : undefined;
        if (namespaces !== undefined) updates.add(namespaces, { block: number, tx });
      }
      this.#commitHash = commitHashOf(codes, updates.all(), this.#commitHash);
      if (!Buffer.from(this.#commitHash).equals(commitHashIn(block))) {
        throw new LedgerDamaged(`The validation of block ${number} is not what its commit hash says`, number);
      }
    }
    this.#drop(number, updates);
    for (const { key, value } of storeState(updates.all())) {
      if (value === undefined) this.#records.delete(idOf(key));
      else this.#records.set(idOf(key), Buffer.from(value));
    }
    this.#schedule(updates);
    return { envelopes, codes };
  }

  #schedule(updates: BlockUpdates): void {
    for (const { namespace, collection, key, value, version } of updates.all()) {
      const life =
        collection === '' ? 0 : (this.#policies.collection(namespace, collection)?.blockToLive ?? 0);
      if (life === 0 || value === undefined) continue;
      const at = version.block + life + 1;
      const id = idOf(keys.hashed(namespace, collection, key));
      this.#expiring.set(at, [...(this.#expiring.get(at) ?? []), { id, version }]);
    }
  }

  #drop(number: number, updates: BlockUpdates): void {
    const updated = new Set(
      updates
        .all()
        .filter(({ collection }) => collection !== '')
        .map(({ namespace, collection, key }) => idOf(keys.hashed(namespace, collection, key))),
    );
    for (const { id, version } of this.#expiring.get(number) ?? []) {
      const record = this.#records.get(id);
      const isCurrent = record !== undefined && sameVersion(versionOfRecord(record), version);
      if (isCurrent && !updated.has(id)) this.#records.delete(id);
    }
    this.#expiring.delete(number);
  }
}

function idOf(key: Uint8Array): string {
  return Buffer.from(key).toString('latin1');
}

function commitHashIn(block: StoredBlock): Buffer {
  const bytes = block.message.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.COMMIT_HASH];
  return Buffer.from(common.Metadata.deserializeBinary(bytes ?? new Uint8Array()).getValue_asU8());
}
