import { join } from 'node:path';
import { whyNoFabric } from '@pledgeonce/network/fabric/native/programs.js';
import { Command } from 'commander';
import { run, type Outcome } from './test/run.js';
import { whyNoChromium } from './stack/chromium.js';
import { projectRoot } from './stack/options.js';

interface Part {
  readonly title: string;
  readonly command: readonly string[];
}

// Everything that the project promises, one part after the other: they would only take the machine from each other.
const node = (script: string, ...args: readonly string[]) => [
  process.execPath,
  join(projectRoot, script),
  ...args,
];
const jest = [
  '--experimental-vm-modules',
  '--no-warnings',
  join(projectRoot, 'node_modules/jest/bin/jest.js'),
];
const demo = (network: string) => [
  ...node('scripts/dist/demo.js', '--all', '--exit', '--on', network),
  ...['--state', join(projectRoot, '.pledgeonce/test')],
  ...['--port-base', '27200', '--rest-base', '24200'],
];
/** What crosses the folders, on a whole network. */
const onNetwork = (network: string): Part[] => [
  {
    title: `conformance on ${network}`,
    command: node('test/dist/conformance/run.js', '--on', network),
  },
  {
    title: `acceptance on ${network}`,
    command: node('scripts/dist/acceptance.js', '--on', network),
  },
  { title: `faults on ${network}`, command: node('scripts/dist/faults.js', '--on', network) },
  { title: `demo on ${network}`, command: demo(network) },
];

const parts: readonly Part[] = [
  { title: 'lint', command: node('node_modules/eslint/bin/eslint.js', '.') },
  { title: 'structure', command: node('scripts/dist/structure/main.js') },
  {
    title: 'format',
    command: node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  // Jest leaves one core idle by default, which on two cores is half of them.
  { title: 'unit', command: [process.execPath, ...jest, '--selectProjects', 'unit', '--maxWorkers=100%'] },
  ...onNetwork('embedded'),
  { title: 'time on embedded', command: node('scripts/dist/time.js') },
];
const browser: Part = { title: 'browser on embedded', command: node('scripts/dist/browser.js') };

new Command('test')
  .description('Runs everything that the project promises, one part after the other: npm test')
  .allowExcessArguments(false)
  .parse();
const outcomes: Outcome[] = [];
for (const { title, command } of parts) outcomes.push(await run(title, command));
const whyNoPage = whyNoChromium();
if (whyNoPage === undefined) {
  outcomes.push(await run(browser.title, browser.command));
} else {
  process.stdout.write(`${browser.title}: skipped. ${whyNoPage}\n`);
  outcomes.push({ title: browser.title, isRight: true, passed: 0, failed: 0, skipped: 1 });
}
const whyNot = whyNoFabric();
if (whyNot === undefined) {
  for (const { title, command } of onNetwork('fabric')) outcomes.push(await run(title, command));
} else {
  const skipped = onNetwork('fabric').length;
  process.stdout.write(`conformance, acceptance, faults and demo on fabric: skipped. ${whyNot}\n`);
  outcomes.push({ title: 'fabric', isRight: true, passed: 0, failed: 0, skipped });
}

const total = (count: (outcome: Outcome) => number) =>
  outcomes.reduce((sum, outcome) => sum + count(outcome), 0);
const wrong = outcomes.filter(({ isRight }) => !isRight);
if (wrong.length > 0) process.stdout.write(`\nFailed: ${wrong.map(({ title }) => title).join(', ')}\n`);
process.stdout.write(
  `${total(({ passed }) => passed)} passed, ${total(({ failed }) => failed)} failed, ${total(({ skipped }) => skipped)} skipped\n`,
);
process.exit(wrong.length === 0 ? 0 : 1);
