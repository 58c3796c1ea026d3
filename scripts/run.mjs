// Runs before anything is installed, so it uses nothing but Node, and only what an old Node understands.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWithTypes, makeRunnable } from './setup/build.mjs';
import { install } from './setup/install.mjs';
import { fail, root } from './setup/step.mjs';

const commands = {
  start: 'scripts/dist/start.js',
  demo: 'scripts/dist/demo.js',
  reset: 'scripts/dist/reset.js',
  network: 'network/dist/cli.js',
  bench: 'scripts/dist/bench.js',
  'verify-evidence': 'scripts/dist/verify-evidence.js',
  replay: 'scripts/dist/replay.js',
  backup: 'scripts/dist/backup.js',
  restore: 'scripts/dist/restore.js',
  acceptance: 'scripts/dist/acceptance.js',
  faults: 'scripts/dist/faults.js',
  time: 'scripts/dist/time.js',
  browser: 'scripts/dist/browser.js',
  'first-load': 'test/dist/browser/figures/first-load.js',
  conformance: 'test/dist/conformance/run.js',
  campaign: 'test/dist/campaign/main.js',
  docs: 'scripts/dist/docs.js',
  structure: 'scripts/dist/structure/main.js',
  'supply-chain': 'scripts/dist/supply-chain.js',
  test: 'scripts/dist/test.js',
};
/** What only runs PledgeOnce does without the tools of the tests, and without waiting for types. */
const running = [
  'start',
  'demo',
  'reset',
  'network',
  'bench',
  'replay',
  'verify-evidence',
  'backup',
  'restore',
];

checkNode();
const [name, ...args] = process.argv.slice(2);
if (name === 'build') {
  await install({ withTools: true });
  await buildWithTypes();
  process.exit(0);
}
const program = commands[name];
if (program === undefined) fail(`Unknown command ${name}.`, `Commands: ${Object.keys(commands).join(', ')}.`);
if (['--help', '-h'].includes(args[0])) {
  // Kept equal to what the program itself says by scripts/help/help.spec.ts: nobody waits for a build to read it.
  process.stdout.write(readFileSync(join(root, 'scripts', 'help', `${name}.txt`)));
  process.exit(0);
}
await install({ withTools: !running.includes(name) });
await (name === 'test' ? buildWithTypes() : makeRunnable());
process.argv.splice(2, 1);
await import(pathToFileURL(join(root, program)).href);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `PledgeOnce needs Node 20.19 or later; this is Node ${process.versions.node}.`,
    'Install a newer one from https://nodejs.org, or run: nvm install 20',
  );
}
