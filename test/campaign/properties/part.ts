import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import type { Part } from '../part.js';

/** So many times as often as the suites try. */
const factor = 20;
const packages = ['chaincode', 'gateway', 'network', 'scripts', 'test'];

/** Every property that specs hold, tried far more often than in the suites, under one seed. */
export const properties: Part = async ({ seeded, milliseconds, folder, report, signal }) => {
  const until = performance.now() + milliseconds;
  const log = join(folder, 'properties.jsonl');
  rmSync(log, { force: true });
  const waiting = specsWithProperties();
  const violations: string[] = [];
  const seed = seeded.seed;
  let tried = 0;
  while (waiting.length > 0 && performance.now() < until && !signal.aborted) {
    const [spec = ''] = waiting.splice(seeded.below(waiting.length), 1);
    const failure = await failureOf(spec, { seed, log, left: until - performance.now(), signal });
    tried += 1;
    if (failure !== undefined) violations.push(`${spec}, seed ${seed}: ${failure}`);
    report(`${spec}: ${failure === undefined ? 'holds' : 'does not hold'}`);
  }
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  const runs = lines.map((line) => (JSON.parse(line) as { readonly runs: number }).runs);
  return [
    {
      promise: `Every property holds when it is tried ${factor} times as often`,
      unit: 'runs',
      attempts: runs.reduce((sum, one) => sum + one, 0),
      violations,
      note: `${runs.length} properties in ${tried} specs, ${waiting.length} specs left: ${relative(projectRoot, log)}`,
    },
  ];
};

/** Compiled specs that have a property, by their paths. */
function specsWithProperties(): string[] {
  return packages.flatMap((name) =>
    readdirSync(join(projectRoot, name, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.spec.js') && !file.includes('node_modules'))
      .map((file) => join(name, 'dist', file))
      .filter((file) => /\.assert\(/.test(readFileSync(join(projectRoot, file), 'utf8')))
      .filter((file) => /fast-check/.test(readFileSync(join(projectRoot, file), 'utf8'))),
  );
}

interface Attempt {
  readonly seed: number;
  readonly log: string;
  /** A spec that is not through by then is left. */
  readonly left: number;
  readonly signal: AbortSignal;
}

/** @returns what the first failed test says; undefined where all hold, or time was up. */
async function failureOf(spec: string, { seed, log, left, signal }: Attempt): Promise<string | undefined> {
  const ended = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1_000, Math.ceil(left)))]);
  const jest = spawn(
    process.execPath,
    [
      ...['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--selectProjects', 'unit'],
      ...['--forceExit', '--verbose=false', '--runTestsByPath', spec],
    ],
    {
      cwd: projectRoot,
      env: { ...process.env, PROPERTY_RUNS: String(factor), PROPERTY_SEED: String(seed), PROPERTY_LOG: log },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let told = '';
  jest.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  const stop = () => jest.kill('SIGKILL');
  ended.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve) => jest.once('close', resolve));
  ended.removeEventListener('abort', stop);
  if (code === 0 || ended.aborted) return undefined;
  return told.slice(Math.max(0, told.indexOf('●'))).slice(0, 1_500);
}
