import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Missing-file errors are an answer here, not a failure. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT');
}

/**
 * Writes a file that only its owner may read, so that a crash leaves either the old or the new content.
 * The name appears only after the bytes are on disk, and the folder is synced so that the rename survives too.
 */
export async function writePrivateFile(file: string, content: Uint8Array | string): Promise<void> {
  await rename(await writeDraft(file, content), file);
  await syncFolder(file);
}

/** Reads a secret file, or makes it on the first start. Of several programs that start at once one makes it, for all. */
export async function readOrCreatePrivateFile(file: string, create: () => Buffer): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const draft = await writeDraft(file, create());
  try {
    // Unlike a rename, a link never takes the place of what another program has made meanwhile.
    await link(draft, file);
    await syncFolder(file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return readFile(file);
}

/** @returns the name of a new file beside the one named, which is on disk as a whole. */
async function writeDraft(file: string, content: Uint8Array | string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return draft;
}

async function syncFolder(file: string): Promise<void> {
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
