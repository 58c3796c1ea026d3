import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readDescription } from './stack/description.js';
import { Failure, failWith } from './stack/failure.js';
import {
  addStackOptions,
  pathsOf,
  projectRoot,
  stackOptions,
  type NetworkName,
  type StackOptions,
} from './stack/options.js';
import { startStack } from './stack/stack.js';

/** Ports of a consortium that is started for a suite: out of the way of one that somebody works with. */
const ports = { portBase: 27_000, restBase: 24_000 };

type Suite = 'acceptance' | 'faults';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

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
        ? await onOwnConsortium(suite, { ...ports, ...stackOptions(program) }, program.args)
        : await runJest(suite, readDescription(urlFile).network, resolve(urlFile), program.args);
    process.stdout.write(
      `${suite}: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
    );
    process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
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
    return await runJest(suite, options.on, pathsOf(placed).running, patterns);
  } finally {
    await stack.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

async function runJest(
  suite: Suite,
  network: NetworkName,
  stackFile: string,
  patterns: readonly string[],
): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-results-'));
  const results = join(folder, 'results.json');
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  // One file after the other: the files count what the whole chain has written.
  const options = ['--runInBand', '--verbose', '--testTimeout', '60000', '--json', '--outputFile', results];
  // What can break differs between the networks; what must hold does not.
  const other = network === 'embedded' ? 'fabric' : 'embedded';
  const elsewhere = suite === 'faults' ? ['--testPathIgnorePatterns', `/dist/faults/${other}/`] : [];
  const args = ['--selectProjects', suite, ...options, ...elsewhere];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, ...args, ...patterns],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PLEDGEONCE_STACK: stackFile },
      signal: interrupted.signal,
    },
  );
  await new Promise((done) => child.once('error', done).once('close', done));
  if (interrupted.signal.aborted) throw new Failure('The run was interrupted.', 'Start it again.');
  try {
    const counts = JSON.parse(readFileSync(results, 'utf8')) as {
      readonly numPassedTests: number;
      readonly numFailedTests: number;
      readonly numPendingTests: number;
      readonly numRuntimeErrorTestSuites: number;
    };
    return {
      passed: counts.numPassedTests,
      failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
      skipped: counts.numPendingTests,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
