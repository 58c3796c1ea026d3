import { existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';

/** A log that has grown beyond this gives way to a new one at the next start, bytes. */
const mostBytes = 20 * 1024 * 1024;
/** Former logs that are kept, the latest as `.1`. */
const kept = 5;

/** A log that a program appends to. */
export interface OpenedLog {
  readonly descriptor: number;
  /** Where the lines of this run begin, bytes. */
  readonly start: number;
}

/**
 * Opens the log of a program that is about to start. What it wrote before stays: the trace of a crash is needed after the
 * restart, not before it.
 */
export function openRotatedLog(file: string, limit = mostBytes): OpenedLog {
  if (existsSync(file) && statSync(file).size > limit) rotate(file);
  const start = existsSync(file) ? statSync(file).size : 0;
  return { descriptor: openSync(file, 'a', 0o600), start };
}

function rotate(file: string): void {
  rmSync(`${file}.${kept}`, { force: true });
  for (let number = kept - 1; number >= 1; number--) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  renameSync(file, `${file}.1`);
}
