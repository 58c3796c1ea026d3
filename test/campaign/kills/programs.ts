import type { OrganisationDescription } from '@pledgeonce/scripts/stack/description.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { killed, type IsBack, type Victim } from './victim.js';

/** A gateway that says nothing for so long is asked again. */
const readyLimitMs = 2_000;

/** The gateway of one organisation. */
export const gateway: Victim = {
  kind: 'gateway',
  kill: (seeded) => killPrograms([seeded.pick(consortium().processes.gateways)]),
};

/** Back is who runs under another number, and every gateway that says that it is ready. */
export function killPrograms(programs: readonly number[]): Promise<IsBack> {
  for (const pid of programs) killed(pid);
  return Promise.resolve(async () => {
    // A program that is started again is described when it has said that it is ready.
    const { network = -1, gateways } = consortium().processes;
    if ([network, ...gateways].some((pid) => programs.includes(pid))) return false;
    return (await Promise.all(consortium().organisations.map(isReady))).every(Boolean);
  });
}

async function isReady({ url }: OrganisationDescription): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(readyLimitMs) });
  await answer.body?.cancel();
  return answer.ok;
}
