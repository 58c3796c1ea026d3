import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { whyNoFabric } from '@pledgeonce/network/fabric/native/programs.js';
import { Command } from 'commander';
import { measureAudit } from './bench/audit-queries.js';
import { describeConsortium } from './bench/describe-consortium.js';
import { type ChainFigure, describeShortBlocks, measureChain } from './bench/chain/chain.js';
import { type DueFigure, measureDue } from './bench/due.js';
import { benchmark, type BenchResult } from './bench/benchmark.js';
import { besideTable, type BesideFigure } from './bench/beside.js';
import { measureDatabase, whyNoDatabase } from './bench/database.js';
import { measureFloor } from './bench/floor.js';
import type { GrowthFigure } from './bench/growth/row.js';
import { measureMembers } from './bench/members/members.js';
import { measureSideBySide, sideBySideTable } from './bench/members/side-by-side.js';
import { measureStarts } from './bench/members/starting.js';
import { joiningTable, membersTable, startTable } from './bench/members/table.js';
import { measureMinimal } from './bench/minimal.js';
import { measurePast, type PastFigure } from './bench/past.js';
import { measureTakeOn, type TakeOnFigure } from './bench/take-on.js';
import { measureVerifications, type VerificationFigure } from './bench/verifications.js';
import { countGrowth, measureGrowth } from './bench/growth/growth.js';
import {
  auditTable,
  chainTable,
  countedTable,
  dueTable,
  floorTable,
  growthTable,
  pastTable,
  table,
  takeOnTable,
  verificationTable,
} from './bench/table.js';
import { readDescription, type StackDescription } from './stack/description.js';
import { Failure, failWith } from './stack/failure.js';
import { projectRoot, type NetworkName } from './stack/options.js';
import { ShiftedConsortium } from './stack/shifted-consortium.js';
import { startStack } from './stack/stack.js';

const program = new Command('bench')
  .description('Measures claims per second: npm run bench -- [options]')
  .option(
    '--on <networks>',
    'networks, separated by commas; of Fabric its programs must be on PATH',
    whyNoFabric() === undefined ? 'embedded,fabric' : 'embedded',
  )
  .option('--claims <count>', 'claims one by one', Number, 2000)
  .option('--batched <count>', 'claims in batches', Number, 10_000)
  .option('--batch <size>', 'claims per batch', Number, 100)
  .option('--concurrency <count>', 'requests in flight', Number, 64)
  .option('--port-base <port>', 'first port of the network', Number, 28_000)
  .option('--rest-base <port>', 'first port of the gateways', Number, 25_000)
  .option('--organisations <names>', 'only these of the consortium, separated by commas')
  .option('--separate', 'one gateway process per organisation', false)
  .option('--audit <documents>', "only the regulator's figures and scans, over so many documents", Number)
  .option('--chain <blocks>', 'only what a chain of so many blocks costs those who keep it', Number)
  .option('--due <claims>', 'only what becomes of so many reservations that expire together', Number)
  .option('--past <items>', "only an ordinary import of so many documents beside an authority's past", Number)
  .option('--take-on <lines>', "only a bank's book of so many loans in a take-on window", Number)
  .option('--verifications <documents>', 'only a batch of so many documents that a bank verifies', Number)
  .option('--members <count>', 'only what so many banks without a node cost those who are there', Number)
  .option('--side-by-side', 'with --members: in a second consortium, in turn', false)
  .option('--growth', 'only what many documents and claims cost: each operation at several sizes', false)
  .option('--scale <part>', 'with --growth: what part of the full sizes', Number, 0.25)
  .option('--counted', 'with --growth: only what can be counted without a network', false)
  .option('--rows <names>', 'with --growth: only these rows, played over REST, separated by commas')
  .option(
    '--url-file <file>',
    'with --growth: a consortium that runs already, as npm start -- --json prints it',
  )
  .parse();
const options = program.opts<{
  readonly on: string;
  readonly claims: number;
  readonly batched: number;
  readonly batch: number;
  readonly concurrency: number;
  readonly portBase: number;
  readonly restBase: number;
  readonly organisations?: string;
  readonly separate: boolean;
  readonly audit?: number;
  readonly chain?: number;
  readonly due?: number;
  readonly past?: number;
  readonly takeOn?: number;
  readonly verifications?: number;
  readonly members?: number;
  readonly sideBySide: boolean;
  readonly growth: boolean;
  readonly scale: number;
  readonly counted: boolean;
  readonly rows?: string;
  readonly urlFile?: string;
}>();

/** However the run ends, the networks are stopped before: the programs of Fabric would outlive it. */
const interruption = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      reject(new Failure('The measurement was interrupted.', 'Start it again.'));
    });
  }
});
interruption.catch(() => undefined);

try {
  if (options.audit !== undefined) {
    process.stdout.write(`${auditTable(await measureAudit(options.audit))}\n`);
    process.exit(0);
  }
  if (options.chain !== undefined) {
    process.stdout.write(`\n${chainTable(await chain(options.chain))}\n`);
    process.exit(0);
  }
  if (options.due !== undefined) {
    process.stdout.write(`\n${dueTable(await due(options.due))}\n`);
    process.exit(0);
  }
  if (options.past !== undefined) {
    process.stdout.write(`\n${pastTable(await past(options.past))}\n`);
    process.exit(0);
  }
  if (options.takeOn !== undefined) {
    process.stdout.write(`\n${takeOnTable(await takeOn(options.takeOn))}\n`);
    process.exit(0);
  }
  if (options.verifications !== undefined) {
    process.stdout.write(`\n${verificationTable(await verifications(options.verifications))}\n`);
    process.exit(0);
  }
  if (options.members !== undefined) {
    await members(options.members);
    process.exit(0);
  }
  if (options.growth) {
    if (options.rows === undefined) {
      process.stdout.write(`\n${countedTable(await countGrowth(options.scale, report))}\n`);
    }
    if (!options.counted) process.stdout.write(`\n${growthTable(await growth())}\n`);
    process.exit(0);
  }
  const results: BenchResult[] = [];
  const minimal: BesideFigure[] = [];
  for (const on of options.on.split(',') as NetworkName[]) {
    const figures = await measure(on);
    results.push(...figures.results);
    minimal.push(...figures.minimal);
  }
  process.stdout.write(`\n${table(results)}\n`);
  report('The floor: signatures, verifications, hashes and calls alone …');
  process.stdout.write(`\n${floorTable(await measureFloor(), results)}\n`);
  if (minimal.length > 0) {
    const onFabric = results.filter(({ network }) => network === 'fabric');
    process.stdout.write(`\n${besideTable('a contract that writes keys', minimal, onFabric)}\n`);
  }
  const whyNot = whyNoDatabase();
  if (whyNot === undefined) {
    report('The same claims in a PostgreSQL of their own …');
    process.stdout.write(`\n${besideTable('PostgreSQL', await measureDatabase(options), results)}\n`);
  } else report(`Left out: the same claims in PostgreSQL. ${whyNot}`);
  const file = save(results);
  process.stdout.write(`\nRaw figures: ${file}\n`);
  process.exit(0);
} catch (error) {
  failWith(error);
}

/** Our own claims and, on Fabric, those of a contract that only writes keys. */
async function measure(on: NetworkName) {
  return onConsortium(on, async (stack) => {
    const results = await benchmark(stack, options, report);
    if (on !== 'fabric') return { results, minimal: [] };
    report('fabric: a contract that only writes keys …');
    return { results, minimal: await measureMinimal(stack, options) };
  });
}

async function members(count: number): Promise<void> {
  const networks = options.on.split(',') as NetworkName[];
  if (options.sideBySide) {
    for (const on of networks) {
      const figure = await measureSideBySide(on, count, options, options, report, interruption);
      process.stdout.write(`\n${sideBySideTable(figure)}\n`);
    }
    return;
  }
  for (const on of networks) {
    const figure = await onConsortium(on, (stack) => measureMembers(stack, count, options, report));
    process.stdout.write(`\n${membersTable(figure)}\n\n${joiningTable(figure)}\n`);
    process.stdout.write(`\nRaw figures: ${save([...figure.before, ...figure.again, ...figure.after])}\n`);
  }
  if (!networks.includes('embedded')) return;
  const starts = await Promise.race([measureStarts(count, options, report), interruption]);
  process.stdout.write(`\n${startTable(starts)}\n`);
}

async function growth(): Promise<readonly GrowthFigure[]> {
  const play = (stack: StackDescription) =>
    measureGrowth(stack, options.scale, options.rows?.split(','), report);
  if (options.urlFile !== undefined) return play(readDescription(options.urlFile));
  return onConsortium(options.on.split(',')[0] as NetworkName, play);
}

async function chain(blocks: number): Promise<readonly ChainFigure[]> {
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-'));
  const place = { ...options, on: 'embedded', state, unlimited: true } as const;
  const consortium = describeShortBlocks(state);
  const start = () => startStack({ ...place, consortium }, { steps: false, report });
  try {
    return await Promise.race([measureChain(blocks, start, report), interruption]);
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

async function due(claims: number): Promise<readonly DueFigure[]> {
  const consortium = new ShiftedConsortium(String(options.portBase), String(options.restBase));
  try {
    return await Promise.race([measureDue(consortium, claims, report), interruption]);
  } finally {
    await consortium.remove();
  }
}

async function past(items: number): Promise<PastFigure> {
  return onConsortium(options.on.split(',')[0] as NetworkName, (stack) => measurePast(stack, items));
}

async function takeOn(lines: number): Promise<readonly [TakeOnFigure, TakeOnFigure]> {
  return onConsortium(options.on.split(',')[0] as NetworkName, (stack) => measureTakeOn(stack, lines));
}

async function verifications(documents: number): Promise<readonly VerificationFigure[]> {
  return onConsortium(options.on.split(',')[0] as NetworkName, (stack) =>
    measureVerifications(stack, documents),
  );
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Starts a consortium in a folder of its own for as long as the work takes. */
async function onConsortium<T>(on: NetworkName, work: (stack: StackDescription) => Promise<T>): Promise<T> {
  const state = mkdtempSync(join(tmpdir(), 'pledgeonce-bench-'));
  const consortium = describeConsortium(state, options.organisations?.split(','));
  const stack = await startStack(
    { ...options, on, state, unlimited: true, ...(consortium !== undefined && { consortium }) },
    { steps: true, report },
  );
  try {
    return await Promise.race([work(stack.description), interruption]);
  } finally {
    await stack.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

function save(results: readonly BenchResult[]): string {
  const folder = join(projectRoot, 'bench-results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = join(folder, `${at.replace(/[:.]/g, '-')}.json`);
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model, memory: totalmem() };
  writeFileSync(file, JSON.stringify({ at, machine, options, results }, undefined, 2));
  return file;
}
