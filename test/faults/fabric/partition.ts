import { execFileSync } from 'node:child_process';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { chaincodePort } from '@pledgeonce/network/fabric/lifecycle/definition.js';
import { nodesOf, type FabricNode } from '@pledgeonce/network/fabric/topology.js';

/** Groups of the system that belong to nobody: one for each node, whose packets the kernel then knows. */
const firstGroup = 42_000;
/** The next servers of a chaincode listen beside the first. */
const slots = [0, 1];

type Rule = readonly string[];

/**
 * Parts nodes of a native network from each other as a broken line does: nothing arrives, and nobody is told. Needs a network
 * namespace of its own, so that the rules concern nobody else on the machine.
 */
export class Partition {
  readonly #nodes: readonly FabricNode[];
  readonly #known: readonly string[];

  private constructor(nodes: readonly FabricNode[], known: readonly string[]) {
    this.#nodes = nodes;
    this.#known = known;
  }

  /** Starts these nodes anew, each in a group of its own. */
  static async among(control: Control, names: readonly string[]): Promise<Partition> {
    const nodes = nodesOf(control.network.consortium);
    const partition = new Partition(nodes, names);
    for (const name of names) {
      await control.stopNode(name);
      await partition.#startInGroup(control, name);
    }
    return partition;
  }

  /** Nothing leaves these nodes any more but to their own chaincode and to who looks at their metrics: each is alone. */
  async whileCutOff(names: readonly string[], meanwhile: () => Promise<void>): Promise<void> {
    const rules = names.map((name) => {
      const { ports } = this.#node(name);
      const chaincodes = slots.map((slot) => chaincodePort(ports, slot));
      return [
        ...this.#from(name),
        ...['-m', 'multiport', '!', '--dports', chaincodes.join(',')],
        ...['-m', 'multiport', '!', '--sports', `${ports.operations},${ports.ordererOperations}`],
      ];
    });
    await during(rules, meanwhile);
  }

  /** These two orderers do not hear each other; everybody else hears both. */
  async whileParted(one: string, other: string, meanwhile: () => Promise<void>): Promise<void> {
    const rules = [
      [one, other],
      [other, one],
    ].map(([from = '', to = '']) => {
      const { orderer, door } = this.#node(to).ports;
      return [...this.#from(from), '-m', 'multiport', '--dports', `${orderer},${door}`];
    });
    await during(rules, meanwhile);
  }

  #from(name: string): Rule {
    return ['-p', 'tcp', '-m', 'owner', '--gid-owner', String(this.#group(name))];
  }

  async #startInGroup(control: Control, name: string): Promise<void> {
    const own = process.getegid?.() ?? 0;
    process.setegid?.(this.#group(name));
    let started: Promise<void>;
    try {
      // The program is there when the call returns, and keeps the group; what then is waited for does not matter.
      started = control.startNode(name);
    } finally {
      process.setegid?.(own);
    }
    await started;
  }

  #group(name: string): number {
    if (!this.#known.includes(name)) throw new Error(`${name} has no group.`);
    return firstGroup + this.#nodes.findIndex((one) => one.name === name);
  }

  #node(name: string): FabricNode {
    const node = this.#nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`There is no node ${name}.`);
    return node;
  }
}

/** Packets of which a rule speaks are dropped meanwhile. */
async function during(rules: readonly Rule[], meanwhile: () => Promise<void>): Promise<void> {
  const iptables = (action: '-A' | '-D', rule: Rule) =>
    execFileSync('iptables', ['-w', action, 'OUTPUT', ...rule, '-j', 'DROP'], { stdio: 'pipe' });
  const set: Rule[] = [];
  try {
    for (const rule of rules) {
      iptables('-A', rule);
      set.push(rule);
    }
    await meanwhile();
  } finally {
    for (const rule of set) iptables('-D', rule);
  }
}
