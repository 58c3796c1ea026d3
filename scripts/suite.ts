import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { failWith } from './stack/failure.js';
import { addStackOptions, pathsOf, projectRoot, stackOptions, type StackOptions } from './stack/options.js';
import { startStack } from './stack/stack.js';

/** Ports of a consortium that is started for a suite: out of the way of one that somebody works with. */
const ports = { portBase: 27_000, restBase: 24_000 };

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Runs a suite that speaks to a whole consortium, on one that is started for it in a folder of its own, or on one that
 * runs already. Ends the process.
 */
export async function runSuite(suite: 'acceptance' | 'faults'): Promise<never> {
  const program = addStackOptions(new Command(suite))
    .description(`Runs the ${suite} suite: npm run ${suite} -- [options] [patterns]`)
    .argument('[patterns...]', 'only the files whose path has one of these')
    .option(
      '--url-file <file>',
      'description of a consortium that runs already: what npm start -- --json prints',
    )
    .parse();
  const { urlFile } = program.opts<{ readonly urlFile?: string }>();
  try {
    const totals =
      urlFile === undefined
        ? await onOwnConsortium(suite, { ...ports, ...stackOptions(program) }, program.args)
        : await runJest(suite, { PLEDGEONCE_STACK: resolve(urlFile) }, program.args);
    endWith(suite, totals);
  } catch (error) {
    failWith(error);
  }
}

/** Says what became of a suite and ends the process. */
export function endWith(suite: string, { passed, failed, skipped }: Totals): never {
  process.stdout.write(`${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

async function onOwnConsortium(
  suite: string,
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
    return await runJest(suite, { PLEDGEONCE_STACK: pathsOf(placed).running }, patterns);
  } finally {
    await stack.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

/** Runs the files of one suite, one after the other, and shows what became of each test. */
export async function runJest(
  suite: string,
  env: Readonly<Record<string, string>>,
  patterns: readonly string[],
): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-results-'));
  const results = join(folder, 'results.json');
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  // One file after the other: the files count what the whole chain has written.
  const options = ['--runInBand', '--verbose', '--testTimeout', '60000', '--json', '--outputFile', results];
  const args = ['--selectProjects', suite, ...options];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, ...args, ...patterns],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env },
    },
  );
  await new Promise((done) => child.once('close', done));
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
