import { spawn } from 'node:child_process';
import { projectRoot } from '../stack/options.js';
import { failuresIn } from './failures.js';
import { TestFiles, type TestFile } from './test-files.js';

/** How often a part that is still running says how far it is, milliseconds. */
const progressMs = 60_000;

/** What became of one part of the tests. */
export interface Outcome {
  readonly title: string;
  readonly isRight: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly files: readonly TestFile[];
  /** What failed, each with the beginning of its reason. */
  readonly failures: readonly (readonly string[])[];
}

/** Runs one part. Its output is shown only when it fails, so that what is wrong stands out; how far it is, each minute. */
export async function run(title: string, command: readonly string[]): Promise<Outcome> {
  process.stdout.write(`${title} …\n`);
  const started = performance.now();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const files = new TestFiles();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const progress = setInterval(() => {
    process.stdout.write(`  ${title}, ${seconds()} s: ${howFar(files.ended)}\n`);
  }, progressMs);
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const { name, isRight } of files.read(text)) {
        if (!isRight) process.stdout.write(`  ${title}, ${seconds()} s: FAILED ${name}\n`);
      }
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => {
      resolve(1);
    });
    child.once('close', resolve);
  });
  clearInterval(progress);
  const counts = readCounts(output, code === 0);
  const isRight = counts.failed === 0;
  const tally = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
  process.stdout.write(`${title}: ${isRight ? 'passed' : 'FAILED'} in ${seconds()} s (${tally})\n`);
  if (!isRight) process.stdout.write(`${output}\n`);
  return { title, isRight, ...counts, files: files.ended, failures: isRight ? [] : failuresIn(output) };
}

function howFar(files: readonly TestFile[]): string {
  const last = files.at(-1);
  if (last === undefined) return 'still running';
  const wrong = files.filter(({ isRight }) => !isRight).length;
  return `${files.length} files${wrong === 0 ? '' : `, ${wrong} FAILED`}, the last ${last.name}`;
}

/**
 * Finds the counts in the last line of output that has any: that of our own suites, or that of Jest. A part without
 * counts, such as the linter, is one check, and so is one that ended badly before it had counted anything.
 */
export function readCounts(
  output: string,
  endedWell: boolean,
): Pick<Outcome, 'passed' | 'failed' | 'skipped'> {
  const line = output.split('\n').findLast((one) => /^Tests: |^\S.*: \d+ passed, \d+ failed/.test(one));
  if (line === undefined) return { passed: endedWell ? 1 : 0, failed: endedWell ? 0 : 1, skipped: 0 };
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const failed = Math.max(count('failed'), endedWell ? 0 : 1);
  return { passed: count('passed'), failed, skipped: count('skipped') };
}
