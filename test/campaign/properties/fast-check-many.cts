import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as FastCheck from 'fast-check';

/*
 * Stands for fast-check in specs when `PROPERTY_RUNS` says how many times as often each property is tried as usual
 * (jest.config.mjs): with the seed of `PROPERTY_SEED`, and each written down in the file of `PROPERTY_LOG`.
 */
const real = createRequire(__filename)(
  join(process.cwd(), 'node_modules/fast-check/lib/cjs/fast-check.js'),
) as typeof FastCheck;
const factor = Number(process.env['PROPERTY_RUNS'] ?? '1');
const seed = Number(process.env['PROPERTY_SEED'] ?? String(Date.now() % 1_000_000_000));
const log = process.env['PROPERTY_LOG'];

function assert(property: never, parameters: FastCheck.Parameters<unknown> = {}): unknown {
  const { testPath, currentTestName } = expect.getState();
  const runs = (parameters.numRuns ?? 100) * factor;
  if (log !== undefined) {
    appendFileSync(log, `${JSON.stringify({ spec: testPath, test: currentTestName, runs, seed })}\n`);
  }
  return real.assert(property, { seed, ...parameters, numRuns: runs });
}

const many = { ...real, assert, __esModule: true, default: {} };
many.default = many;
export = many;
