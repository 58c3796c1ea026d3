import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerDamaged } from '../ledger-damaged.js';
import { crc32c } from './crc32c.js';
import { unpressed } from './snappy.js';
import { readVarint } from './varint.js';

/** Where a block lies in its file, without type and checksum. */
interface Place {
  readonly offset: number;
  readonly size: number;
}

const FOOTER = 48;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');
/** Behind each block: how it is pressed (1), checksum over both (4). */
const TRAILER = 5;
const SNAPPY = 1;

/**
 * Proves the files of sorted records of a LevelDB database, block by block, against the checksums in them. LevelDB has no
 * place where Node could ask for that; unasked it reads on, and a flipped byte in its lists of blocks hides records, brings
 * back older ones, or ends the process.
 *
 * @yields after each block, so that the caller may do something else.
 * @throws LedgerDamaged naming the file.
 */
export async function* proveTables(directory: string): AsyncGenerator<void> {
  for (const name of (await readdir(directory)).filter((one) => one.endsWith('.ldb')).sort()) {
    // Of some two megabytes; undefined when it has been merged into others since.
    const file = await whole(join(directory, name));
    if (file === undefined) continue;
    try {
      for (const place of blocksOf(file)) {
        blockAt(file, place);
        yield;
      }
    } catch (error) {
      // By its name: Jest runs specs in a realm whose RangeError is not that of Node's buffers.
      if ((error as Error).name !== 'RangeError') throw error;
      throw new LedgerDamaged(`The file ${name} of the database is not what was written`, undefined, error);
    }
  }
}

async function whole(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Every block of a file: those that list others, with the lists proved, and those that hold records. */
function* blocksOf(file: Buffer): Generator<Place> {
  const footer = part(file, file.length - FOOTER, FOOTER);
  if (!footer.subarray(-MAGIC.length).equals(MAGIC)) throw new RangeError('the footer is none');
  const meta = readPlace(footer, 0);
  const index = readPlace(footer, meta.next);
  yield* placesIn(blockAt(file, meta));
  yield* placesIn(blockAt(file, index));
}

/** @returns the block as it was before it was pressed. */
function blockAt(file: Buffer, { offset, size }: Place): Buffer {
  const block = part(file, offset, size + TRAILER);
  if (block.readUInt32LE(size + 1) !== masked(crc32c(block.subarray(0, size + 1)))) {
    throw new RangeError(`the block at ${offset} has changed`);
  }
  const contents = block.subarray(0, size);
  return block.readUInt8(size) === SNAPPY ? unpressed(contents) : contents;
}

/** LevelDB turns and shifts its checksums, because checksums of what has checksums in it are weak. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The blocks that a block lists: entries of three lengths, the part of the key that is new, and the place. */
function* placesIn(list: Buffer): Generator<Place> {
  const end = list.length - 4 - 4 * list.readUInt32LE(list.length - 4);
  for (let at = 0; at < end;) {
    const shared = readVarint(list, at);
    const fresh = readVarint(list, shared.next);
    const length = readVarint(list, fresh.next);
    const place = length.next + fresh.value;
    yield readPlace(list, place);
    at = place + length.value;
  }
}

function readPlace(bytes: Buffer, at: number): Place & { readonly next: number } {
  const offset = readVarint(bytes, at);
  const { value: size, next } = readVarint(bytes, offset.next);
  return { offset: offset.value, size, next };
}

function part(file: Buffer, offset: number, size: number): Buffer {
  if (offset < 0 || offset + size > file.length) throw new RangeError('a block lies outside of its file');
  return file.subarray(offset, offset + size);
}
