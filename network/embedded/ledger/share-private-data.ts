import { afterPrefix } from './bytes.js';
import type { Change, Disk } from './disk.js';
import { versionOfRecord } from './records.js';
import type { Version } from './version.js';

/** Where each organisation had a copy of its own, its MSP id first, and where there is one for all of them. */
const moved = [
  { copies: 'p', shared: 'q' },
  { copies: 'w', shared: 'u' },
] as const;
const recordsPerWrite = 1_000;

/**
 * Former versions kept private values and write sets once for each organisation that holds them. Moves what lies there to
 * where it lies once; of two values under a key the later one stays. A copy goes with the write that has moved it, so that
 * a start that was cut short is gone on with at the next.
 */
export async function sharePrivateData(disk: Disk): Promise<void> {
  for (const { copies, shared } of moved) {
    const prefix = Buffer.from(copies);
    const changes = new Map<string, Change>();
    const write = async () => {
      await disk.write([...changes.values()], { sync: true });
      changes.clear();
    };
    for await (const [key, record] of disk.scan({ start: prefix, end: afterPrefix(prefix) })) {
      const target = Buffer.concat([Buffer.from(shared), key.subarray(key.indexOf(0) + 1)]);
      const id = target.toString('latin1');
      const present = changes.get(id)?.value ?? disk.get(target);
      if (present === undefined || (shared === 'q' && isLater(record, present))) {
        changes.set(id, { key: target, value: record });
      }
      changes.set(key.toString('latin1'), { key });
      if (changes.size >= recordsPerWrite) await write();
    }
    if (changes.size > 0) await write();
  }
}

function isLater(record: Buffer, than: Uint8Array): boolean {
  const [one, other] = [versionOfRecord(record), versionOfRecord(Buffer.from(than))];
  return numberOf(one) > numberOf(other);
}

/** Versions in the order of the chain. */
function numberOf({ block, tx }: Version): bigint {
  return (BigInt(block) << 32n) + BigInt(tx);
}
