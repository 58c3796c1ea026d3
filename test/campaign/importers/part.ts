import { Worker } from 'node:worker_threads';
import type { Part } from '../part.js';
import type { Case } from './samples.js';
import { targetNames } from './targets.js';

/** What a thread that tries files is told. */
export interface FuzzOrder {
  readonly seed: number;
  readonly milliseconds: number;
  /** Holds what it reads at the moment: a count, the target, the length, the bytes. */
  readonly current: SharedArrayBuffer;
}

/** What it has found when its time is over. */
export interface FuzzReport {
  readonly attempts: number;
  readonly crashes: readonly Case[];
  readonly blocks: number;
  readonly corpus: number;
}

/** A thread that reads one file for so long does not come back. */
const hungMs = 30_000;
const heapMb = 700;
const noteBytes = 70_000;

/** Files that are nearly right, led by what of the code they reach, read by everything that reads files of others. */
export const importers: Part = async ({ seeded, milliseconds, report, signal }) => {
  const current = new SharedArrayBuffer(noteBytes);
  const order: FuzzOrder = { seed: seeded.seed, milliseconds, current };
  const { attempts, crashes, blocks, corpus } = await fuzz(order, signal);
  for (const crash of crashes) report(JSON.stringify(crash));
  return [
    {
      promise: 'A file of others is read, or refused with a code, soon and in bounded memory',
      unit: 'files',
      attempts,
      violations: crashes.map((crash) => JSON.stringify(crash)),
      note: `${targetNames.length} readers, ${blocks} blocks of code reached, ${corpus} files led further`,
    },
  ];
};

async function fuzz(order: FuzzOrder, signal: AbortSignal): Promise<FuzzReport> {
  const worker = new Worker(new URL('./fuzz-worker.js', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  const head = new Int32Array(order.current, 0, 3);
  return new Promise((resolve) => {
    let [seen, since] = [-1, performance.now()];
    const end = (found: FuzzReport) => {
      clearInterval(watch);
      signal.removeEventListener('abort', stop);
      void worker.terminate().then(() => {
        resolve(found);
      });
    };
    const cutShort = (...crashes: readonly Case[]) => {
      end({ attempts: Atomics.load(head, 0), crashes, blocks: 0, corpus: 0 });
    };
    const stop = () => {
      cutShort();
    };
    const watch = setInterval(() => {
      const now = Atomics.load(head, 0);
      if (now !== seen) [seen, since] = [now, performance.now()];
      else if (performance.now() - since > hungMs) cutShort(noted(order.current, 'It does not come back.'));
    }, 1_000);
    signal.addEventListener('abort', stop);
    worker.once('message', end);
    worker.once('error', (error) => {
      cutShort(noted(order.current, String(error)));
    });
  });
}

/** What was read when the thread ended. */
function noted(current: SharedArrayBuffer, was: string): Case {
  const [, target = 0, length = 0] = new Int32Array(current, 0, 3);
  const bytes = Buffer.from(new Uint8Array(current, 12, length));
  return { target: targetNames[target] ?? 'document as CSV', base64: bytes.toString('base64'), was };
}
