import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Failure } from '../stack/failure.js';

/** A path within a kept folder: no way out of it, and one way only to write it. */
const pathSchema = z
  .string()
  .min(1)
  .refine(
    (path) => !path.split('/').some((part) => ['', '.', '..'].includes(part)) && !/[\\\0]/.test(path),
    'leads out of the folder',
  );

const fileSchema = z.strictObject({
  path: pathSchema,
  size: z.number().int().nonnegative(),
  /** Permission bits: a key that only its owner reads is restored as one. */
  mode: z.number().int().min(0).max(0o777),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const folderSchema = z.strictObject({ path: pathSchema, mode: z.number().int().min(0).max(0o777) });

/** What a backup says of itself: every file with its hash, so that a restore can tell that it is whole. */
export const inventorySchema = z.strictObject({
  format: z.literal(1),
  /** ISO 8601, UTC. */
  madeAt: z.iso.datetime(),
  /** The name that the folder had. */
  name: z.string().min(1),
  /** Of the folder itself; backups of before do not say. */
  mode: z.number().int().min(0).max(0o777).optional(),
  folders: z.array(folderSchema),
  files: z.array(fileSchema),
});
export type Inventory = z.infer<typeof inventorySchema>;
export type KeptFile = z.infer<typeof fileSchema>;
export type KeptFolder = z.infer<typeof folderSchema>;

/** A folder as it is at one moment, and when each of its files was last written. */
export interface Listing {
  readonly folders: readonly KeptFolder[];
  readonly files: readonly (Omit<KeptFile, 'sha256'> & { readonly stamp: string })[];
}

/**
 * Lists all that is in a folder, in an order that is always the same.
 *
 * @throws Failure when there is something in it that is neither file nor folder: a link leads who knows where.
 */
export async function listFolder(root: string, below = ''): Promise<Listing> {
  const folders: KeptFolder[] = [];
  const files: Listing['files'][number][] = [];
  for (const name of (await readdir(join(root, below))).sort()) {
    const path = below === '' ? name : `${below}/${name}`;
    const found = await lstat(join(root, path), { bigint: true });
    const mode = Number(found.mode & 0o777n);
    if (found.isDirectory()) {
      const inner = await listFolder(root, path);
      folders.push({ path, mode }, ...inner.folders);
      files.push(...inner.files);
    } else if (found.isFile()) {
      const { mtimeNs, ctimeNs, ino, size } = found;
      files.push({ path, mode, size: Number(size), stamp: [mtimeNs, ctimeNs, ino, size].join() });
    } else if (!found.isSocket()) {
      throw new Failure(
        `${join(root, path)} is neither a file nor a folder.`,
        'A backup follows no links: put what it leads to into the folder, or keep it in a backup of its own.',
      );
    }
  }
  return { folders, files };
}

/** The SHA-256 of a file's content, hexadecimal. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
