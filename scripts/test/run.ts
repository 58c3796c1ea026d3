import { spawn } from 'node:child_process';
import { projectRoot } from '../stack/options.js';

/** What became of one part of the tests. */
export interface Outcome {
  readonly title: string;
  readonly isRight: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs one part; its output is shown only when it fails, so that what is wrong stands out. */
export async function run(title: string, command: readonly string[]): Promise<Outcome> {
  process.stdout.write(`${title} … `);
  const started = performance.now();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => {
      resolve(1);
    });
    child.once('close', resolve);
  });
  const counts = readCounts(output, code === 0);
  const isRight = counts.failed === 0;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const tally = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
  process.stdout.write(`${isRight ? 'passed' : 'FAILED'} in ${seconds} s (${tally})\n`);
  if (!isRight) process.stdout.write(`${output}\n`);
  return { title, isRight, ...counts };
}

/**
 * Finds the counts in the last line of output that has any: that of our own suites, or that of Jest. A part without
 * counts, such as the linter, is one check, and so is one that ended badly before it had counted anything.
 */
export function readCounts(output: string, endedWell: boolean): Omit<Outcome, 'title' | 'isRight'> {
  const line = output.split('\n').findLast((one) => /^Tests: |^\S.*: \d+ passed, \d+ failed/.test(one));
  if (line === undefined) return { passed: endedWell ? 1 : 0, failed: endedWell ? 0 : 1, skipped: 0 };
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const failed = Math.max(count('failed'), endedWell ? 0 : 1);
  return { passed: count('passed'), failed, skipped: count('skipped') };
}
