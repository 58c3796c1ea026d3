import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SETTING_VARIABLE } from '../harness/setting.js';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What is run by itself, in this order, by what it leaves out: what junk does to streams is for good. */
const parts = ['/dist/conformance/junk/', '/dist/conformance/(?!junk/)'];

/** Runs the probes, one file after the other: some of them count blocks. */
export async function runProbes(
  settingFile: string,
  workDir: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<Tally> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const ignored of parts) {
    const more = await runPart(
      settingFile,
      workDir,
      ['--testPathIgnorePatterns', ignored, '--', ...patterns],
      signal,
    );
    tally = {
      passed: tally.passed + more.passed,
      failed: tally.failed + more.failed,
      skipped: tally.skipped + more.skipped,
    };
  }
  return tally;
}

async function runPart(
  settingFile: string,
  workDir: string,
  choice: readonly string[],
  signal: AbortSignal,
): Promise<Tally> {
  const jest = join(createRequire(import.meta.url).resolve('jest/package.json'), '..', 'bin', 'jest.js');
  const results = join(workDir, 'results.json');
  const child = spawn(
    process.execPath,
    [
      ...[
        '--experimental-vm-modules',
        '--no-warnings',
        jest,
        '--selectProjects',
        'conformance',
        '--runInBand',
      ],
      ...['--testTimeout', '60000', '--json', '--outputFile', results, '--passWithNoTests', ...choice],
    ],
    {
      cwd: root,
      signal,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, [SETTING_VARIABLE]: settingFile },
    },
  );
  await once(child, 'exit');
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  ) as Results;
  // A file that could not be read has no tests, but it is a failure.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests };
}

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}
