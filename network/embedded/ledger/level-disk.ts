import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { isCorruption } from './checked-disk.js';
import type { Change, Disk, Range } from './disk.js';
import { freezable } from './freezable.js';
import { LedgerDamaged } from './ledger-damaged.js';
import { proveTables } from './tables/prove-tables.js';

type Level = ClassicLevel<Uint8Array, Uint8Array>;

/**
 * Opens a LevelDB database, creating it when there is none.
 *
 * @throws LedgerDamaged when its files are; another error when another process has it open.
 */
export async function openLevelDisk(directory: string): Promise<Disk> {
  // Before the database is made: one that is made opens itself in the background, and writes into its folder.
  await proveCurrent(directory);
  const level: Level = new ClassicLevel(directory, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    cacheSize: 64 * 1024 * 1024,
    writeBufferSize: 16 * 1024 * 1024,
  });
  try {
    await level.open();
  } catch (error) {
    throw isCorruption(error) ? new LedgerDamaged('The database cannot be opened', undefined, error) : error;
  }
  return freezable({
    get: (key) => read(level, key),
    page: (range) => page(level, range),
    prove: () => proveTables(directory),
    write: (changes, { sync }) => level.batch(changes.map(asOperation), { sync }),
    close: () => level.close(),
  });
}

/**
 * LevelDB opens whatever manifest this file names. A name that is none would be told apart from a full disk by the words
 * of the system only, and not at all where the name is cut short.
 */
async function proveCurrent(directory: string): Promise<void> {
  const current = await readFile(join(directory, 'CURRENT'), 'latin1').catch(() => undefined);
  if (current === undefined || /^MANIFEST-\d+\n$/.test(current)) return;
  throw new LedgerDamaged('The database does not say where its records are');
}

function read(level: Level, key: Uint8Array): Buffer | undefined {
  try {
    return asBuffer(level.getSync(key));
  } catch (error) {
    throw isCorruption(error) ? new LedgerDamaged('A record cannot be read', undefined, error) : error;
  }
}

/** A view of the same memory: LevelDB hands out a fresh copy with each read. */
function asBuffer(bytes: Uint8Array | undefined): Buffer | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asOperation({ key, value }: Change) {
  return value === undefined ? ({ type: 'del', key } as const) : ({ type: 'put', key, value } as const);
}

async function page(
  level: Level,
  { start, end, reverse = false, limit = -1 }: Range,
): Promise<(readonly [Buffer, Buffer])[]> {
  const entries = await level.iterator<Uint8Array, Uint8Array>({ gte: start, lt: end, reverse, limit }).all();
  return entries.map(([key, value]) => [Buffer.from(key), Buffer.from(value)] as const);
}
