import { execFile } from 'node:child_process';
import type { Environment } from '../config/environment.js';

/** A Fabric program ended with a fault; the message carries the last lines that it wrote. */
export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';

  constructor(
    readonly command: string,
    readonly output: string,
  ) {
    super(`${command} failed: ${output.trim().split('\n').slice(-4).join('\n')}`);
  }
}

/**
 * Runs a program of Fabric to its end.
 *
 * @returns what it wrote to its standard output.
 * @throws ProgramFailed when it ends with another code than 0 or within two minutes does not end.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 },
      (error, stdout, stderr) => {
        if (error)
          reject(new ProgramFailed(`${program} ${args.slice(0, 3).join(' ')}`, `${stdout}${stderr}`));
        else resolve(stdout);
      },
    );
  });
}
