#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { chromium as engine } from 'playwright-core';
import { chromium, whyNoChromium } from '@pledgeonce/scripts/stack/chromium.js';
import { readDescription } from '@pledgeonce/scripts/stack/description.js';
import { Failure, failWith } from '@pledgeonce/scripts/stack/failure.js';
import { pathsOf, projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { type Conditions, type Load, loadOnce } from './load-once.js';

/** What the first page of the console may load, compressed. */
const mostScript = 250_000;

const conditions: readonly Conditions[] = [
  { name: 'this machine', slower: 1 },
  // Lighthouse's own: a middling phone on a slow line of the fourth generation.
  { name: 'a phone', slower: 4, line: { latencyMs: 150, bytesPerSecond: 1_638_400 / 8 } },
];

const program = new Command('first-load')
  .description(
    'Says how long the first page of a running console takes, and how much it loads: npm run first-load -- [options]',
  )
  .option('--url <url>', 'of a gateway; else the first of the consortium that npm start runs here')
  .option('--runs <number>', 'how often; the median counts', toRuns, 5)
  .option(
    '--cold',
    'says instead what the console adds to a cold start: installs and builds copies (minutes)',
  )
  .parse();

try {
  const options = program.opts<Options>();
  process.exitCode = options.cold === true ? measureCold(options) : await measure(options);
} catch (error) {
  failWith(error);
}

interface Options {
  readonly url?: string;
  readonly runs: number;
  readonly cold?: boolean;
}

/** What has to run before anything is built is a program of its own. @returns the status to exit with. */
function measureCold({ runs }: Options): number {
  const script = join(projectRoot, 'scripts', 'setup', 'measure-cold.mjs');
  return spawnSync(process.execPath, [script, String(runs)], { stdio: 'inherit' }).status ?? 1;
}

/** @returns the status to exit with: 1 where there is more script than may be. */
async function measure({ url = runningUrl(), runs }: Options) {
  const whyNot = whyNoChromium();
  if (whyNot !== undefined) throw new Failure(whyNot, 'Run it on a machine that has one.');
  const executablePath = chromium() ?? '';
  const browser = await engine.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    process.stdout.write(`${url}, ${browser.version()}, median of ${runs}\n`);
    let script = 0;
    for (const one of conditions) {
      const loads: Load[] = [];
      for (let run = 0; run < runs; run++) loads.push(await loadOnce(browser, url, one));
      const median = (of: (load: Load) => number) =>
        loads.map(of).toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
      script = median((load) => load.script);
      process.stdout.write(lineOf(one.name, median));
    }
    process.stdout.write(`script: ${kB(script)} of ${kB(mostScript)} that it may be\n`);
    return script <= mostScript ? 0 : 1;
  } finally {
    await browser.close();
  }
}

function lineOf(name: string, median: (of: (load: Load) => number) => number): string {
  const ms = (of: (load: Load) => number) => `${Math.round(median(of))} ms`;
  const parts = [
    `first contentful paint ${ms((one) => one.firstContentfulPaint)}`,
    `largest ${ms((one) => one.largestContentfulPaint)}`,
    `load ${ms((one) => one.load)}`,
    `blocked ${ms((one) => one.blocking)}`,
    `shift ${median((one) => one.shift).toFixed(3)}`,
    `script ${kB(median((one) => one.script))}`,
    `style ${kB(median((one) => one.style))}`,
    `everything ${kB(median((one) => one.everything))} in ${median((one) => one.requests)} requests`,
  ];
  return `${name}: ${parts.join(', ')}\n`;
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

/** @throws Failure where none runs. */
function runningUrl(): string {
  const state = `${projectRoot}/.pledgeonce`;
  const file = (['embedded', 'fabric'] as const).map((on) => pathsOf({ state, on }).running).find(existsSync);
  const url = file === undefined ? undefined : readDescription(file).organisations[0]?.url;
  if (url === undefined)
    throw new Failure('No consortium runs here.', 'Start one with: npm start; or name a gateway with --url');
  return url;
}

function toRuns(text: string): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1 || runs > 100)
    throw new InvalidArgumentError('Between 1 and 100 times.');
  return runs;
}
