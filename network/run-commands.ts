import type { Command } from 'commander';
import { messageOf } from './message-of.js';

/** Does what the command line says; what goes wrong is one line for a person, and a status for a script. */
export async function runCommands(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
