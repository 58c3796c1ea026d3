import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection, Ports } from '../../consortium.js';
import type { Layout } from '../layout.js';

/** A chaincode that someone wants deployed. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
  /** The folder with its `package.json` and compiled code. */
  readonly packageDir: string;
  /** A signature policy. */
  readonly endorsement: string;
  readonly collections: readonly Collection[];
}

/** A chaincode of this network, as kept in its folder. */
export interface Deployment extends ChaincodeDefinition {
  readonly label: string;
  readonly packageId: string;
  /** Counts the definitions that the channel has committed under this name. */
  readonly sequence: number;
  /** 0 is the consortium's own; the others have the ports above. */
  readonly slot: number;
}

/** Ports that an organisation has left for chaincodes besides the consortium's own. */
const EXTRA_SLOTS = 3;

/** The deployments of the network in the order in which they came. */
export function deploymentsOf(layout: Layout): Deployment[] {
  if (!existsSync(layout.deployments)) return [];
  return readdirSync(layout.deployments)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(layout.deployments, file), 'utf8')) as Deployment)
    .sort((a, b) => a.slot - b.slot);
}

/** Writes a deployment down before it is carried out, so that an interrupted one is resumed with the same package. */
export function keepDeployment(layout: Layout, deployment: Deployment): void {
  mkdirSync(layout.deployments, { recursive: true });
  const file = join(layout.deployments, `${deployment.name}.json`);
  writeFileSync(`${file}.draft`, JSON.stringify(deployment, undefined, 2));
  renameSync(`${file}.draft`, file);
}

/** The port on which an organisation serves a deployment. */
export function chaincodePort(ports: Ports, slot: number): number {
  if (slot > EXTRA_SLOTS)
    throw new RangeError(`A network of one machine has room for ${EXTRA_SLOTS} more chaincodes.`);
  return slot === 0 ? ports.chaincode : ports.peer + 6 + slot;
}
