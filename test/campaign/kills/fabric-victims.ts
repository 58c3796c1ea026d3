import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { runningProcesses } from '@pledgeonce/network/fabric/native/processes.js';
import { nodesOf, type FabricNode, type NodeKind } from '@pledgeonce/network/fabric/topology.js';
import { mayCutLines } from '@pledgeonce/scripts/stack/own-network.js';
import { heightOf, nodes } from '../../faults/fabric/nodes.js';
import { Partition } from '../../faults/fabric/partition.js';
import type { Seeded } from '../seeded.js';
import { gateway } from './programs.js';
import type { IsBack, Victim } from './victim.js';

/** Half of those that die are started again at once, the others after so long at most, while the others go on. */
const awayMs = 10_000;

/** Nothing leaves the node for a while, and it does not know. */
const lines: readonly Victim[] = [
  { kind: 'line of a peer', kill: (seeded) => cutOff('peer', seeded) },
  { kind: 'line of an orderer', kill: (seeded) => cutOff('orderer', seeded) },
];

/**
 * Programs of a native Fabric network, one at a time. Nobody watches over Fabric's own programs and the chaincode servers here,
 * as an operator's machine does: what was killed is started again by the campaign. Gateways have their supervisor.
 */
export const fabricVictims: readonly Victim[] = [
  { kind: 'peer', kill: (seeded) => killNode('peer', seeded) },
  { kind: 'orderer', kill: (seeded) => killNode('orderer', seeded) },
  { kind: 'chaincode server', kill: killChaincode },
  gateway,
  ...(mayCutLines ? lines : []),
];

async function killNode(kind: NodeKind, seeded: Seeded): Promise<IsBack> {
  const control = await nodes();
  const all = nodesOf(control.network.consortium).filter((one) => one.kind === kind);
  const victim = seeded.pick(all);
  await killAndWait(control, victim.name, seeded);
  const isLevel = await levelWith(control, victim, all);
  return async () => {
    await control.startNode(victim.name);
    return isLevel();
  };
}

async function cutOff(kind: NodeKind, seeded: Seeded): Promise<IsBack> {
  const control = await nodes();
  const all = nodesOf(control.network.consortium).filter((one) => one.kind === kind);
  const victim = seeded.pick(all);
  // By the group that it then runs in the kernel knows what it sends.
  const partition = await Partition.among(control, [victim.name]);
  await partition.whileCutOff([victim.name], () => sleep(seeded.below(awayMs)));
  return levelWith(control, victim, all);
}

/** Back is who has every block that another one has now. */
async function levelWith(
  {
    network: {
      consortium: { channel },
    },
  }: Control,
  victim: FabricNode,
  all: readonly FabricNode[],
): Promise<IsBack> {
  const height = ({ kind, ports }: FabricNode) =>
    heightOf(kind === 'orderer' ? ports.ordererOperations : ports.operations, channel);
  const heights = await Promise.all(all.filter((one) => one !== victim).map(height));
  const level = heights.reduce((highest, one) => (one > highest ? one : highest), 0n);
  return async () => (await height(victim)) >= level;
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
