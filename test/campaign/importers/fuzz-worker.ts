import { parentPort, workerData } from 'node:worker_threads';
import { Seeded } from '../seeded.js';
import { Coverage } from './coverage.js';
import { minimised, mutated, mutatedWorkbook } from './mutate-file.js';
import { samplesFor } from './samples.js';
import type { FuzzOrder, FuzzReport } from './part.js';
import { crashOf, type Target, targetNames } from './targets.js';

/** So many files are read for each look at what was reached, which takes longer than reading one. */
const batch = 4;
const mostInCorpus = 400;
const mostCrashes = 20;

const { seed, milliseconds, current } = workerData as FuzzOrder;
const seeded = new Seeded(seed);
const coverage = new Coverage();
const corpus = new Map<Target, Buffer[]>();
const crashes = new Map<string, FuzzReport['crashes'][number]>();
let attempts = 0;

await coverage.start();
for (const target of targetNames) {
  corpus.set(target, [...samplesFor(target)]);
  for (const sample of samplesFor(target)) await attempt(target, sample);
}
await coverage.news();
const until = performance.now() + milliseconds;
for (let round = 0; performance.now() < until; round += 1) {
  await tryBatch(targetNames[round % targetNames.length] ?? 'document as CSV');
}
coverage.stop();
const report: FuzzReport = {
  attempts,
  crashes: [...crashes.values()],
  blocks: coverage.blocks,
  corpus: [...corpus.values()].reduce((sum, files) => sum + files.length, 0),
};
parentPort?.postMessage(report);

/** Mutates files that are known; those that reach something new are known from then on. */
async function tryBatch(target: Target): Promise<void> {
  const known = corpus.get(target) ?? [];
  const mutate = target.endsWith('Excel') ? mutatedWorkbook : mutated;
  const made: Buffer[] = [];
  for (let count = 0; count < batch; count += 1) {
    const file = await mutate(seeded, seeded.pick(known), known);
    made.push(file);
    await attempt(target, file);
  }
  if ((await coverage.news()) === 0) return;
  // One of them reached it; the others are few, and make room again.
  for (const file of made) {
    if (known.length < mostInCorpus) known.push(file);
    else known[seeded.below(known.length)] = file;
  }
}

async function attempt(target: Target, file: Buffer): Promise<void> {
  note(target, file);
  attempts += 1;
  const was = await crashOf(target, file);
  if (was === undefined) return;
  const name = `${target} ${nameOf(was)}`;
  if (crashes.has(name) || crashes.size >= mostCrashes) return;
  const isSame = async (less: Buffer) => {
    const now = await crashOf(target, less);
    return now !== undefined && nameOf(now) === nameOf(was);
  };
  const least = was.startsWith('It took') ? file : await minimised(file, isSame);
  crashes.set(name, { target, base64: least.toString('base64'), was: was.slice(0, 600) });
}

/** What tells one fault from another: the message without numbers, and where it was thrown. */
function nameOf(was: string): string {
  return was.split('\n').slice(0, 2).join(' ').replaceAll(/\d+/g, '#').slice(0, 200);
}

/** Where whoever watches sees what is read at the moment, should this thread never come back. */
function note(target: Target, file: Buffer): void {
  const head = new Int32Array(current, 0, 3);
  new Uint8Array(current, 12).set(file.subarray(0, current.byteLength - 12));
  head[1] = targetNames.indexOf(target);
  head[2] = Math.min(file.length, current.byteLength - 12);
  Atomics.add(head, 0, 1);
}
