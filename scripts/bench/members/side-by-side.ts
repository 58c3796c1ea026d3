import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkName } from '../../stack/options.js';
import { startStack, type Stack } from '../../stack/stack.js';
import { aligned } from '../aligned.js';
import { benchmark, type BenchOptions, type BenchResult } from '../benchmark.js';
import type { CpuSeconds } from '../cpu.js';
import { joiningOf } from './joining.js';
import { describeWith, served } from './many.js';
import type { Place } from './starting.js';

/** So often each of the two is measured: the middle one of an odd number counts. */
const rounds = 7;
/**
 * So many rounds go before those that count. Compilers and caches need one. Peers of Fabric need more: until a database has been
 * written from memory to its tables, and those to the level below, the same document costs half of what it does later, and
 * whoever has members has written more.
 */
const roundsBefore = (on: NetworkName) => (on === 'embedded' ? 1 : 4);
/** The second consortium's ports lie so far behind those of the first. */
const apart = 1_000;
/** So many join a network of Fabric with one change of its configuration. */
const atATime = 100;

const atNodes = ({ orderers, peers }: CpuSeconds) => orderers + peers;

/** What is compared; the first is what the aim counts. */
const kinds: Readonly<Record<string, (cpu: CpuSeconds) => number>> = {
  'orderers and peers': atNodes,
  chaincode: ({ chaincode }) => chaincode,
  gateways: ({ gateways }) => gateways,
};

/** What the two have measured, each in its rounds. */
export interface SideBySide {
  readonly network: NetworkName;
  readonly members: number;
  readonly without: readonly (readonly BenchResult[])[];
  readonly with: readonly (readonly BenchResult[])[];
}

/**
 * Measures the same work in two consortia that run beside each other, one with so many members more, in turn: whatever else
 * the machine does meets both, and so does the growth of the peers' databases. On the embedded network the members are
 * described; to Fabric they join, because a start would run a certificate authority for each.
 *
 * @param interruption rejects when the measurement is to end early; what was started is stopped before.
 */
export async function measureSideBySide(
  on: NetworkName,
  members: number,
  { portBase, restBase }: Place,
  options: BenchOptions,
  report: (line: string) => void,
  interruption: Promise<never>,
): Promise<SideBySide> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-'));
  const stacks: Stack[] = [];
  try {
    for (const [index, more] of [0, members].entries()) {
      report(`${on}: starting what will have ${more} members more …`);
      const state = join(folder, String(more));
      const start = {
        portBase: portBase + index * apart,
        // Every member described has a port, also where it has no gateway.
        restBase: restBase + index * apart,
        ...{ on, separate: false, unlimited: true, state },
        consortium: describeWith(state, on === 'embedded' ? more : 0),
        gateways: served,
      };
      const stack = await startStack(start, { steps: false, report });
      stacks.push(stack);
      if (on !== 'embedded') await Promise.race([joinAll(stack, more, report), interruption]);
    }
    const measuring = inTurn(stacks, roundsBefore(on), options, report);
    const [without = [], withThem = []] = await Promise.race([measuring, interruption]);
    return { network: on, members, without, with: withThem };
  } finally {
    for (const stack of stacks) await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function joinAll(
  { description }: Stack,
  members: number,
  report: (line: string) => void,
): Promise<void> {
  const joining = await joiningOf(description);
  for (let there = 0; there < members; there += atATime) {
    const places = Array.from(
      { length: Math.min(atATime, members - there) },
      (_, index) => there + index + 1,
    );
    report(`${description.network}: members ${there + 1} to ${there + places.length} join …`);
    await joining.join(places);
  }
}

async function inTurn(
  stacks: readonly Stack[],
  before: number,
  options: BenchOptions,
  report: (line: string) => void,
): Promise<readonly (readonly (readonly BenchResult[])[])[]> {
  const measured = stacks.map((): (readonly BenchResult[])[] => []);
  for (let round = 1 - before; round <= rounds; round++) {
    const order = [...stacks.entries()];
    // Who comes second finds caches warm: they take turns in that too.
    for (const [index, { description }] of round % 2 === 0 ? order : order.reverse()) {
      report(`round ${round} of ${rounds}, ${index === 0 ? 'without' : 'with'} them …`);
      const results = await benchmark(description, options, () => undefined);
      report(results.map((one) => `${one.what} ${eachOf(one, atNodes).toFixed(2)}`).join(', '));
      if (round > 0) measured[index]?.push(results);
    }
  }
  return measured;
}

/**
 * Milliseconds of CPU for one item and their ratios: the middle one of the rounds, and all of them together. A peer's databases
 * rewrite themselves in bursts, of which the first leaves out what hits few rounds, and the second counts all.
 */
export function sideBySideTable(figure: SideBySide): string {
  const whats = figure.without[0]?.map(({ what }) => what) ?? [];
  const rows = whats.flatMap((what) =>
    Object.entries(kinds).map(([kind, used]) => {
      const [alone, among] = [figure.without, figure.with].map((rounds) => {
        const results = rounds.flat().filter((one) => one.what === what);
        return { median: medianOf(results, used), mean: meanOf(results, used) };
      });
      if (alone === undefined || among === undefined) throw new Error(`There is no ${what}.`);
      return [
        what,
        kind,
        ...[alone.median, among.median, among.median / alone.median].map((one) => one.toFixed(2)),
        ...[alone.mean, among.mean, among.mean / alone.mean].map((one) => one.toFixed(2)),
      ];
    }),
  );
  const heading = [
    ...[`what, on ${figure.network}`, 'CPU ms/item of', 'without', `with ${figure.members} members`, 'ratio'],
    ...['all rounds without', 'with', 'ratio'],
  ];
  return aligned(heading, rows, 2);
}

function medianOf(results: readonly BenchResult[], used: (cpu: CpuSeconds) => number): number {
  const each = results.map((one) => eachOf(one, used)).sort((a, b) => a - b);
  return each[Math.floor(each.length / 2)] ?? Number.NaN;
}

function meanOf(results: readonly BenchResult[], used: (cpu: CpuSeconds) => number): number {
  return results.reduce((total, one) => total + eachOf(one, used), 0) / results.length;
}

function eachOf({ cpu, items }: BenchResult, used: (cpu: CpuSeconds) => number): number {
  return (used(cpu) * 1000) / items;
}
