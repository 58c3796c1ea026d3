import { statfsSync } from 'node:fs';
import { Failure } from './failure.js';

/** A new consortium takes about a tenth of this; the rest is room to work. */
const neededBytes = 200 * 1024 * 1024;

/** @throws Failure when the disk of this folder is nearly full: programs that cannot even write a log explain nothing. */
export function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= neededBytes) return;
  throw new Failure(
    `The disk of ${folder} is nearly full: ${Math.floor(free / 1024 / 1024)} MB are free, 200 MB are needed.`,
    'Free some space, or keep the state on another disk: --state FOLDER',
  );
}
