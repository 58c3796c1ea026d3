import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages, sealOf } from './bundled.mjs';
import { packages, removeOrphans } from './remove-orphans.mjs';
import { root, step } from './step.mjs';

const tsc = [process.execPath, join(root, 'node_modules', 'typescript-native', 'bin', 'tsc')];
/** The console is bundled from its sources and its client's: what runs waits for no types of theirs. */
const bundled = ['clients/typescript', 'gateway/console'];
/** The client is compiled too, for whatever runs outside a browser. Its types are made from the gateway, and vanish. */
export const compiled = packages.filter((folder) => folder !== 'gateway/console');
/** Written when everything is there; older than a source, and it is made again. */
const stamp = join(root, 'scripts', 'dist', '.built');
const site = join(root, 'gateway', 'console', 'site', '.built');

/** Makes what runs, each file for itself and unchecked: types are for `npm run build` and `npm test`. */
export async function makeRunnable() {
  const isMissing = isOlder(stamp, compiled);
  const commands = [
    ...(isMissing ? compiled.map(translate) : []),
    ...(isOlder(site, bundled) ? [bundle] : []),
  ];
  if (commands.length > 0)
    await step('Building', commands, 'A source cannot be read; the lines above say where.');
  if (isMissing) sealBuild();
  await makePrograms();
}

/** Makes what runs and holds it to its types, the console's and the client's too. */
export async function buildWithTypes() {
  const hint = 'The sources do not compile; the lines above say where.';
  await step('Building', [[...tsc, '-b', 'gateway']], hint);
  const client = [process.execPath, join(root, 'clients', 'typescript', 'generate.mjs')];
  await step('Making the client', [client], 'The API has no document; the lines above say why.');
  await step('Building what calls it', [[...tsc, '-b']], hint);
  sealBuild();
  await makePrograms();
  const console = [[...tsc, '-b', 'tsconfig.console.json'], ...(isOlder(site, bundled) ? [bundle] : [])];
  await step('Building the console', console, 'The console does not compile; the lines above say where.');
}

/** The console and its client, bundled from their sources. */
export const bundle = [
  ...[process.execPath, join(root, 'node_modules', 'vite', 'bin', 'vite.js')],
  ...['build', join(root, 'gateway', 'console')],
];

/** What is started often, put together of what the compiler has made. */
export const bundlePrograms = (...names) => [
  ...[process.execPath, join(root, 'scripts', 'setup', 'bundle-programs.mjs')],
  ...names,
];

async function makePrograms() {
  const older = bundledPackages.filter((name) => isOlder(sealOf(name), ['chaincode', 'network', 'gateway']));
  if (older.length === 0) return;
  await step('Putting programs together', [bundlePrograms(...older)], 'The lines above say what is missing.');
}

/** One package's sources, each file for itself: decorators and all come out as the checked build makes them. */
export function translate(folder) {
  const alone = ['--noCheck', '--noResolve', '--types', '', '--composite', 'false', '--incremental', 'false'];
  return [...tsc, '-p', folder, ...alone, '--declaration', 'false'];
}

function sealBuild() {
  removeOrphans();
  writeFileSync(stamp, '');
}

function isOlder(made, folders) {
  const newest = Math.max(...folders.map((folder) => newestSource(join(root, folder))));
  return !existsSync(made) || statSync(made).mtimeMs < newest;
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
