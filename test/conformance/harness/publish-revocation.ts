import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout } from 'node:timers/promises';
import { openNetwork } from '@pledgeonce/network/fabric/network.js';
import { revokePerson } from '@pledgeonce/network/fabric/operate/revoke-person.js';
import { profile, stateDir } from './network.js';

/** How long peers may take to receive the block with the new configuration. */
const DELIVERY_MS = 3_000;

/** Puts the organisation's revocation list into the configuration of a Fabric channel, as its operator does. */
export async function publishRevocation(mspId: string, person: string): Promise<void> {
  const organisation = profile.organisations.find((one) => one.mspId === mspId);
  if (!organisation) throw new Error(`the network has no ${mspId}`);
  const packageFile = fileURLToPath(import.meta.resolve('@pledgeonce/network/package.json'));
  const network = await openNetwork({ stateDir, consortiumFile: join(packageFile, '..', 'consortium.yaml') });
  await revokePerson(network, organisation.name, person);
  await setTimeout(DELIVERY_MS);
}
