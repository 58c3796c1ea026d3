import { answers } from '@pledgeonce/network/fabric/native/wait.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { chaincodeAddresses } from '../../faults/embedded/processes.js';
import { killed, type IsBack, type Victim } from './victim.js';

const network = () => consortium().processes.network ?? -1;
const gateways = () => consortium().processes.gateways;

/** Programs of the embedded network, one, some, or all of a kind; its supervisors start them again. */
export const embeddedVictims: readonly Victim[] = [
  { kind: 'chaincode server', kill: () => killServers(1) },
  { kind: 'all chaincode servers', kill: () => killServers(Infinity) },
  { kind: 'gateways', kill: () => killPrograms(gateways) },
  { kind: 'network', kill: () => killPrograms(() => [network()]) },
  { kind: 'network and gateways', kill: () => killPrograms(() => [...gateways(), network()]) },
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

/** A program that is started again is described when it is ready. */
function killPrograms(present: () => readonly number[]): Promise<IsBack> {
  const former = new Set(present());
  for (const pid of former) killed(pid);
  return Promise.resolve(() => Promise.resolve(present().every((pid) => !former.has(pid))));
}
