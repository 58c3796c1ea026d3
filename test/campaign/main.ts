#!/usr/bin/env node
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { failWith, Failure } from '@pledgeonce/scripts/stack/failure.js';
import { pathsOf, projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { startStack } from '@pledgeonce/scripts/stack/stack.js';
import { keptFile, pageWithTable, reliabilityPage } from './page.js';
import { keep, readKept, readRounds, tableOf, writeRounds, type Result, type Round } from './results.js';
import { Seeded } from './seeded.js';

/** In this order: what asks for anything at all, as any person, comes last, since it may leave nobody who can sign in. */
const partNames = ['simulation', 'properties', 'importers', 'histories', 'kills', 'privacy', 'doors', 'rest'];

/** What needs no consortium that runs: none is started for these alone. */
const alone = ['simulation', 'properties', 'importers'];

/** What tries a consortium from outside, and so whatever network it is on. */
const onEveryNetwork = ['histories', 'kills'];

const program = new Command('campaign')
  .description(
    'Tries to break what the project promises, on a network of its own: npm run campaign -- [options] [parts]',
  )
  .addArgument(new Argument('[parts...]', 'only these').choices(partNames))
  .addOption(
    new Option('--for <duration>', 'how long to try, all parts together: 90s, 10m, 2h')
      .argParser(toMilliseconds)
      .default(600_000, '10m'),
  )
  .addOption(
    new Option('--on <network>', `network to run on; on Fabric ${onEveryNetwork.join(' and ')}`)
      .choices(['embedded', 'fabric'])
      .default('embedded'),
  )
  .option('--seed <number>', 'what chance begins with; another one each time unless given', toWhole)
  .addOption(
    new Option('--results <folder>', 'where what was found is kept, and added to').default(
      join(projectRoot, '.pledgeonce/campaign'),
      '.pledgeonce/campaign',
    ),
  )
  .option('--kills <count>', 'ends the part kills after so many, if the time is not over before', toWhole)
  .option(
    '--pause <duration>',
    'how long programs are left alone between two kills, at most; 6s unless it is said',
    toMilliseconds,
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
  readonly on: 'embedded' | 'fabric';
  readonly seed?: number;
  readonly results: string;
  readonly kills?: number;
  readonly pause?: number;
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

/** Whoever asks why a program was slow to come back reads them, until the next run. */
function keepLogs(from: string, to: string): void {
  if (!existsSync(from)) return;
  rmSync(to, { recursive: true, force: true });
  renameSync(from, to);
}

/** @returns the status to exit with: 1 when a promise was broken in this run. */
async function campaign(): Promise<number> {
  const folder = resolve(options.results);
  const file = join(folder, 'rounds.json');
  mkdirSync(folder, { recursive: true });
  const earlier = options.anew ? [] : readRounds(file);
  const seed = options.seed ?? Date.now() % 1_000_000_000;
  const wanted = wantedParts();
  const rounds: Round[] = [];

  const state = join(folder, 'consortium');
  rmSync(state, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  // A kill takes one organisation's gateway, as where each runs its own.
  const separate = wanted.includes('kills');
  const placed = { state, separate, unlimited: true, ...pick(options) } as const;
  const stack = wanted.every((name) => alone.includes(name))
    ? undefined
    : await startStack(placed, { steps: true, report: () => undefined });
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
        ...(options.kills !== undefined && { kills: options.kills }),
        ...(options.pause !== undefined && { pauseMs: options.pause }),
        ...(options.guesses !== undefined && { guesses: options.guesses }),
      });
      rounds.push({ part: name, seed, results: results.map(named) });
      writeRounds(file, [...earlier, ...rounds]);
    }
  } finally {
    await stack?.stop();
    keepLogs(join(state, 'logs'), join(folder, 'logs'));
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

/** @throws Failure when a part that was asked for does not run on this network. */
function wantedParts(): readonly string[] {
  const possible = options.on === 'fabric' ? onEveryNetwork : partNames;
  const other = program.args.find((name) => !possible.includes(name));
  if (other !== undefined)
    throw new Failure(
      `The part ${other} looks into the embedded network.`,
      `On Fabric there are: ${possible.join(', ')}.`,
    );
  return program.args.length > 0 ? program.args : possible;
}

/** What holds on one network is summed apart from what holds on the other. */
function named(result: Result): Result {
  return options.on === 'fabric' ? { ...result, promise: `${result.promise} (on Fabric)` } : result;
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

function pick({ on, portBase, restBase }: typeof options) {
  return { on, portBase, restBase };
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
