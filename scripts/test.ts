import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, type Outcome } from './test/run.js';
import { projectRoot } from './stack/options.js';

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
const demoPorts = ['--port-base', '27200', '--rest-base', '24200'];

const parts: readonly { readonly title: string; readonly command: readonly string[] }[] = [
  { title: 'lint', command: node('node_modules/eslint/bin/eslint.js', '.') },
  {
    title: 'format',
    command: node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  },
  { title: 'unit', command: [process.execPath, ...jest, '--selectProjects', 'unit'] },
  { title: 'conformance on embedded', command: node('test/dist/conformance/run.js', '--on', 'embedded') },
  { title: 'acceptance on embedded', command: node('scripts/dist/acceptance.js', '--on', 'embedded') },
  { title: 'faults on embedded', command: node('scripts/dist/faults.js', '--on', 'embedded') },
  { title: 'time on embedded', command: node('scripts/dist/time.js') },
  {
    title: 'demo',
    command: node(
      'scripts/dist/demo.js',
      '--all',
      '--exit',
      '--state',
      join(projectRoot, '.pledgeonce/test'),
      ...demoPorts,
    ),
  },
];
const fabricParts: typeof parts = [
  { title: 'conformance on fabric', command: node('test/dist/conformance/run.js', '--on', 'fabric') },
  { title: 'acceptance on fabric', command: node('scripts/dist/acceptance.js', '--on', 'fabric') },
];
const fabricPrograms = ['peer', 'orderer', 'configtxgen', 'osnadmin', 'fabric-ca-server'];

const outcomes: Outcome[] = [];
for (const { title, command } of parts) outcomes.push(await run(title, command));
const missing = fabricPrograms.filter((program) => !isOnPath(program));
for (const { title, command } of fabricParts) {
  if (missing.length === 0) {
    outcomes.push(await run(title, command));
  } else {
    process.stdout.write(`${title}: skipped, not on PATH: ${missing.join(', ')}\n`);
    outcomes.push({ title, isRight: true, passed: 0, failed: 0, skipped: 1 });
  }
}

const total = (count: (outcome: Outcome) => number) =>
  outcomes.reduce((sum, outcome) => sum + count(outcome), 0);
const wrong = outcomes.filter(({ isRight }) => !isRight);
if (wrong.length > 0) process.stdout.write(`\nFailed: ${wrong.map(({ title }) => title).join(', ')}\n`);
process.stdout.write(
  `${total(({ passed }) => passed)} passed, ${total(({ failed }) => failed)} failed, ${total(({ skipped }) => skipped)} skipped\n`,
);
process.exit(wrong.length === 0 ? 0 : 1);

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
