import { crc32 } from 'node:zlib';
import type { Change, Disk, Frozen, Range } from './disk.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { nameOfKey } from './name-of-key.js';

/** Length of what each record begins with. */
const CHECK = 4;

/**
 * A disk whose records each carry a check over key and value. LevelDB does not verify the checksums of its own files
 * when it reads, so a byte that flipped would be served; and a record that turned up under another key would be, too.
 *
 * @param onDamage told of each damaged record, before the read of it fails.
 * @param refusal once it gives a reason, nothing is read or written any more.
 */
export function checkedDisk(
  disk: Disk,
  onDamage: (damage: LedgerDamaged) => void = () => undefined,
  refusal: () => LedgerDamaged | undefined = () => undefined,
): Disk {
  const failed: Failed = Object.assign(
    (damage: LedgerDamaged): LedgerDamaged => {
      onDamage(damage);
      return damage;
    },
    { refusal },
  );
  return {
    ...checkedReads(disk, failed),
    freeze() {
      const frozen = disk.freeze();
      return {
        ...checkedReads(frozen, failed),
        close: () => {
          frozen.close();
        },
      };
    },
    write: async (changes, options) => {
      refuse(failed);
      await disk.write(changes.map(withCheck), options).catch((error: unknown) => {
        // What is written over is read before, and may be damaged. A write that fails says nothing of what is there.
        throw error instanceof LedgerDamaged ? failed(error) : error;
      });
    },
    ...(disk.prove && { prove: disk.prove.bind(disk) }),
    close: () => disk.close(),
  };
}

type Reads = Pick<Frozen, 'get' | 'scan'>;

/** Reports damage, and says whether some was found before. */
interface Failed {
  (damage: LedgerDamaged): LedgerDamaged;
  readonly refusal: () => LedgerDamaged | undefined;
}

function refuse({ refusal }: Failed): void {
  const damage = refusal();
  if (damage !== undefined) throw damage;
}

function checkedReads(disk: Reads, failed: Failed): Reads {
  return {
    get(key) {
      refuse(failed);
      const record = reading(() => disk.get(key), Buffer.from(key), failed);
      return record && checked(Buffer.from(key), record, failed);
    },
    async *scan(range: Range) {
      refuse(failed);
      const records = disk.scan(range)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const next = await records.next().catch((error: unknown) => {
            throw asDamage(error, Buffer.from(range.start), failed);
          });
          if (next.done === true) return;
          const [key, record] = next.value;
          yield [key, checked(key, record, failed)] as const;
        }
      } finally {
        await records.return?.();
      }
    },
  };
}

function withCheck({ key, value, ...rest }: Change): Change {
  if (value === undefined) return { key };
  const check = Buffer.allocUnsafe(CHECK);
  check.writeUInt32BE(checkOf(key, value));
  return { key, value: Buffer.concat([check, value]), ...rest };
}

function checkOf(key: Uint8Array, value: Uint8Array): number {
  return crc32(value, crc32(key));
}

function checked(key: Buffer, record: Buffer, failed: Failed): Buffer {
  const value = record.subarray(CHECK);
  if (record.length >= CHECK && record.readUInt32BE() === checkOf(key, value)) return value;
  const { what, block } = nameOfKey(key, value);
  throw failed(new LedgerDamaged(`${sentence(what, block)} is not what was written`, block));
}

function reading<T>(read: () => T, key: Buffer, failed: Failed): T {
  try {
    return read();
  } catch (error) {
    throw asDamage(error, key, failed);
  }
}

/** LevelDB itself notices some damage, such as a page that cannot be decompressed. */
function asDamage(error: unknown, key: Buffer, failed: Failed): unknown {
  if (!isCorruption(error)) return error;
  const { what, block } = nameOfKey(key, undefined);
  return failed(new LedgerDamaged(`${sentence(what, block)} cannot be read`, block, error));
}

/** True for what LevelDB throws when its files are damaged. */
export function isCorruption(error: unknown): boolean {
  // By its looks: an error of a native module may come from another realm.
  if (typeof error !== 'object' || error === null) return false;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  // A file that is missing is one that another, damaged file names.
  const isDamage = /\bcorrupt|no such file|invalid argument|input.output error|not an sstable/i.test(
    String(message),
  );
  return code === 'LEVEL_CORRUPTION' || isDamage || isCorruption(cause);
}

function sentence(what: string, block: number | undefined): string {
  return block === undefined ? what : `${what} (block ${block})`;
}
