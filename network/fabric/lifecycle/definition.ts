import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection, Organisation, Ports } from '../../consortium.js';
import type { Layout } from '../layout.js';
import { writeWhole } from '../../write-whole.js';

/** A chaincode that someone wants deployed. */
export interface ChaincodeDefinition {
  readonly name: string;
  readonly version: string;
  /** The folder with its `package.json` and compiled code. */
  readonly packageDir: string;
  /** A signature policy. */
  readonly endorsement: string;
  readonly collections: readonly Collection[];
  /** MSPs of the organisations that install, approve and serve it; everybody where this is left out. */
  readonly runBy?: readonly string[];
}

/** Whether an organisation runs a chaincode. */
export function runs(
  { msp }: Pick<Organisation, 'msp'>,
  { runBy }: Pick<ChaincodeDefinition, 'runBy'>,
): boolean {
  return runBy?.includes(msp) ?? true;
}

/** A chaincode of this network, as kept in its folder. */
export interface Deployment extends ChaincodeDefinition {
  readonly label: string;
  readonly packageId: string;
  /** Counts the definitions that the channel has committed under this name. */
  readonly sequence: number;
  /** Which of an organisation's chaincode ports it is served on. */
  readonly slot: number;
  /** The slot of the version before, whose servers stop when this one has been committed. */
  readonly supersedes?: number;
  /** The MSPs that have approved this definition, once it has been committed. */
  readonly agreed: readonly string[];
}

/** How many chaincode servers an organisation has ports for on one machine. */
const SLOTS = 3;

/**
 * The first slot that no deployment uses. The consortium's own chaincode comes first and gets the first; an upgrade
 * takes another, since the old and the new servers run side by side for a while.
 *
 * @throws RangeError when all are in use.
 */
export function freeSlot(layout: Layout): number {
  const used = deploymentsOf(layout).map(({ slot }) => slot);
  const slot = Array.from({ length: SLOTS }, (_, index) => index).find((index) => !used.includes(index));
  if (slot === undefined)
    throw new RangeError(`An organisation has ports for ${SLOTS} chaincode servers on one machine.`);
  return slot;
}

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
  writeWhole(join(layout.deployments, `${deployment.name}.json`), JSON.stringify(deployment, undefined, 2));
}

/** The port on which an organisation serves a deployment. */
export function chaincodePort(ports: Ports, slot: number): number {
  return slot === 0 ? ports.chaincode : ports.peer + 6 + slot;
}

/** The package that organisations install. */
export function packageFile({ deployments }: Layout, { label }: Deployment): string {
  return join(deployments, `${label}.tar.gz`);
}

/** The collections of one definition, as `peer lifecycle` reads them. */
export function collectionsFile({ deployments }: Layout, { name, sequence }: Deployment): string {
  return join(deployments, `collections-${name}-${sequence}.config`);
}
