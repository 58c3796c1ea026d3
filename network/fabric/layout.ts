import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FOLDERS } from '../crypto/layout.js';
import { organisationsFolder, peopleFolder } from '../organisation-folder.js';

/**
 * Where everything of a Fabric network lies as far as it is on this machine: one folder, so that `reset` is its removal
 * and a backup its copy. A developer's has all organisations in it, an operator's has one: its own.
 */
export interface Layout {
  readonly root: string;
  /** A folder for each organisation whose keys are here, with all that only it may see. */
  readonly organisations: string;
  /** The public file of each organisation. */
  readonly publicFiles: string;
  /** `core.yaml`, `orderer.yaml`, `configtx.yaml`: a valid FABRIC_CFG_PATH. */
  readonly config: string;
  /** The public MSP of each organisation as its public file states it, and that of all members without a node. */
  readonly msps: string;
  readonly genesisBlock: string;
  readonly connection: string;
  /**
   * The same for containers, in a folder of its own that they see whole: of a file that is mounted by itself they would keep the
   * one that another has since replaced.
   */
  readonly containersConnection: string;
  readonly deployments: string;
  /** Whose folder this is, where it is not everybody's. */
  readonly owner: string;
  people(organisation: string): string;
  /** The revocation lists that an organisation has signed. */
  revocations(organisation: string): string;
  /** Data, log and process number of one node, such as `peer.bank-a`. */
  node(name: string): {
    readonly dir: string;
    readonly data: string;
    readonly log: string;
    readonly pid: string;
  };
  /** What the door of an organisation has refused, member by member, for its gateway. */
  refused(organisation: string): string;
  /** Chaincode connections of one organisation's peer: `<label>.json` each, read by the external builder. */
  chaincodeConnections(organisation: string): string;
}

/** Where a Fabric network keeps what, below the folder of its state. */
export function layoutOf(stateDir: string): Layout {
  const root = resolve(stateDir);
  const organisations = organisationsFolder(root);
  const node = (name: string) => {
    const [, organisation = ''] = name.split('.');
    const dir = join(organisations, organisation, 'nodes', name);
    return { dir, data: join(dir, 'data'), log: join(dir, 'log'), pid: join(dir, 'pid') };
  };
  return {
    root,
    organisations,
    publicFiles: join(root, 'public'),
    config: join(root, 'config'),
    msps: join(root, 'config', 'msp'),
    genesisBlock: join(root, 'config', 'genesis.block'),
    connection: join(root, 'connection.json'),
    containersConnection: join(root, 'profile', 'connection.json'),
    deployments: join(root, 'chaincode'),
    owner: join(root, 'owner'),
    people: (organisation) => peopleFolder(root, organisation),
    revocations: (organisation) => join(organisations, organisation, 'revocations'),
    node,
    refused: (organisation) => join(node(`door.${organisation}`).data, 'refused.json'),
    chaincodeConnections: (organisation) => join(organisations, organisation, 'connections'),
  };
}

/** Whether the keys of an organisation are in this folder. */
export function isHere({ organisations }: Layout, { name }: { readonly name: string }): boolean {
  return existsSync(join(organisations, name, FOLDERS.ca));
}
