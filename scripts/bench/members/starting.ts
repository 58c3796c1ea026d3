import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../stack/stack.js';
import { describeWith, served } from './many.js';

/** How long the consortium takes to start on the embedded network, seconds. */
export interface StartFigure {
  /** Described beside those of the repository's description. */
  readonly members: number;
  /** With nothing on disk. */
  readonly first: number;
  /** From what is on disk, the fastest of three. */
  readonly again: number;
}

export interface Place {
  readonly portBase: number;
  readonly restBase: number;
}

/** Times starts with nobody else described, and with so many members; only those of the repository get a gateway. */
export async function measureStarts(
  members: number,
  place: Place,
  report: (line: string) => void,
): Promise<readonly StartFigure[]> {
  const figures: StartFigure[] = [];
  for (const count of [0, members]) {
    report(`starting with ${count} members more described …`);
    figures.push(await timeStarts(count, place, report));
  }
  return figures;
}

async function timeStarts(
  members: number,
  place: Place,
  report: (line: string) => void,
): Promise<StartFigure> {
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-'));
  const consortium = describeWith(state, members);
  const options = { ...place, on: 'embedded', separate: false, state, consortium, gateways: served } as const;
  const start = async () => {
    const begun = performance.now();
    const stack = await startStack(options, { steps: false, report });
    const seconds = (performance.now() - begun) / 1000;
    await stack.stop();
    return seconds;
  };
  try {
    const first = await start();
    const later = [await start(), await start(), await start()];
    return { members, first, again: Math.min(...later) };
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}
