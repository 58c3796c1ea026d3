#!/usr/bin/env node
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { failWith } from '@pledgeonce/scripts/stack/failure.js';
import { pathsOf, projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { startStack } from '@pledgeonce/scripts/stack/stack.js';
import { keptFile, pageWithTable, reliabilityPage } from './page.js';
import { keep, readKept, readRounds, tableOf, writeRounds, type Round } from './results.js';
import { Seeded } from './seeded.js';

/** In this order: what asks for anything at all, as any person, comes last, since it may leave nobody who can sign in. */
const partNames = ['simulation', 'properties', 'importers', 'histories', 'kills', 'privacy', 'doors', 'rest'];

const program = new Command('campaign')
  .description(
    'Tries to break what the project promises, on an embedded network of its own: npm run campaign -- [options] [parts]',
  )
  .addArgument(new Argument('[parts...]', 'only these').choices(partNames))
  .addOption(
    new Option('--for <duration>', 'how long to try, all parts together: 90s, 10m, 2h')
      .argParser(toMilliseconds)
      .default(600_000, '10m'),
  )
  .option('--seed <number>', 'what chance begins with; another one each time unless given', toWhole)
  .addOption(
    new Option('--results <folder>', 'where what was found is kept, and added to').default(
      join(projectRoot, '.pledgeonce/campaign'),
      '.pledgeonce/campaign',
    ),
  )
  .option(
    '--guesses <count>',
    'how many numbers privacy tries, by a program made with go; else as many as there is time for',
    toWhole,
  )
  .option(
    '--keep <machine>',
    'adds what was found to the sum in docs/reliability.md, as found on this machine',
  )
  .option('--anew', 'forget what earlier runs found', false)
  .option('--port-base <port>', 'first port of the network', toWhole, 28_600)
  .option('--rest-base <port>', 'first port of the gateways', toWhole, 25_600)
  .parse();
const options = program.opts<{
  readonly for: number;
  readonly seed?: number;
  readonly results: string;
  readonly guesses?: number;
  readonly keep?: string;
  readonly anew: boolean;
  readonly portBase: number;
  readonly restBase: number;
}>();

/** Ends the round that runs, with what it has found. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    report('Ending …');
    interrupted.abort();
  });
}

try {
  process.exitCode = await campaign();
} catch (error) {
  failWith(error);
}

/** @returns the status to exit with: 1 when a promise was broken in this run. */
async function campaign(): Promise<number> {
  const folder = resolve(options.results);
  const file = join(folder, 'rounds.json');
  mkdirSync(folder, { recursive: true });
  const earlier = options.anew ? [] : readRounds(file);
  const seed = options.seed ?? Date.now() % 1_000_000_000;
  const wanted = program.args.length > 0 ? program.args : partNames;
  const rounds: Round[] = [];

  const state = join(folder, 'consortium');
  rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const placed = { on: 'embedded', state, separate: false, unlimited: true, ...pick(options) } as const;
  const stack = await startStack(placed, { steps: true, report: () => undefined });
  process.env['PLEDGEONCE_STACK'] = pathsOf(placed).running;
  try {
    // The chaincode of the simulation would tell of every fault that it meets.
    process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL';
    // Imported only here: Fabric's client reads the command line as it is loaded, and answers --help itself.
    const { parts } = await import('./parts.js');
    for (const name of wanted) {
      const part = parts[name];
      if (part === undefined || interrupted.signal.aborted) continue;
      report(`${name}, seed ${seed} …`);
      const results = await part({
        seeded: new Seeded(seed),
        milliseconds: options.for / wanted.length,
        folder,
        report: (line) => {
          report(`  ${line}`);
        },
        signal: interrupted.signal,
        ...(options.guesses !== undefined && { guesses: options.guesses }),
      });
      rounds.push({ part: name, seed, results });
      writeRounds(file, [...earlier, ...rounds]);
    }
  } finally {
    await stack.stop();
    rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  if (options.keep !== undefined) await keepRounds(rounds, options.keep);
  process.stdout.write(`${tableOf([...earlier, ...rounds])}\n`);
  const results = rounds.flatMap((round) => round.results);
  for (const { promise, violations } of results) {
    for (const violation of violations) process.stdout.write(`${promise}: ${violation.slice(0, 2_000)}\n`);
  }
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  process.stdout.write(`campaign: ${results.length - failed} passed, ${failed} failed, 0 skipped\n`);
  return failed === 0 ? 0 : 1;
}

/** With the sources, and in the page that sums them. */
async function keepRounds(rounds: readonly Round[], machine: string): Promise<void> {
  const on = new Date().toISOString().slice(0, 10);
  keep(
    keptFile,
    rounds.map((one) => ({ ...one, on, machine })),
  );
  const page = readFileSync(reliabilityPage, 'utf8');
  writeFileSync(reliabilityPage, await pageWithTable(page, readKept(keptFile)));
}

function pick({ portBase, restBase }: { readonly portBase: number; readonly restBase: number }) {
  return { portBase, restBase };
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

function toMilliseconds(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const factor = { s: 1_000, m: 60_000, h: 3_600_000 }[unit];
  if (number === undefined || factor === undefined)
    throw new InvalidArgumentError('Say it as 90s, 10m or 2h.');
  return Number(number) * factor;
}

function toWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Say a whole number.');
  return Number(text);
}
