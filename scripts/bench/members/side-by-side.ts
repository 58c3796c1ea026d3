import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack, type Stack } from '../../stack/stack.js';
import { aligned } from '../aligned.js';
import { benchmark, type BenchOptions, type BenchResult } from '../benchmark.js';
import { type CpuSeconds } from '../cpu.js';
import { describeWith, served } from './many.js';
import type { Place } from './starting.js';

/** So often each of the two is measured: the middle one of an odd number counts. */
const rounds = 5;
/** The second consortium's ports lie so far behind those of the first. */
const apart = 1_000;
const kinds = ['peers', 'chaincode', 'gateways'] as const satisfies readonly (keyof CpuSeconds)[];

/** What the two have measured, each in its rounds. */
export interface SideBySide {
  readonly members: number;
  readonly without: readonly (readonly BenchResult[])[];
  readonly with: readonly (readonly BenchResult[])[];
}

/**
 * Measures the same work in two consortia on the embedded network that run beside each other, one with so many members more
 * described, in turn: whatever else the machine does meets both.
 */
export async function measureSideBySide(
  members: number,
  { portBase, restBase }: Place,
  options: BenchOptions,
  report: (line: string) => void,
): Promise<SideBySide> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-'));
  const stacks: Stack[] = [];
  try {
    for (const [index, more] of [0, members].entries()) {
      report(`starting with ${more} members more described …`);
      const state = join(folder, String(more));
      const place = {
        portBase: portBase + index * apart,
        // Every member described has a port, also where it has no gateway.
        restBase: restBase + index * apart,
      };
      const consortium = describeWith(state, more);
      const start = {
        ...place,
        on: 'embedded',
        separate: false,
        state,
        consortium,
        gateways: served,
      } as const;
      stacks.push(await startStack(start, { steps: false, report }));
    }
    const measured = stacks.map((): (readonly BenchResult[])[] => []);
    for (let round = 0; round <= rounds; round++) {
      const order = [...stacks.entries()];
      // Who comes second finds caches warm: they take turns in that too.
      for (const [index, { description }] of round % 2 === 0 ? order : order.reverse()) {
        report(`round ${round} of ${rounds}, ${index === 0 ? 'without' : 'with'} them …`);
        const results = await benchmark(description, options, () => undefined);
        // Before the first round that counts, compilers and caches have seen everything once.
        if (round > 0) measured[index]?.push(results);
      }
    }
    const [without = [], withThem = []] = measured;
    return { members, without, with: withThem };
  } finally {
    for (const stack of stacks) await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The medians of each kind of process, milliseconds of CPU for one item, and their ratios. */
export function sideBySideTable(figure: SideBySide): string {
  const whats = figure.without[0]?.map(({ what }) => what) ?? [];
  const rows = whats.flatMap((what) =>
    kinds.map((kind) => {
      const [alone, among] = [figure.without, figure.with].map((results) => medianOf(results, what, kind));
      if (alone === undefined || among === undefined) throw new Error(`There is no ${what}.`);
      return [what, kind, alone.toFixed(2), among.toFixed(2), (among / alone).toFixed(2)];
    }),
  );
  return aligned(['what', 'CPU ms/item of', 'without', `with ${figure.members} members`, 'ratio'], rows, 2);
}

function medianOf(
  results: readonly (readonly BenchResult[])[],
  what: string,
  kind: (typeof kinds)[number],
): number | undefined {
  const each = results
    .flat()
    .filter((one) => one.what === what)
    .map(({ cpu, items }) => (cpu[kind] * 1000) / items)
    .sort((a, b) => a - b);
  return each[Math.floor(each.length / 2)];
}
