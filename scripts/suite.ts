import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { endWith, runJest, type Totals } from './jest.js';
import { readDescription } from './stack/description.js';
import { failWith } from './stack/failure.js';
import { mayCutLines } from './stack/own-network.js';
import {
  addStackOptions,
  pathsOf,
  stackOptions,
  type NetworkName,
  type StackOptions,
} from './stack/options.js';
import { startStack } from './stack/stack.js';

type Suite = 'acceptance' | 'browser' | 'faults';

/**
 * Ports of a consortium that is started for a suite: out of the way of one that somebody works with, and of the other
 * suites, which may run at the same time.
 */
const ports: Readonly<Record<Suite, Pick<StackOptions, 'portBase' | 'restBase'>>> = {
  acceptance: { portBase: 27_000, restBase: 24_000 },
  browser: { portBase: 27_600, restBase: 24_600 },
  faults: { portBase: 27_800, restBase: 24_800 },
};

/** However the run ends, the consortium is stopped before: the programs of Fabric would outlive it. */
const interrupted = new AbortController();

/**
 * Runs a suite that speaks to a whole consortium, on one that is started for it in a folder of its own, or on one that
 * runs already. Ends the process.
 */
export async function runSuite(suite: Suite): Promise<never> {
  const program = addStackOptions(new Command(suite))
    .description(`Runs the ${suite} suite: npm run ${suite} -- [options] [patterns]`)
    .argument('[patterns...]', 'only the files whose path has one of these')
    .option(
      '--url-file <file>',
      'description of a consortium that runs already: what npm start -- --json prints',
    )
    .parse();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted.abort();
    });
  }
  const { urlFile } = program.opts<{ readonly urlFile?: string }>();
  try {
    const totals =
      urlFile === undefined
        ? await onOwnConsortium(suite, { ...ports[suite], ...stackOptions(program) }, program.args)
        : await onRunning(suite, readDescription(urlFile).network, resolve(urlFile), program.args);
    endWith(suite, totals);
  } catch (error) {
    failWith(error);
  }
}

async function onOwnConsortium(
  suite: Suite,
  options: StackOptions,
  patterns: readonly string[],
): Promise<Totals> {
  const state = mkdtempSync(join(tmpdir(), `pledgeonce-${suite}-`));
  const placed = { ...options, state, unlimited: true };
  const stack = await startStack(placed, {
    steps: true,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  try {
    return await onRunning(suite, options.on, pathsOf(placed).running, patterns);
  } finally {
    await stack.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

async function onRunning(
  suite: Suite,
  network: NetworkName,
  stackFile: string,
  patterns: readonly string[],
): Promise<Totals> {
  // What can break differs between the networks; what must hold does not.
  const other = network === 'embedded' ? 'fabric' : 'embedded';
  // The option takes whatever follows, up to the next option: the patterns must not be among it.
  const partitions = mayCutLines ? [] : ['/dist/faults/fabric/partitions'];
  const ignored = ['--testPathIgnorePatterns', `/dist/faults/${other}/`, ...partitions, '--ci'];
  const elsewhere = suite === 'faults' ? ignored : [];
  return runJest({
    suite,
    args: [...elsewhere, ...patterns],
    env: { PLEDGEONCE_STACK: stackFile },
    signal: interrupted.signal,
  });
}
