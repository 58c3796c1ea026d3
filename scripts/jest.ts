import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from './stack/failure.js';
import { projectRoot } from './stack/options.js';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What one run of Jest is about. */
export interface JestRun {
  readonly suite: string;
  /** Further arguments: options, and patterns of the files to run. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Runs the files of one suite, one after the other, and shows what became of each test.
 *
 * @throws Failure when the run was interrupted.
 */
export async function runJest(run: JestRun): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-results-'));
  try {
    return await runInto(join(folder, 'results.json'), run);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runInto(results: string, { suite, args, env, signal }: JestRun): Promise<Totals> {
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  // One file after the other: the files count what the whole chain has written.
  // It stops what hangs, and nothing else: a whole consortium, a browser and other parts share the machine.
  const limitMs = '180000';
  const options = ['--runInBand', '--verbose', '--testTimeout', limitMs, '--json', '--outputFile', results];
  const child = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', jest, '--selectProjects', suite, ...options, ...args],
    {
      cwd: projectRoot,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, ...env },
      ...(signal !== undefined && { signal }),
    },
  );
  await new Promise((done) => child.once('error', done).once('close', done));
  if (signal?.aborted === true) throw new Failure('The run was interrupted.', 'Start it again.');
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
}

/** Says what became of a suite and ends the process. */
export function endWith(suite: string, { passed, failed, skipped }: Totals): never {
  process.stdout.write(`${suite}: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
