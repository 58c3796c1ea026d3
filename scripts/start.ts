import { Command } from 'commander';
import { firstScreen } from './screen.js';
import { failWith } from './stack/failure.js';
import { addStackOptions, stackOptions } from './stack/options.js';
import { startStack } from './stack/stack.js';
import { untilStopped } from './stack/until-stopped.js';

const program = addStackOptions(new Command('start'))
  .description('Starts the consortium, or resumes it, and stays up until Ctrl-C: npm start -- [options]')
  .option('--json', 'print one JSON document for tools once ready', false)
  .parse();
const json = program.opts<{ readonly json: boolean }>().json;

try {
  const stack = await startStack(stackOptions(program), {
    steps: !json,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(json ? `${JSON.stringify(stack.description)}\n` : firstScreen(stack.description));
  await untilStopped(() => stack.stop());
  if (!json) process.stdout.write('\nStopped. Everything is on disk; npm start resumes it.\n');
  process.exit(0);
} catch (error) {
  failWith(error);
}
