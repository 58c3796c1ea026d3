import { setTimeout as pause } from 'node:timers/promises';
import type { StackDescription } from '../../stack/description.js';
import { benchmark, type BenchOptions, type BenchResult } from '../benchmark.js';
import { cpuBetween, readCpu, type CpuSeconds } from '../cpu.js';
import { joiningOf } from './joining.js';

/** Who joins alone, and is timed. */
const timed: readonly number[] = [10, 100, 300, 1000, 3000];
/** Before the first measurement: caches, compilers and tables are as warm as before the second. */
const warmUp = { claims: 100, batched: 500 };
/** For how long is measured what the nodes use while nothing happens. */
const restMs = 15_000;

/** What many members cost those who are there. */
export interface MembersFigure {
  readonly network: string;
  readonly members: number;
  /** The same operations with the organisations of the description alone, the same once more, and with the members. */
  readonly before: readonly BenchResult[];
  readonly again: readonly BenchResult[];
  readonly after: readonly BenchResult[];
  /** What the nodes use in a second in which nothing happens, without the members and with them: CPU seconds. */
  readonly rest: { readonly before: CpuSeconds; readonly after: CpuSeconds };
  /** How long it took one of them to join, channel and register, by how many there were then. */
  readonly joined: readonly { readonly place: number; readonly seconds: number }[];
  /** The block with the channel's configuration, where it changes. */
  readonly configuration: readonly { readonly members: number; readonly bytes: number }[];
}

/**
 * Measures documents and claims twice, has so many banks without a node join, and measures again, all in one run. What
 * the second measurement differs from the first by is the chain that has grown, and chance: the members owe the rest. On Fabric
 * that does not hold for a few thousand items: a peer's databases get dearer by leaps, and the members' register is written
 * to them as well. There `--side-by-side` tells it, once both have been through the same.
 */
export async function measureMembers(
  stack: StackDescription,
  members: number,
  options: BenchOptions,
  report: (line: string) => void,
): Promise<MembersFigure> {
  await benchmark(stack, { ...options, ...warmUp }, report);
  const restBefore = await atRest(stack);
  const before = await benchmark(stack, options, report);
  const again = await benchmark(stack, options, report);
  const joining = await joiningOf(stack);
  const joined: MembersFigure['joined'][number][] = [];
  const configuration: MembersFigure['configuration'][number][] = [];
  const weigh = async (there: number) => {
    const bytes = await joining.configuration();
    if (bytes !== undefined) configuration.push({ members: there, bytes });
  };
  await weigh(0);
  let there = 0;
  for (const place of [...timed.filter((one) => one <= members), members + 1]) {
    const between = places(there + 1, place - 1);
    if (between.length > 0) {
      report(`${stack.network}: members ${there + 1} to ${place - 1} join …`);
      await joining.join(between);
    }
    if (place > members) break;
    const begun = performance.now();
    await joining.join([place]);
    const seconds = (performance.now() - begun) / 1000;
    report(`${stack.network}: member ${place} joined in ${seconds.toFixed(1)} s`);
    joined.push({ place, seconds });
    there = place;
    await weigh(there);
  }
  const rest = { before: restBefore, after: await atRest(stack) };
  const after = await benchmark(stack, options, report);
  return { network: stack.network, members, before, again, after, rest, joined, configuration };
}

async function atRest(stack: StackDescription): Promise<CpuSeconds> {
  const [before, begun] = [readCpu(stack), performance.now()];
  await pause(restMs);
  const { orderers, peers, chaincode, gateways, load } = cpuBetween(before, readCpu(stack));
  const each = (used: number) => (used * 1000) / (performance.now() - begun);
  return {
    orderers: each(orderers),
    peers: each(peers),
    chaincode: each(chaincode),
    gateways: each(gateways),
    load: each(load),
  };
}

function places(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
