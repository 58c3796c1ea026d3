import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { firstScreen } from './screen.js';
import { failWith } from './stack/failure.js';
import { addStackOptions, stackOptions } from './stack/options.js';
import type { StackDescription } from './stack/description.js';
import { startStack, type Stack } from './stack/stack.js';
import { untilStopped } from './stack/until-stopped.js';
import { assemble, dismiss } from './story/cast.js';
import { chapters } from './story/chapters.js';
import { exportFinancing } from './story/export-financing.js';
import { playFolder } from './story/play-folder.js';
import { Teller, Unexpected } from './story/teller.js';

const program = addStackOptions(new Command('demo'))
  .description('Starts the consortium and plays scenarios on it: npm run demo -- [options]')
  .option('--exit', 'end after the story, with status 0 when every outcome was right', false)
  .addOption(
    new Option('--scenario <name>', 'the scenario to play')
      .choices(chapters.map(({ name }) => name))
      .default(exportFinancing.name),
  )
  .option('--all', 'play every scenario, one after the other', false)
  .addOption(
    new Option('--from <folder>', `play ${exportFinancing.name} on the documents in a folder`).conflicts([
      'all',
      'scenario',
    ]),
  )
  .addOption(
    new Option('--limit <count>', 'rows to record from each table of the folder')
      .argParser(Number)
      .default(2000),
  )
  .parse();
const options = program.opts<{
  readonly exit: boolean;
  readonly scenario: string;
  readonly all: boolean;
  readonly from?: string;
  readonly limit: number;
}>();

try {
  const stack = await startStack(stackOptions(program), {
    steps: true,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  const isRight = await tell(stack);
  if (!options.exit) {
    process.stdout.write(firstScreen(stack.description));
    await untilStopped(() => stack.stop());
  } else {
    await stack.stop();
  }
  process.exit(isRight ? 0 : 1);
} catch (error) {
  failWith(error);
}

async function tell({ description }: Stack): Promise<boolean> {
  const teller = new Teller((text) => process.stdout.write(text));
  process.stdout.write('\n');
  try {
    if (options.from === undefined) await tellChapters(teller, description);
    else await tellOnFolder(teller, description, resolve(options.from));
    process.stdout.write(
      `\nNothing was pledged twice: ${teller.steps} steps, every outcome as it should be.\n`,
    );
    return true;
  } catch (error) {
    const reason = error instanceof Unexpected || !(error instanceof Error) ? String(error) : error.stack;
    process.stderr.write(`\nThe story went wrong at step ${teller.steps}. ${reason?.slice(0, 1000) ?? ''}\n`);
    return false;
  }
}

async function tellChapters(teller: Teller, description: StackDescription): Promise<void> {
  const told = chapters.filter(({ name }) => options.all || name === options.scenario);
  for (const { title, tell: tellChapter } of told) {
    if (told.length > 1) process.stdout.write(`\n${title}\n`);
    await tellChapter(teller, description);
  }
}

async function tellOnFolder(teller: Teller, description: StackDescription, folder: string): Promise<void> {
  const cast = await assemble(description);
  try {
    await playFolder(teller, cast, folder, options.limit);
  } finally {
    dismiss(cast);
  }
}
