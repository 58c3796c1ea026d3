import type { Control } from '@pledgeonce/network/fabric/control.js';
import { recordDocuments } from '../documents.js';
import { Load } from '../load.js';
import { chainHeight, expectNothingLost } from '../nothing-lost.js';
import { expectCaughtUp, nodes } from './nodes.js';

/** What one fault may take: the load, the fault, two minutes to catch up, and the reading of the chain. */
export const faultLimitMs = 600_000;

/**
 * Two banks claim while something is done to the network; claims flow before, and must flow after it. Then nothing
 * that was acknowledged is missing and nothing is pledged twice.
 *
 * @param harm - names the nodes that it has stopped and started again: they must catch up.
 * @param documents - of three claims each: enough for what a bank claims while another one is kept waiting.
 */
export async function withClaimsFlowing(
  harm: (load: Load, control: Control) => Promise<readonly string[]>,
  documents = 300,
): Promise<Load> {
  const control = await nodes();
  const since = await chainHeight();
  const load = new Load(await recordDocuments(documents), 8);
  let returned: readonly string[];
  try {
    await load.progress(20);
    returned = await harm(load, control);
    await load.progress(20);
  } finally {
    await load.stop();
  }
  await expectNothingLost(load, since);
  const height = await chainHeight();
  for (const name of returned) await expectCaughtUp(control, name, height);
  return load;
}

/** Takes a node away while claims flow on without it, and gives it back. */
export function without(
  name: string | ((control: Control) => Promise<string>),
  signal: NodeJS.Signals,
  meanwhile: (load: Load) => Promise<void> = (load) => load.progress(20),
) {
  return async (load: Load, control: Control): Promise<readonly string[]> => {
    const victim = typeof name === 'string' ? name : await name(control);
    await control.stopNode(victim, signal);
    try {
      await meanwhile(load);
    } finally {
      await control.startNode(victim);
    }
    return /^(chaincode|door)\./.test(victim) ? [] : [victim];
  };
}
