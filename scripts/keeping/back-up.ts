import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Encrypter } from 'age-encryption';
import { pack, type Pack } from 'tar-stream';
import { Failure } from '../stack/failure.js';
import { hashOf, listFolder, type Inventory, type KeptFile, type Listing } from './inventory.js';

/** The first entry of the archive; nothing else in it has this name. */
export const inventoryName = 'inventory.json';
/** Where the folder's own files lie in the archive. */
export const contentPrefix = 'content/';

/** How often a folder is read again that somebody writes in. */
const mostTries = 3;

/** What became of a backup. */
export interface Backup {
  readonly files: number;
  /** What the files have together, bytes. */
  readonly bytes: number;
}

/**
 * Writes an encrypted archive of a folder: a gzipped tar in age's format, with the hash of every file. While it is made no
 * file of the folder may change; a folder in which somebody writes is read again, and given up after a few times. The archive
 * appears under its name only when it is whole and on disk.
 *
 * @param recipients age recipients (`age1…`), each of whom alone can read it.
 * @throws Failure when there is no such folder, it does not hold still, has links in it, or holds the archive itself.
 */
export async function backUp(
  folder: string,
  file: string,
  recipients: readonly string[],
  report: (line: string) => void = () => undefined,
): Promise<Backup> {
  const root = resolve(folder);
  if (`${resolve(file)}/`.startsWith(`${root}/`)) {
    throw new Failure(
      'The backup would lie in the folder that it keeps.',
      'Name a file somewhere else: --to FILE',
    );
  }
  if ((await stat(root).catch(() => undefined))?.isDirectory() !== true) {
    throw new Failure(`There is no folder ${root}.`, 'Name the folder that is to be kept.');
  }
  const draft = `${file}.draft`;
  try {
    for (let turn = 1; turn <= mostTries; turn++) {
      const before = await listFolder(root);
      const failure = await write(root, before, draft, recipients, report).catch((error: unknown) => ({
        error,
      }));
      if (await isStill(root, before)) {
        if (failure !== undefined) throw failure.error;
        await settle(draft, file);
        return { files: before.files.length, bytes: before.files.reduce((sum, { size }) => sum + size, 0) };
      }
      // Whatever went wrong may have done so because of that: a file was shorter than it had been, or gone.
      report('Somebody wrote in the folder meanwhile; it is read again.');
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new Failure(
    `${root} does not hold still: somebody writes in it.`,
    'Stop what runs on it, make the backup, and start it again.',
  );
}

async function isStill(root: string, before: Listing): Promise<boolean> {
  const now = await listFolder(root).catch(() => undefined);
  return JSON.stringify(now) === JSON.stringify(before);
}

async function inventoryOf(root: string, { folders, files }: Listing): Promise<Inventory> {
  const hashed: KeptFile[] = [];
  for (const { path, size, mode } of files) {
    hashed.push({ path, size, mode, sha256: await hashOf(join(root, path)) });
  }
  const madeAt = new Date().toISOString();
  const mode = (await stat(root)).mode & 0o777;
  return { format: 1, madeAt, name: basename(root), mode, folders: [...folders], files: hashed };
}

/** All that is under way at once ends before the first failure is told: nothing goes on writing behind it. */
async function write(
  root: string,
  listing: Listing,
  draft: string,
  recipients: readonly string[],
  report: (line: string) => void,
): Promise<undefined> {
  const inventory = await inventoryOf(root, listing);
  const archive = pack();
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  const zipped = createGzip();
  const packing = pipeline(archive, zipped);
  const filling = fill(archive, root, inventory, report);
  // What fails in filling ends the packing too, and is the reason that is told.
  filling.catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  const written = writeEncrypted(encrypter, zipped, draft);
  const [filled, ...rest] = await Promise.allSettled([filling, packing, written]);
  for (const outcome of [filled, ...rest]) if (outcome.status === 'rejected') throw outcome.reason;
  return undefined;
}

/** Only its owner may read it, although it is encrypted. */
async function writeEncrypted(encrypter: Encrypter, content: Readable, file: string): Promise<void> {
  const encrypted = await encrypter.encrypt(Readable.toWeb(content) as ReadableStream<Uint8Array>);
  await pipeline(
    Readable.fromWeb(encrypted as Parameters<typeof Readable.fromWeb>[0]),
    createWriteStream(file, { mode: 0o600 }),
  );
}

async function fill(
  archive: Pack,
  root: string,
  inventory: Inventory,
  report: (line: string) => void,
): Promise<void> {
  archive.entry({ name: inventoryName, mode: 0o600 }, JSON.stringify(inventory));
  const all = inventory.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let told = performance.now();
  for (const { path, size, mode } of inventory.files) {
    const entry = archive.entry({ name: contentPrefix + path, size, mode });
    const content = createReadStream(join(root, path), size === 0 ? {} : { end: size - 1 });
    await Promise.all([once(entry, 'close'), pipeline(content, entry)]);
    done += size;
    if (performance.now() - told > 2_000) {
      told = performance.now();
      report(`${((100 * done) / all).toFixed(0)} % of ${(all / 1e6).toFixed(0)} MB`);
    }
  }
  archive.finalize();
}

/** Puts a written file under its name, so that a power failure leaves it there whole or not at all. */
async function settle(draft: string, file: string): Promise<void> {
  for (const [path, then] of [
    [draft, () => rename(draft, file)],
    [dirname(resolve(file)), () => Promise.resolve()],
  ] as const) {
    const handle = await open(path);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await then();
  }
}
