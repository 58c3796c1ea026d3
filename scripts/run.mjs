// Runs before anything is installed, so it uses nothing but Node, and only what an old Node understands.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packages, removeOrphans } from './remove-orphans.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commands = {
  start: 'scripts/dist/start.js',
  demo: 'scripts/dist/demo.js',
  reset: 'scripts/dist/reset.js',
  network: 'network/dist/cli.js',
  bench: 'scripts/dist/bench.js',
  'verify-evidence': 'scripts/dist/verify-evidence.js',
  acceptance: 'scripts/dist/acceptance.js',
  faults: 'scripts/dist/faults.js',
  time: 'scripts/dist/time.js',
  browser: 'scripts/dist/browser.js',
  conformance: 'test/dist/conformance/run.js',
  docs: 'scripts/dist/docs.js',
  structure: 'scripts/dist/structure/main.js',
  test: 'scripts/dist/test.js',
};

/** The console and its client: bundled from their sources, so that running it waits for no types of theirs. */
const bundled = ['clients/typescript', 'gateway/console'];

const name = process.argv[2];
const program = Object.entries(commands).find(([command]) => command === name);
if (program === undefined) fail(`Unknown command ${name}.`, `Commands: ${Object.keys(commands).join(', ')}.`);
if (['--help', '-h'].includes(process.argv[3])) {
  // Kept equal to what the program itself says by scripts/help/help.spec.ts: nobody waits for a build to read it.
  process.stdout.write(readFileSync(join(root, 'scripts', 'help', `${name}.txt`)));
  process.exit(0);
}
checkNode();
install();
build();
if (name === 'test') buildConsoleTypes();
process.argv.splice(2, 1);
await import(pathToFileURL(join(root, program[1])).href);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  fail(
    `PledgeOnce needs Node 20.9 or later; this is Node ${process.versions.node}.`,
    'Install a newer one from https://nodejs.org, or run: nvm install 20',
  );
}

function install() {
  if (isInstalled()) return;
  step(
    'Installing packages',
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      hint: 'Check the network connection and the free disk space, then run the command again.',
    },
  );
}

/** Compares what npm says it installed with the lock file, so that touching a file does not install everything again. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(installed);
  return Object.entries(read(join(root, 'package-lock.json'))).every(
    // Optional packages are those of other platforms.
    ([path, { version, optional }]) =>
      optional || !path.includes('node_modules/') || (present[path] && present[path].version === version),
  );
}

function build() {
  const stamp = join(root, 'scripts', 'dist', '.built');
  const compiled = packages.filter((folder) => !bundled.includes(folder));
  if (isOlder(stamp, compiled)) {
    step(
      'Building',
      process.execPath,
      [join(root, 'node_modules', 'typescript-native', 'bin', 'tsc'), '-b'],
      {
        hint: 'The sources do not compile; the lines above say where.',
      },
    );
    removeOrphans();
    writeFileSync(stamp, '');
  }
  const site = join(root, 'gateway', 'console', 'site', '.built');
  if (!isOlder(site, bundled)) return;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  step('Building the console', process.execPath, [vite, 'build', join(root, 'gateway', 'console')], {
    hint: 'The console cannot be bundled; the lines above say where.',
  });
}

/** Lint and specs of the console need its types, and those of the client that is made from the gateway's own code. */
function buildConsoleTypes() {
  const hint = 'The console does not compile; the lines above say where.';
  step('Making the client', process.execPath, [join(root, 'clients', 'typescript', 'generate.mjs')], {
    hint,
  });
  const tsc = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');
  step('Checking the console', process.execPath, [tsc, '-b', 'tsconfig.console.json'], { hint });
}

function isOlder(stamp, folders) {
  const newest = Math.max(...folders.map((folder) => newestSource(join(root, folder))));
  return !existsSync(stamp) || statSync(stamp).mtimeMs < newest;
}

/** Time of the latest change below a folder; folders count too, because a removed file changes only its folder. */
function newestSource(folder) {
  // The console's own sources, not what is written beside them.
  let newest = bundled.some((one) => folder === join(root, one)) ? 0 : statSync(folder).mtimeMs;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['dist', 'node_modules', 'site'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (path === join(root, 'gateway', 'console')) continue;
    if (entry.isDirectory()) newest = Math.max(newest, newestSource(path));
    else if (/\.(c?tsx?|json|css|html|svg)$/.test(entry.name))
      newest = Math.max(newest, statSync(path).mtimeMs);
  }
  return newest;
}

function step(title, command, args, { hint }) {
  // Standard output may be read by a tool, so progress goes to standard error.
  process.stderr.write(`${title} … `);
  const started = Date.now();
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', shell });
  if (status === 0) {
    process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
    return;
  }
  process.stderr.write(`failed\n${stdout ?? ''}${stderr ?? ''}`);
  fail(`${title} failed${error ? `: ${error.message}` : ''}.`, hint);
}

function fail(cause, remedy) {
  process.stderr.write(`${cause}\n${remedy}\n`);
  process.exit(1);
}
