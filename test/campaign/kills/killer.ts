import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@pledgeonce/network/message-of.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { declaration } from '../../acceptance/support/documents.js';
import { CarefulClient } from '../../faults/careful-client.js';
import type { Setting } from '../part.js';
import type { Result } from '../results.js';
import { verification } from '../verification.js';
import { embeddedVictims } from './embedded-victims.js';
import { fabricVictims } from './fabric-victims.js';
import type { IsBack } from './victim.js';

/** Left alone for so long after it serves again, at most, unless it is said. */
const longestPauseMs = 6_000;
/** Far beyond what any kill takes to be got over, on a busy machine. */
const patienceMs = 180_000;
/** A consortium that has just been started for the first time is still busy with that. */
const settledMs = 5_000;
/** What takes longer is told at once. */
const slowMs = 5_000;

/** When it ends, and how often it kills. */
type Killing = Pick<Setting, 'seeded' | 'report' | 'kills' | 'pauseMs'> & {
  readonly signal: AbortSignal;
};

/**
 * Kills one program after the other at moments that chance chooses, each as soon as the one before is back and a question
 * is answered again.
 *
 * @returns when the signal says so, or as many were killed as are wanted: how often, and how long it took, by kind.
 */
export async function killAtRandom({ seeded, signal, report, ...wanted }: Killing): Promise<Result> {
  const victims = consortium().network === 'fabric' ? fabricVictims : embeddedVictims;
  const { kills = Infinity, pauseMs = longestPauseMs } = wanted;
  const probe = new CarefulClient();
  const took = new Map<string, number[]>();
  const violations: string[] = [];
  const pause = () => sleep(seeded.below(pauseMs), undefined, { signal }).catch(() => undefined);
  let count = 0;
  await sleep(settledMs, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted && count < kills) {
    const { kind, kill } = seeded.pick(victims);
    const isBack = await kill(seeded);
    count += 1;
    const begun = performance.now();
    const missing = await whatIsMissing(isBack, probe);
    const passed = Math.round(performance.now() - begun);
    if (missing === undefined) took.set(kind, [...(took.get(kind) ?? []), passed]);
    else violations.push(`three minutes after kill ${count} (${kind}): ${missing}`);
    if (passed > slowMs) report(`kill ${count} (${kind}) was got over after ${(passed / 1000).toFixed(1)} s`);
    if (count % 10 === 0) report(`${count} kills`);
    await pause();
  }
  return {
    promise: 'Whoever is killed is back, and serves',
    unit: 'kills',
    attempts: count,
    violations,
    tookMs: Object.fromEntries(took),
  };
}

/** Asks until what was killed is there again, and two nodes answer a question about a document that nobody has. */
async function whatIsMissing(isBack: IsBack, probe: CarefulClient): Promise<string | undefined> {
  const unknown = declaration();
  const until = Date.now() + patienceMs;
  let missing = 'it is not there again';
  while (Date.now() < until) {
    try {
      if (await isBack()) {
        const { answer } = await probe.post('BankAMSP', verification(unknown, `probe-${unknown.number}`));
        if (answer?.status === 200) return undefined;
        missing = 'nobody is served';
      }
    } catch (error) {
      missing = messageOf(error);
    }
    await sleep(50);
  }
  return missing;
}
