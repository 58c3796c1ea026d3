import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectionProfile } from '@pledgeonce/network/fabric/connection.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { bringDown } from '@pledgeonce/network/fabric/native/down.js';
import { bringUp } from '@pledgeonce/network/fabric/native/up.js';
import { openNetwork } from '@pledgeonce/network/fabric/network.js';
import { PROBE } from '../definition.js';
import type { RunningNetwork } from './running-network.js';

/**
 * Starts a native Fabric network with the probe chaincode, on ports of its own. It has no doors: what is compared are
 * Fabric's own orderers.
 */
export async function startFabric(stateDir: string, portBase: number): Promise<RunningNetwork> {
  const packageFile = fileURLToPath(import.meta.resolve('@pledgeonce/network/package.json'));
  const consortiumFile = join(packageFile, '..', 'consortium.yaml');
  const network = await openNetwork({ stateDir, consortiumFile, portBase, hasDoors: false });
  const stop = async (): Promise<void> => {
    await bringDown(network.consortium, layoutOf(stateDir));
  };
  try {
    await bringUp(network, [PROBE]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { profile: connectionProfile(network), stateDir, stop };
}
