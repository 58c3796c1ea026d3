import { existsSync, readFileSync, rmSync } from 'node:fs';
import { readConsortium } from '../consortium.js';
import { chaincodeDefinition, ownChaincode } from './chaincodes.js';
import { stateDirOf, type CommonOptions } from './cli-options.js';
import { bringDownContainers, bringUpContainers } from './docker/up.js';
import { compose, findCompose } from './docker/engine.js';
import { composeFileOf } from './docker/prepare.js';
import { layoutOf, type Layout } from './layout.js';
import { bringDown } from './native/down.js';
import { processNames } from './native/processes.js';
import { findPrograms } from './native/programs.js';
import { statusOf } from './native/status.js';
import { bringUp } from './native/up.js';
import { descriptionOf, openNetwork, ownerOf } from './network.js';

export interface UpOptions extends CommonOptions {
  readonly chaincode?: string;
  readonly extraChaincode: readonly unknown[];
}

/** `up`: everything of a Fabric network that is down comes up. */
export async function up(options: UpOptions): Promise<void> {
  const where = { ...options, stateDir: stateDirOf(options), consortiumFile: options.consortium };
  findPrograms();
  if (options.on === 'docker') {
    await bringUpContainers(where, ({ consortium }) => ownChaincode(consortium, options.chaincode));
  } else {
    const network = await openNetwork(where);
    const owner = ownerOf(network.layout);
    if (owner !== undefined) throw new Error(`This is the folder of ${owner}: npm run network -- join`);
    await bringUp(network, [
      ownChaincode(network.consortium, options.chaincode),
      ...options.extraChaincode.map(chaincodeDefinition),
    ]);
  }
  print(`\nThe network is up. Connection profile: ${layoutOf(where.stateDir).connection}`);
}

/** `down`: everything stops, nothing is lost. */
export async function down(options: CommonOptions): Promise<void> {
  const { layout, consortium } = existing(options);
  if (options.on === 'docker') await bringDownContainers(composeFileOf(layout));
  else print(`Stopped ${await bringDown(consortium, layout)} processes.`);
}

/** `status`: one line per process, or JSON. */
export async function status(options: CommonOptions & { readonly json?: true }): Promise<void> {
  const { layout, consortium } = existing(options);
  if (options.on === 'docker') {
    await compose(await findCompose(), composeFileOf(layout), ['ps']);
    return;
  }
  const processes = await statusOf(consortium, layout);
  if (options.json) {
    print(JSON.stringify(processes, undefined, 2));
    return;
  }
  for (const { name, port, pid, state } of processes) {
    print(`${name.padEnd(28)} ${String(port).padStart(5)}  ${state.padEnd(8)}  ${pid ?? ''}`.trimEnd());
  }
}

/** `logs`: the last lines that a node wrote. */
export async function logs(node: string, options: CommonOptions & { readonly lines: string }): Promise<void> {
  const { layout, consortium } = existing(options);
  if (options.on === 'docker') {
    await compose(await findCompose(), composeFileOf(layout), ['logs', '--tail', options.lines, node]);
    return;
  }
  const names = processNames(consortium, layout);
  if (!names.includes(node)) throw new Error(`There is no ${node}. There are: ${names.join(', ')}`);
  const { log } = layout.node(node);
  if (!existsSync(log)) throw new Error(`${node} has not written a log yet.`);
  print(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-Number(options.lines)).join('\n'));
}

/** `reset`: stops the network and removes its folder. */
export async function reset(options: CommonOptions): Promise<void> {
  const layout = layoutOf(stateDirOf(options));
  if (!existsSync(layout.root)) return;
  if (!existsSync(descriptionOf(layout))) throw new Error(`${layout.root} is not the folder of a network.`);
  await down(options);
  rmSync(layout.root, { recursive: true });
  print(`Removed ${layout.root}.`);
}

/**
 * @throws Error when there is no network in the folder.
 */
export function existing(options: CommonOptions): {
  layout: Layout;
  consortium: ReturnType<typeof readConsortium>;
} {
  const layout = layoutOf(stateDirOf(options));
  if (!existsSync(descriptionOf(layout)))
    throw new Error(`There is no network in ${layout.root}. Start one: npm run network -- up --on fabric`);
  return { layout, consortium: readConsortium(descriptionOf(layout)) };
}

/** Writes a line for the person who gave the command. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
