// What the console adds to a cold `npm run demo`: packages that nothing else needs, and its bundle. Installs and builds a
// copy of the sources with the console and without it, in turn, and says both. Like run.mjs, it uses nothing but Node.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { bundle, bundlePrograms, compiled, translate } from './build.mjs';
import { bundledPackages } from './bundled.mjs';
import { quietly } from './install.mjs';
import { packages } from './remove-orphans.mjs';
import { root } from './step.mjs';

const made = new Set(['node_modules', 'dist', 'site', '.git', '.pledgeonce', 'coverage']);
const runs = Number(process.argv[2] ?? 3);
const copy = mkdtempSync(join(tmpdir(), 'pledgeonce-cold-'));
try {
  cpSync(root, copy, { recursive: true, filter: (path) => !made.has(basename(path)) });
  const [without, whole] = [[], []];
  for (let run = 0; run < runs; run++) {
    // In turn, so that whatever else the machine does meets both.
    without.push(await coldStart(false));
    whole.push(await coldStart(true));
  }
  const [packagesAdd, buildAdds, cpuAdds] = ['install', 'build', 'cpu'].map(
    (part) => median(whole, part) - median(without, part),
  );
  const parts = `${seconds(packagesAdd)} of packages, ${seconds(buildAdds)} of building`;
  const load = `load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`;
  process.stdout.write(
    `cold start without the console: ${told(without)}\nwith it: ${told(whole)}\n` +
      `the console adds ${seconds(packagesAdd + buildAdds)} (${parts}), ${seconds(cpuAdds)} of CPU; ` +
      `${load}, Node ${process.versions.node}, median of ${runs}\n`,
  );
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** @returns seconds of installing and of building, and of CPU for both. */
async function coldStart(withConsole) {
  for (const folder of ['.', ...packages]) {
    for (const name of ['node_modules', 'dist', 'site'])
      rmSync(join(copy, folder, name), { recursive: true, force: true });
  }
  const others = packages.filter((folder) => folder !== 'gateway/console');
  const chosen = withConsole
    ? []
    : ['--include-workspace-root', ...others.flatMap((folder) => ['--workspace', folder])];
  const before = childrenCpu();
  const install = await timed([['npm', 'ci', '--omit=dev', ...quietly, ...chosen]]);
  const sources = await timed([...compiled.map(translate), ...(withConsole ? [bundle] : [])]);
  const build = sources + (await timed([bundlePrograms(...bundledPackages)]));
  return { install, build, cpu: childrenCpu() - before };
}

/** CPU seconds of all children that have ended, as Linux counts them: of other work's load they know nothing. 0 elsewhere. */
function childrenCpu() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
}

/** Runs programs side by side, as a start does. @returns seconds until the last is done. */
async function timed(commands) {
  const started = performance.now();
  await Promise.all(commands.map(run));
  return (performance.now() - started) / 1000;
}

function run([command, ...args]) {
  const here = args.map((arg) => (arg.startsWith(root) ? copy + arg.slice(root.length) : arg));
  const child = spawn(command, here, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`${command} ${here.join(' ')} ended with status ${status}.`));
    });
  });
}

function median(starts, part) {
  const sorted = starts.map((start) => start[part]).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function told(starts) {
  const part = (name) => seconds(median(starts, name));
  return `packages ${part('install')}, building ${part('build')}, ${part('cpu')} of CPU`;
}

function seconds(value) {
  return `${value.toFixed(1)} s`;
}
