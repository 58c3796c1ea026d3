import { whyNoFabric } from '@pledgeonce/network/fabric/native/programs.js';
import { Argument, Command, Option } from 'commander';
import { whyNoChromium } from './stack/chromium.js';
import type { NetworkName } from './stack/options.js';
import { partNames, partsOn, titleOf, whyLeft } from './test/parts.js';
import { run, type Outcome } from './test/run.js';
import { slowest } from './test/test-files.js';

const filesNamed = 10;

const program = new Command('test')
  .description('Runs what the project promises, one part after the other: npm test -- [options] [parts]')
  .addArgument(new Argument('[parts...]', 'only these').choices(partNames))
  .addOption(
    new Option('--on <network>', 'only on this network; Fabric needs its programs on PATH').choices([
      'embedded',
      'fabric',
    ]),
  )
  .parse();
const wanted = new Set(program.args);
const { on } = program.opts<{ readonly on?: NetworkName }>();
const networks: readonly NetworkName[] = on === undefined ? ['embedded', 'fabric'] : [on];
const missing = {
  fabric: networks.includes('fabric') ? whyNoFabric() : undefined,
  chromium: wanted.size === 0 || wanted.has('browser') ? whyNoChromium() : undefined,
};
const parts = partsOn(networks).filter(({ name }) => wanted.size === 0 || wanted.has(name));
const outcomes: Outcome[] = [];
for (const part of parts) {
  if (whyLeft(part, missing) !== undefined) continue;
  outcomes.push(await run(titleOf(part), part.command));
}

const left = parts.filter((part) => whyLeft(part, missing) !== undefined);
for (const reason of new Set(left.map((part) => whyLeft(part, missing) ?? ''))) {
  const titles = left.filter((part) => whyLeft(part, missing) === reason).map(titleOf);
  process.stdout.write(`Skipped: ${titles.join(', ')}. ${reason}\n`);
}
const slow = slowest(
  outcomes.flatMap(({ files }) => files),
  filesNamed,
);
if (slow.length > 0) {
  const lines = slow.map(({ name, seconds }) => `  ${seconds.toFixed(1).padStart(7)} s  ${name}\n`);
  process.stdout.write(`The slowest files:\n${lines.join('')}`);
}
const wrong = outcomes.filter(({ isRight }) => !isRight);
if (wrong.length > 0) process.stdout.write(`\nFailed: ${wrong.map(({ title }) => title).join(', ')}\n`);
const total = (count: (outcome: Outcome) => number) =>
  outcomes.reduce((sum, outcome) => sum + count(outcome), 0);
const skipped = total((outcome) => outcome.skipped) + left.length;
process.stdout.write(
  `${total(({ passed }) => passed)} passed, ${total(({ failed }) => failed)} failed, ${skipped} skipped\n`,
);
process.exit(wrong.length === 0 ? 0 : 1);
