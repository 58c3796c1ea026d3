import { answers } from '@pledgeonce/network/fabric/native/wait.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { chaincodeAddresses } from '../../faults/embedded/processes.js';
import { gateway, killPrograms } from './programs.js';
import { killed, type IsBack, type Victim } from './victim.js';

const network = () => consortium().processes.network ?? -1;

/** Programs of the embedded network, one or all of a kind, or everything; its supervisors start them again. */
export const embeddedVictims: readonly Victim[] = [
  { kind: 'chaincode server', kill: () => killServers(1) },
  { kind: 'all chaincode servers', kill: () => killServers(Infinity) },
  gateway,
  { kind: 'network', kill: () => killPrograms([network()]) },
  {
    kind: 'network and a gateway',
    kill: (seeded) => killPrograms([network(), seeded.pick(consortium().processes.gateways)]),
  },
];

/** Back is who listens again under another number. */
function killServers(count: number): Promise<IsBack> {
  const servers = [...chaincodeAddresses(network())].slice(0, count);
  for (const [pid] of servers) killed(pid);
  const former = new Set(servers.map(([pid]) => pid));
  const places = servers.map(([, address]) => address);
  return Promise.resolve(async () => {
    const present = [...chaincodeAddresses(network())].filter(([pid]) => !former.has(pid));
    const again = new Set(present.map(([, address]) => address));
    if (!places.every((address) => again.has(address))) return false;
    const listening = await Promise.all(places.map((address) => answers(Number(address.split(':').at(-1)))));
    return listening.every(Boolean);
  });
}
