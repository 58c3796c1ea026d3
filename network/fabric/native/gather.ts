import { membersHere, type FabricNetwork } from '../network.js';
import { type Deployment, runs } from '../lifecycle/definition.js';
import { knownPeers } from './discover.js';
import { membersOf } from '../topology.js';
import { waitUntil } from './wait.js';

/**
 * Waits until the peer of each organisation that is here knows that every other organisation's peer is in the channel and can endorse
 * for the chaincodes that it runs: before that, private data does not reach the others and the gateway finds too few endorsers.
 */
export async function waitForEachOther(
  network: FabricNetwork,
  deployments: readonly Deployment[],
): Promise<void> {
  const { channel } = network.consortium;
  const wanted = membersOf(network.consortium).map(({ organisation }) => ({
    mspId: organisation.msp,
    chaincodes: deployments
      .filter((deployment) => runs(organisation, deployment))
      .map(({ name, sequence }) => `${name}:${sequence}`),
  }));
  await Promise.all(
    membersHere(network).map(async (around) => {
      await waitUntil(
        `the peer of ${around.member.organisation.name} to know all the others`,
        async () => {
          const peers = await knownPeers(around, channel);
          return wanted.every((own) =>
            peers.some(
              ({ mspId, chaincodes }) =>
                mspId === own.mspId && own.chaincodes.every((one) => chaincodes.includes(one)),
            ),
          );
        },
        180_000,
        500,
      );
    }),
  );
}
