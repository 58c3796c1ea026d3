import { randomInt } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { Command, Option } from 'commander';
import { aligned } from './bench/aligned.js';
import { folderMb, readMemory } from './bench/chain/memory.js';
import { signIn } from './rest/client.js';
import { playChunk, type Players } from './replay/play-chunk.js';
import { plot } from './replay/plot.js';
import { Progress } from './replay/progress.js';
import { ratesOf, ReplayRecord, type ReplayFigure } from './replay/record.js';
import type { StackDescription } from './stack/description.js';
import { Failure, failWith } from './stack/failure.js';
import { projectRoot } from './stack/options.js';
import { startStack, type Stack } from './stack/stack.js';
import { toCount } from './stack/to-count.js';

const program = new Command('replay')
  .description('Plays years of financings from record to repayment: npm run replay -- [options]')
  .option('--financings <count>', 'how many; 230000 are three years of a large platform', toCount, 2_300)
  .option('--lanes <count>', 'batches of a hundred that are under way at once', toCount, 4)
  .addOption(
    new Option('--state <folder>', 'where everything is kept until it is done').default(
      join(projectRoot, '.pledgeonce/replay'),
      '.pledgeonce/replay',
    ),
  )
  .option('--anew', 'forgets a replay that was interrupted', false)
  .option('--plot <file>', 'writes the figures as a picture (SVG)')
  .option('--port-base <port>', 'first port of the network', toCount, 28_600)
  .option('--rest-base <port>', 'first port of the gateways', toCount, 25_600)
  .parse();
const options = program.opts<{
  readonly financings: number;
  readonly lanes: number;
  readonly state: string;
  readonly anew: boolean;
  readonly plot?: string;
  readonly portBase: number;
  readonly restBase: number;
}>();
const state = resolve(options.state);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping.abort();
    process.stderr.write('\nStopping when what is under way is done …\n');
  });
}

try {
  await replay();
} catch (error) {
  failWith(error);
}

async function replay(): Promise<void> {
  if (options.anew) rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const record = openRecord();
  let stack = await start();
  try {
    await playAll(record, stack.description);
    if (record.left.length > 0) {
      throw new Failure(
        'The replay was interrupted.',
        'The same command takes it up again; --anew forgets it.',
      );
    }
    await stack.stop();
    const begun = performance.now();
    stack = await start();
    const seconds = (performance.now() - begun) / 1000;
    process.stdout.write(
      `${tableOf(record.figures)}\n\nFound again with all of it in ${seconds.toFixed(1)} s.\n`,
    );
    if (options.plot !== undefined) writeFileSync(options.plot, plot(record.figures));
  } finally {
    await stack.stop();
  }
  rmSync(state, { recursive: true, force: true });
}

function openRecord(): ReplayRecord {
  const seed = String(randomInt(1_000_000)).padStart(6, '0');
  const plan = { seed, financings: options.financings, begunAt: Date.now() };
  try {
    return ReplayRecord.open(join(state, 'replay.json'), plan);
  } catch (error) {
    throw new Failure(messageOf(error), 'Take that up with the same number, or begin anew: --anew');
  }
}

function start(): Promise<Stack> {
  const place = { on: 'embedded', state, separate: false, unlimited: true } as const;
  const { portBase, restBase } = options;
  return startStack({ ...place, portBase, restBase }, { steps: true, report });
}

/** Plays what is left in lanes, each taking the next chunk; at the end of each part all lanes pause and it is measured. */
async function playAll(record: ReplayRecord, stack: StackDescription): Promise<void> {
  const players = await playersOf(stack);
  const progress = new Progress(record.plan.financings, record.financingsDone);
  const left = [...record.left];
  let last = performance.now();
  while (left.length > 0 && !stopping.signal.aborted) {
    const lane = async () => {
      while (!record.isDue && !stopping.signal.aborted) {
        const chunk = left.shift();
        if (chunk === undefined) return;
        await playChunk(record.plan, chunk, players);
        record.played(chunk, (performance.now() - last) / 1000);
        last = performance.now();
        progress.at(record.financingsDone);
      }
    };
    await Promise.all(Array.from({ length: options.lanes }, lane));
    if (record.isDue) record.note({ memoryMb: readMemory(stack), diskMb: folderMb(state) });
    last = performance.now();
  }
  progress.end();
}

async function playersOf(stack: StackDescription): Promise<Players> {
  const [customs, ...banks] = await Promise.all([
    signIn(stack, 'CustomsMSP', 'officer'),
    ...['BankAMSP', 'BankBMSP'].map(async (msp) => ({
      officer: await signIn(stack, msp, 'officer'),
      approver: await signIn(stack, msp, 'approver'),
    })),
  ]);
  return { customs, banks };
}

function tableOf(figures: readonly ReplayFigure[]): string {
  const rates = ratesOf(figures);
  const rows = figures.map(({ financings, seconds, memoryMb, diskMb }, index) => [
    String(financings),
    seconds.toFixed(1),
    (rates[index] ?? 0).toFixed(1),
    ...[memoryMb.network, memoryMb.chaincode, memoryMb.gateways, diskMb].map((mb) => mb.toFixed(0)),
    ((diskMb * 1024) / (5 * financings)).toFixed(1),
  ]);
  const heading = ['financings', 'seconds', 'a second', 'MB network', 'chaincode', 'gateways', 'disk'];
  return aligned([...heading, 'kB a version'], rows, 0);
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
