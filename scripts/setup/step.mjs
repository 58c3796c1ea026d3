import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Runs programs side by side as one step and says how long it took. Ends the process when one fails.
 *
 * @param commands each with its arguments; a program of npm is found on `PATH`.
 * @param hint what to do when it fails.
 */
export async function step(title, commands, hint) {
  // Standard output may be read by a tool, so progress goes to standard error.
  process.stderr.write(`${title} … `);
  const started = Date.now();
  const outcomes = await Promise.all(commands.map(([command, ...args]) => run(command, args)));
  const wrong = outcomes.filter(({ status }) => status !== 0);
  if (wrong.length === 0) {
    process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return;
  }
  process.stderr.write(`failed\n${wrong.map(({ output }) => output).join('')}`);
  fail(`${title} failed.`, hint);
}

export function fail(cause, remedy) {
  process.stderr.write(`${cause}\n${remedy}\n`);
  process.exit(1);
}

function run(command, args) {
  const shell = process.platform === 'win32' && command === 'npm';
  const child = spawn(command, args, { cwd: root, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: 1, output: `${output}${error.message}\n` }));
    child.once('close', (status) => resolve({ status, output }));
  });
}
