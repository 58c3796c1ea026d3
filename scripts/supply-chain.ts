import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { projectRoot } from './stack/options.js';
import { readAudit } from './supply-chain/advisories.js';
import { licencesOf, type LockedPackage } from './supply-chain/licences.js';

const program = new Command('supply-chain')
  .description(
    'Writes what PledgeOnce is made of (CycloneDX), and checks licences and advisories: npm run supply-chain -- [options]',
  )
  .option('--results <folder>', 'where the lists are written', '.pledgeonce/supply-chain')
  .allowExcessArguments(false)
  .parse();
const folder = resolve(program.opts<{ readonly results: string }>().results);
mkdirSync(folder, { recursive: true });
process.exitCode = listParts() && listLicences() && askForAdvisories() ? 0 : 1;

/** What is shipped, and what builds it. */
function listParts(): boolean {
  const { stdout, stderr, status } = npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only');
  if (status !== 0) {
    print(`No list of parts: ${stderr.trim()}`);
    return false;
  }
  const { components } = JSON.parse(stdout) as { components: readonly unknown[] };
  writeFileSync(join(folder, 'sbom.cdx.json'), stdout);
  print(`${components.length} parts: ${join(folder, 'sbom.cdx.json')}`);
  return true;
}

function listLicences(): boolean {
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const all = licencesOf(lock.packages);
  const rows = all.map(({ name, version, licence, isTool, because = 'may not stay' }) =>
    [name, version, licence, isTool ? 'tool' : 'shipped', because].join('\t'),
  );
  writeFileSync(join(folder, 'licences.tsv'), `${rows.join('\n')}\n`);
  const refused = all.filter(({ because }) => because === undefined);
  for (const { name, version, licence } of refused) print(`${name} ${version}: ${licence} is on no list`);
  print(`${all.length} licences, ${refused.length} that may not stay: ${join(folder, 'licences.tsv')}`);
  return refused.length === 0;
}

/** Nobody is stopped by a registry that is out of reach; that it was is said. */
function askForAdvisories(): boolean {
  const asked = readAudit(npm('audit', '--json').stdout);
  if (asked.kind === 'unanswered') {
    print(`Advisories: could not ask (${asked.why}).`);
    return true;
  }
  for (const line of asked.accepted) print(`Known, with a reason: ${line}`);
  for (const line of asked.open) print(`Open: ${line}`);
  print(
    `Advisories of grade high or critical: ${asked.open.length} open, ${asked.accepted.length} with a reason.`,
  );
  return asked.open.length === 0;
}

function npm(...args: readonly string[]) {
  return spawnSync('npm', args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
