import { setTimeout as sleep } from 'node:timers/promises';
import { consortium } from '../../acceptance/support/consortium.js';
import { declaration } from '../../acceptance/support/documents.js';
import { CarefulClient } from '../../faults/careful-client.js';
import { chaincodeServers } from '../../faults/embedded/processes.js';
import type { Result } from '../results.js';
import { verification } from '../verification.js';
import type { Seeded } from '../seeded.js';

const network = () => consortium().processes.network ?? -1;

/** What is killed: programs of the embedded network, one, some, or all of a kind. */
const victims: readonly (() => readonly number[])[] = [
  () => chaincodeServers(network()).slice(0, 1),
  () => chaincodeServers(network()),
  () => consortium().processes.gateways,
  () => [network()],
  () => [...consortium().processes.gateways, network()],
];

/** Left alone for so long after it serves again, at most. */
const pauseMs = 6_000;
/** Far beyond what any kill takes to be got over, on a busy machine. */
const patienceMs = 180_000;

/**
 * Kills one program after the other at moments that chance chooses, each as soon as a question is answered again.
 *
 * @returns when the signal says so: how often, and how long it took until somebody was served again.
 */
export async function killAtRandom(
  seeded: Seeded,
  signal: AbortSignal,
  report: (line: string) => void,
): Promise<Result> {
  const probe = new CarefulClient();
  const took: number[] = [];
  const violations: string[] = [];
  const pause = () => sleep(seeded.below(pauseMs), undefined, { signal }).catch(() => undefined);
  await pause();
  while (!signal.aborted) {
    for (const pid of seeded.pick(victims)()) kill(pid);
    const begun = performance.now();
    if (await isServed(probe)) took.push(performance.now() - begun);
    else violations.push(`nobody was served for three minutes after kill ${took.length + 1}`);
    if (took.length % 10 === 0) report(`${took.length} kills`);
    await pause();
  }
  return {
    promise: 'Whoever is killed is back, and serves',
    unit: 'kills',
    attempts: took.length + violations.length,
    violations,
    tookMs: took.map((one) => Math.round(one)),
  };
}

/** Asks for a document that nobody has, until two nodes say so. */
async function isServed(probe: CarefulClient): Promise<boolean> {
  const unknown = declaration();
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const { answer } = await probe.post('BankAMSP', verification(unknown, `probe-${unknown.number}`));
    if (answer?.status === 200) return true;
    await sleep(50);
  }
  return false;
}

/** One that is being started again has no pid to kill; it is not there already. */
function kill(pid: number): void {
  if (pid <= 0) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
