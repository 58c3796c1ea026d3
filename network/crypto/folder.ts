import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Files of a folder by relative path; keys are readable by their owner only. */
export type Files = Readonly<Record<string, { readonly text: string; readonly secret?: boolean }>>;

/**
 * Makes a folder with all its files or not at all: a process killed half-way leaves none that lacks a file.
 * A folder that is there is left alone.
 */
export async function ensureFolder(folder: string, contents: () => Promise<Files> | Files): Promise<void> {
  if (!existsSync(folder)) swapFolder(folder, await contents());
}

/**
 * Puts files into a folder by replacing it whole, so that a key and the certificate for it never come from two
 * generations. Other files in it stay.
 */
export function swapFolder(folder: string, files: Files): void {
  const draft = `${folder}.draft`;
  const former = `${folder}.former`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(former, { recursive: true, force: true });
  if (existsSync(folder)) cpSync(folder, draft, { recursive: true });
  for (const [path, { text, secret = false }] of Object.entries(files)) {
    const file = join(draft, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: secret ? 0o600 : 0o644 });
  }
  if (existsSync(folder)) renameSync(folder, former);
  renameSync(draft, folder);
  rmSync(former, { recursive: true, force: true });
}
