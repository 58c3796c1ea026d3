import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { Decrypter } from 'age-encryption';
import { extract, type Entry } from 'tar-stream';
import { Failure } from '../stack/failure.js';
import { isAlive } from '../stack/is-alive.js';
import { contentPrefix, inventoryName } from './back-up.js';
import { inventorySchema, type Inventory, type KeptFile } from './inventory.js';

/** An inventory larger than this is none of ours. */
const mostInventoryBytes = 256 * 1024 * 1024;

const broken = (why: string) =>
  new Failure(`The backup is not whole: ${why}.`, 'Nothing of it was restored. Take another one.');

/**
 * Reads a backup to its end and holds every file against its hash; writes nothing.
 *
 * @param identity age identity (`AGE-SECRET-KEY-1…`).
 * @throws Failure when the identity is not one of its recipients', or something in it is missing, added or changed.
 */
export async function checkBackup(file: string, identity: string): Promise<Inventory> {
  return read(file, identity, () => Promise.resolve(nowhere()));
}

/**
 * Restores a backup into a folder that is not there yet, or is empty. Everything is written beside it and held against the
 * hashes first: the folder appears whole or not at all.
 *
 * @throws Failure as `checkBackup`, and when the folder has something in it.
 */
export async function restore(file: string, identity: string, folder: string): Promise<Inventory> {
  const target = resolve(folder);
  if ((await readdir(target).catch(() => [])).length > 0) {
    throw new Failure(
      `${target} has something in it.`,
      'A restore never mixes with what is there: name a folder that is empty, or move this one away.',
    );
  }
  await mkdir(dirname(target), { recursive: true });
  await removeLeftovers(target);
  const beside = placeBeside(target, process.pid);
  await mkdir(beside, { mode: 0o700 });
  try {
    const inventory = await read(file, identity, async ({ path, mode }) => {
      const place = join(beside, path);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      return createWriteStream(place, { mode, flags: 'wx', flush: true });
    });
    for (const { path, mode } of inventory.files) await chmod(join(beside, path), mode);
    // From the innermost out: a folder that nobody may write in is filled before it is closed.
    for (const { path, mode } of inventory.folders.toReversed()) {
      await mkdir(join(beside, path), { recursive: true, mode });
      await chmod(join(beside, path), mode);
    }
    await chmod(beside, inventory.mode ?? 0o700);
    await rmdir(target).catch(() => undefined);
    await rename(beside, target);
    return inventory;
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** Where a process writes what becomes the target: whose it is can be told when that was killed. */
function placeBeside(target: string, pid: number): string {
  return join(dirname(target), `.${basename(target)}.restoring-${pid}`);
}

/** What restores into the same target have left that were killed. */
async function removeLeftovers(target: string): Promise<void> {
  const begin = basename(placeBeside(target, 0)).slice(0, -1);
  const names = (await readdir(dirname(target))).filter((name) => name.startsWith(begin));
  for (const name of names) {
    const pid = Number(name.slice(begin.length));
    if (!Number.isInteger(pid) || (pid !== process.pid && isAlive(pid))) continue;
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

function nowhere(): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
}

/** @param placeFor where the content of a file goes. */
async function read(
  file: string,
  identity: string,
  placeFor: (kept: KeptFile) => Promise<Writable>,
): Promise<Inventory> {
  const archive = extract();
  const unpacking = unpack(archive, placeFor);
  const feeding = pipeline(Readable.fromWeb(await decrypted(file, identity)), createGunzip(), archive);
  const [unpacked, fed] = await Promise.allSettled([unpacking, feeding]);
  if (unpacked.status === 'rejected' && unpacked.reason instanceof Failure) throw unpacked.reason;
  for (const outcome of [fed, unpacked]) {
    if (outcome.status === 'rejected') throw broken(messageOf(outcome.reason));
  }
  if (unpacked.status === 'rejected') throw unpacked.reason;
  return unpacked.value;
}

async function decrypted(file: string, identity: string): Promise<Parameters<typeof Readable.fromWeb>[0]> {
  await access(file).catch((error: unknown) => {
    throw new Failure(
      `The backup ${file} cannot be read: ${messageOf(error)}.`,
      'Name the file of a backup.',
    );
  });
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity);
    const bytes = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
    return (await decrypter.decrypt(bytes)) as Parameters<typeof Readable.fromWeb>[0];
  } catch (error) {
    throw new Failure(
      `${file} cannot be read with this identity: ${messageOf(error)}.`,
      'Name the identity that belongs to one of the recipients it was made for: --identity FILE',
    );
  }
}

async function unpack(
  archive: AsyncIterable<Entry>,
  placeFor: (kept: KeptFile) => Promise<Writable>,
): Promise<Inventory> {
  let inventory: Inventory | undefined;
  const awaited = new Map<string, KeptFile>();
  for await (const entry of archive) {
    const { name } = entry.header;
    if (inventory === undefined) {
      inventory = await readInventory(entry);
      for (const kept of inventory.files) awaited.set(contentPrefix + kept.path, kept);
      continue;
    }
    const kept = awaited.get(name);
    if (kept === undefined) throw broken(`${name} is not in its inventory, or twice in it`);
    awaited.delete(name);
    await take(entry, kept, await placeFor(kept));
  }
  if (inventory === undefined) throw broken('it is empty');
  const [missing] = awaited.values();
  if (missing !== undefined) throw broken(`${missing.path} is missing`);
  return inventory;
}

async function take(entry: Entry, kept: KeptFile, place: Writable): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(
    entry,
    async function* hashed(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    place,
  );
  if (hash.digest('hex') !== kept.sha256) throw broken(`${kept.path} is not what it was`);
}

async function readInventory(entry: Entry): Promise<Inventory> {
  const { name, size = 0 } = entry.header;
  if (name !== inventoryName || size > mostInventoryBytes)
    throw broken('it does not begin with its inventory');
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  const parsed = inventorySchema.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  if (!parsed.success) throw broken('its inventory cannot be read');
  return parsed.data;
}
