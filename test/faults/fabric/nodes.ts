import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlNetwork, type Control } from '@pledgeonce/network/fabric/control.js';
import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import { consortium } from '../../acceptance/support/consortium.js';

/** Far beyond what a node needs to be level again, on a busy machine. */
const catchUpLimitMs = 120_000;

/** Control over the nodes of the network that the suite was pointed at. */
export async function nodes(): Promise<Control> {
  return controlNetwork(dirname(consortium().discovery));
}

/** Waits until the orderers agree on who leads, which they do not while one is being replaced. */
export async function leaderOf(control: Control): Promise<string> {
  let leader: string | undefined;
  await eventually('the orderers agree on a leader', async () => {
    leader = await control.leader().catch(() => undefined);
    return leader !== undefined;
  });
  return leader ?? '';
}

/** Waits until a node that was away has at least this many blocks, by its own count. */
export async function expectCaughtUp(control: Control, name: string, height: bigint): Promise<void> {
  const node = nodesOf(control.network.consortium).find((one) => one.name === name);
  if (node === undefined) throw new Error(`There is no node ${name}.`);
  const port = node.kind === 'orderer' ? node.ports.ordererOperations : node.ports.operations;
  const channel = control.network.consortium.channel;
  await eventually(`${name} has ${height} blocks`, async () => (await heightOf(port, channel)) >= height);
}

/** Asks again and again; @throws Error when it does not become true in two minutes. */
export async function eventually(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + catchUpLimitMs;
  while (!(await isTrue())) {
    if (Date.now() > until) throw new Error(`Not so within two minutes: ${what}.`);
    await sleep(200);
  }
}

/** How many blocks a node has by its own count; none when it does not answer. */
export async function heightOf(operationsPort: number, channel: string): Promise<bigint> {
  const response = await fetch(`http://127.0.0.1:${operationsPort}/metrics`).catch(() => undefined);
  const text = (await response?.text()) ?? '';
  const pattern = new RegExp(`^ledger_blockchain_height\\{channel="${channel}"\\} (\\S+)$`, 'm');
  return BigInt(Number(pattern.exec(text)?.[1] ?? 0));
}
