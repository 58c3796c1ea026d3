import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Compose as this machine has it: a plugin of `docker`, or a program of its own. */
export type ComposeCommand = readonly [program: string, ...args: string[]];

/**
 * Looks for Compose.
 *
 * @throws Error when this machine has neither form of it.
 */
export async function findCompose(): Promise<ComposeCommand> {
  for (const command of [['docker', 'compose'], ['docker-compose']] as const) {
    const [program, ...args] = command;
    try {
      await run(program, [...args, 'version']);
      return command;
    } catch {
      continue;
    }
  }
  throw new Error(
    'Neither docker compose nor docker-compose is installed. Use --on fabric or --on embedded.',
  );
}

/**
 * Asks Compose for what runs, not the program `docker`: an engine that only speaks its protocol does as well.
 *
 * @throws Error when no container engine answers.
 */
export async function assertEngine([program, ...own]: ComposeCommand, composeFile: string): Promise<void> {
  try {
    await run(program, [...own, '--file', composeFile, 'ps', '--quiet']);
  } catch (cause) {
    throw new Error(`No container engine answers. The Compose file is ready: ${composeFile}`, { cause });
  }
}

/**
 * Runs Compose on a file, showing what it prints.
 *
 * @throws Error when it ends with another code than 0.
 */
export async function compose(command: ComposeCommand, file: string, args: readonly string[]): Promise<void> {
  const [program, ...own] = command;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(program, [...own, '--file', file, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command.join(' ')} ${args.join(' ')} ended with code ${code ?? 'none'}.`));
    });
  });
}
