import { spawn } from 'node:child_process';
import { explainLog } from './failure.js';

/**
 * Runs a program of ours to its end and keeps its output.
 *
 * @throws Failure with the end of the output when it fails.
 */
export async function runToEnd(title: string, script: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw explainLog(title, output);
  return output;
}
