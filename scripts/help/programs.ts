import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../stack/options.js';

/** The commands of `npm run` and the programs that carry them out, as `scripts/run.mjs` lists them. */
export function commandsAndPrograms(): readonly (readonly [command: string, program: string])[] {
  const source = readFileSync(join(projectRoot, 'scripts', 'run.mjs'), 'utf8');
  const [, table = ''] = /const commands = \{([^}]*)\}/.exec(source) ?? [];
  return [...table.matchAll(/^\s*'?([a-z-]+)'?: '([^']+)',$/gm)].map(([, command = '', program = '']) => [
    command,
    program,
  ]);
}

/** What a program itself says to `--help`. */
export function helpOf(program: string): string {
  const { stdout } = spawnSync(process.execPath, [join(projectRoot, program), '--help'], {
    encoding: 'utf8',
  });
  return stdout;
}

/** Where the help of a command lies, so that it can be shown before anything is installed or built. */
export function helpFile(command: string): string {
  return join(projectRoot, 'scripts', 'help', `${command}.txt`);
}
