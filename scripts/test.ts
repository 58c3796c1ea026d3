import { availableParallelism } from 'node:os';
import { eachAtOnce } from '@pledgeonce/gateway/api/each-at-once.js';
import { whyNoFabric } from '@pledgeonce/network/fabric/native/programs.js';
import { Argument, Command, Option } from 'commander';
import { whyNoChromium } from './stack/chromium.js';
import type { NetworkName } from './stack/options.js';
import { toCount } from './stack/to-count.js';
import {
  besideEachOther,
  longestFirst,
  partNames,
  partsOn,
  titleOf,
  whyLeft,
  type Part,
} from './test/parts.js';
import type { Outcome } from './test/run.js';
import { runPart } from './test/run-part.js';
import { slowest } from './test/test-files.js';

const filesNamed = 10;

const program = new Command('test')
  .description('Runs what the project promises, part by part: npm test -- [options] [parts]')
  .addArgument(new Argument('[parts...]', 'only these').choices(partNames))
  .addOption(
    new Option('--on <network>', 'only on this network; Fabric needs its programs on PATH').choices([
      'embedded',
      'fabric',
    ]),
  )
  .option(
    '--at-once <count>',
    'parts at the same time; two on the embedded network, where there are four cores, and else one',
    toCount,
  )
  .option('--again', 'run the few files that failed once more; what passes only then is told', false)
  .parse();
const wanted = new Set(program.args);
const {
  on,
  atOnce: count,
  again,
} = program.opts<{ readonly on?: NetworkName; readonly atOnce?: number; readonly again: boolean }>();
const networks: readonly NetworkName[] = on === undefined ? ['embedded', 'fabric'] : [on];
const missing = {
  fabric: networks.includes('fabric') ? whyNoFabric() : undefined,
  chromium: wanted.size === 0 || wanted.has('browser') ? whyNoChromium() : undefined,
};
const parts = partsOn(networks).filter(({ name }) => wanted.size === 0 || wanted.has(name));
const here = parts.filter((part) => whyLeft(part, missing) === undefined);
const runAll = (some: readonly Part[], most: number) =>
  eachAtOnce(most === 1 ? some : longestFirst(some), most, (part) => runPart(part, again));
// Fabric's programs take the whole machine: nothing runs beside them.
const onFabric = here.filter(({ network }) => network === 'fabric');
const others = here.filter(({ network }) => network !== 'fabric');
const { light, others: heavy } = count === 1 ? { light: [], others } : besideEachOther(others);
const outcomes = [
  ...(await Promise.all(light.map((lane) => runAll(lane, 1)))).flat(),
  ...(await runAll(heavy, count ?? (availableParallelism() < 4 ? 1 : 2))),
  ...(await runAll(onFabric, count ?? 1)),
];

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
for (const { title, failures } of wrong) {
  for (const lines of failures) process.stdout.write(`${title}: ${lines.join('\n')}\n`);
}
const unsteady = outcomes.filter((outcome) => outcome.unsteady.length > 0);
if (unsteady.length > 0) process.stdout.write('\nFailed at first, and passed when run again by itself:\n');
for (const { title, unsteady: failures } of unsteady) {
  for (const lines of failures) process.stdout.write(`${title}: ${lines.join('\n')}\n`);
}
const total = (of: (outcome: Outcome) => number) => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
const skipped = total((outcome) => outcome.skipped) + left.length;
process.stdout.write(
  `${total(({ passed }) => passed)} passed, ${total(({ failed }) => failed)} failed, ${skipped} skipped\n`,
);
process.exit(wrong.length === 0 ? 0 : 1);
