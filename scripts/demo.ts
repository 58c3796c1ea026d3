import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { firstScreen } from './screen.js';
import { failWith } from './stack/failure.js';
import { addStackOptions, stackOptions } from './stack/options.js';
import { startStack, type Stack } from './stack/stack.js';
import { untilStopped } from './stack/until-stopped.js';
import { assemble, dismiss } from './story/cast.js';
import { playFolder } from './story/play-folder.js';
import { play } from './story/play.js';
import { recordTrade } from './story/record.js';
import { freshTrade } from './story/samples.js';
import { Teller, Unexpected } from './story/teller.js';

const program = addStackOptions(new Command('demo'))
  .description('Starts the consortium and plays the story of one receivable: npm run demo -- [options]')
  .option('--exit', 'end after the story, with status 0 when every outcome was right', false)
  .option('--from <folder>', 'play it on the invoices and declarations in a folder')
  .addOption(
    new Option('--limit <count>', 'rows to record from each table of the folder')
      .argParser(Number)
      .default(2000),
  )
  .parse();
const options = program.opts<{ readonly exit: boolean; readonly from?: string; readonly limit: number }>();

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
    const cast = await assemble(description);
    if (options.from === undefined) {
      await play(teller, cast, await recordTrade(teller, cast, freshTrade(new Date())));
    } else {
      await playFolder(teller, cast, resolve(options.from), options.limit);
    }
    dismiss(cast);
    process.stdout.write(
      `\nThe receivable was pledged once: ${teller.steps} steps, every outcome as it should be.\n`,
    );
    return true;
  } catch (error) {
    const reason = error instanceof Unexpected || !(error instanceof Error) ? String(error) : error.stack;
    process.stderr.write(`\nThe story went wrong at step ${teller.steps}. ${reason?.slice(0, 1000) ?? ''}\n`);
    return false;
  }
}
