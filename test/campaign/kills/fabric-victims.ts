import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { runningProcesses } from '@pledgeonce/network/fabric/native/processes.js';
import { nodesOf, type NodeKind } from '@pledgeonce/network/fabric/topology.js';
import { heightOf, nodes } from '../../faults/fabric/nodes.js';
import type { Seeded } from '../seeded.js';
import { gateway } from './programs.js';
import type { IsBack, Victim } from './victim.js';

/** Half of those that die are started again at once, the others after so long at most, while the others go on. */
const awayMs = 10_000;

/**
 * Programs of a native Fabric network, one at a time. Nobody watches over Fabric's own programs and the chaincode servers here,
 * as an operator's machine does: what was killed is started again by the campaign. Gateways have their supervisor.
 */
export const fabricVictims: readonly Victim[] = [
  { kind: 'peer', kill: (seeded) => killNode('peer', seeded) },
  { kind: 'orderer', kill: (seeded) => killNode('orderer', seeded) },
  { kind: 'chaincode server', kill: killChaincode },
  gateway,
];

/** Back is who has every block that another one had when it was started again. */
async function killNode(kind: NodeKind, seeded: Seeded): Promise<IsBack> {
  const control = await nodes();
  const all = nodesOf(control.network.consortium).filter((one) => one.kind === kind);
  const victim = seeded.pick(all);
  const { channel } = control.network.consortium;
  const height = ({ ports }: (typeof all)[number]) =>
    heightOf(kind === 'orderer' ? ports.ordererOperations : ports.operations, channel);
  await killAndWait(control, victim.name, seeded);
  const heights = await Promise.all(all.filter((one) => one !== victim).map(height));
  const level = heights.reduce((highest, one) => (one > highest ? one : highest), 0n);
  return async () => {
    await control.startNode(victim.name);
    return (await height(victim)) >= level;
  };
}

async function killChaincode(seeded: Seeded): Promise<IsBack> {
  const control = await nodes();
  const servers = runningProcesses(control.network.layout.root)
    .map(({ name }) => name)
    .filter((name) => name.startsWith('chaincode.'));
  const victim = seeded.pick(servers);
  await killAndWait(control, victim, seeded);
  return async () => {
    await control.startNode(victim);
    return true;
  };
}

async function killAndWait(control: Control, name: string, seeded: Seeded): Promise<void> {
  await control.stopNode(name, 'SIGKILL');
  await sleep(seeded.below(2) * seeded.below(awayMs));
}
