import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LedgerDamaged } from './ledger-damaged.js';
import type { Tip } from './tip.js';

/** Each of the two slots has a sector of its own, so that a write that is torn leaves the other whole. */
const SLOT = 512;
/** Check (4), height (6), header hash of the last block (32). */
const RECORD = 42;

type Acknowledged = Pick<Tip, 'height' | 'hash'>;

/**
 * How far the ledger has acknowledged, in a file beside the database. LevelDB drops the end of a log that it cannot
 * read, as after a torn write, without a word: only who knows how far it had come can tell a crash from damage.
 *
 * Written after the database has synced and before anybody is told, and not synced itself: after a power cut it may
 * lag behind the database, it never runs ahead of it.
 */
export class Witness {
  readonly #file: string;
  readonly #descriptor: number;
  #acknowledged: Acknowledged;
  #slot: number;

  private constructor(file: string, descriptor: number, acknowledged: Acknowledged, slot: number) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#acknowledged = acknowledged;
    this.#slot = slot;
  }

  /**
   * @param isNew there is no block yet, so there may be no file either.
   * @throws LedgerDamaged when the file is missing, cannot be read, or damage was found before.
   */
  static open(file: string, isNew: boolean): Witness {
    const damage = damageOf(file);
    if (damage !== undefined) throw new LedgerDamaged(damage);
    if (!existsSync(file)) {
      if (!isNew) throw new LedgerDamaged('The record of what has been acknowledged is missing');
      const descriptor = openSync(file, 'w+', 0o600);
      const witness = new Witness(file, descriptor, { height: 0, hash: Buffer.alloc(32) }, 0);
      witness.acknowledge(witness.#acknowledged);
      witness.acknowledge(witness.#acknowledged);
      fsyncSync(descriptor);
      return witness;
    }
    const bytes = readFileSync(file);
    const slots = [readSlot(bytes, 0), readSlot(bytes, 1)];
    const latest = (slots[1]?.height ?? -1) > (slots[0]?.height ?? -1) ? 1 : 0;
    const acknowledged = slots[latest];
    if (acknowledged === undefined) {
      throw new LedgerDamaged('The record of what has been acknowledged cannot be read');
    }
    return new Witness(file, openSync(file, 'r+'), acknowledged, latest);
  }

  get acknowledged(): Acknowledged {
    return this.#acknowledged;
  }

  /** Before anybody is told of the block. */
  acknowledge({ height, hash }: Acknowledged): void {
    this.#slot = 1 - this.#slot;
    const record = Buffer.alloc(RECORD);
    record.writeUIntBE(height, 4, 6);
    hash.copy(record, 10);
    record.writeUInt32BE(crc32(record.subarray(4)));
    writeSync(this.#descriptor, record, 0, RECORD, this.#slot * SLOT);
    this.#acknowledged = { height, hash };
  }

  /** From now on the ledger is not opened any more. */
  condemn(damage: string): void {
    writeFileSync(`${this.#file}.damage`, damage, { mode: 0o600, flush: true });
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}

/** The damage that was found in a ledger while it ran. */
function damageOf(file: string): string | undefined {
  return existsSync(`${file}.damage`) ? readFileSync(`${file}.damage`, 'utf8') : undefined;
}

function readSlot(bytes: Buffer, slot: number): Acknowledged | undefined {
  const record = bytes.subarray(slot * SLOT, slot * SLOT + RECORD);
  if (record.length < RECORD || record.readUInt32BE() !== crc32(record.subarray(4))) return undefined;
  return { height: record.readUIntBE(4, 6), hash: Buffer.from(record.subarray(10)) };
}
