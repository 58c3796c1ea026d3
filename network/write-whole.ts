import { mkdirSync, renameSync, writeFileSync, type WriteFileOptions } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Puts a file in its place, and its folder where there is none: a reader finds the former text or this one, never a part.
 *
 * @param options as of `writeFileSync`, such as the mode of a file that others may not read.
 */
export function writeWhole(file: string, text: string, options?: WriteFileOptions): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.draft`, text, options);
  renameSync(`${file}.draft`, file);
}
