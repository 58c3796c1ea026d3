import { join, resolve } from 'node:path';

/** Where everything of one Fabric network lies: one folder, so that `reset` is its removal and a backup its copy. */
export interface Layout {
  readonly root: string;
  readonly crypto: string;
  /** The public MSP of all members without a node. */
  readonly membersMsp: string;
  readonly people: string;
  /** `core.yaml`, `orderer.yaml`, `configtx.yaml`: a valid FABRIC_CFG_PATH. */
  readonly config: string;
  readonly genesisBlock: string;
  readonly connection: string;
  readonly deployments: string;
  /** Data, log and process number of one node. */
  node(name: string): {
    readonly dir: string;
    readonly data: string;
    readonly log: string;
    readonly pid: string;
  };
  /** Chaincode connections of one organisation's peer: `<label>.json` each, read by the external builder. */
  chaincodeConnections(organisation: string): string;
}

/** Where a Fabric network keeps what, below the folder of its state. */
export function layoutOf(stateDir: string): Layout {
  const root = resolve(stateDir);
  return {
    root,
    crypto: join(root, 'crypto'),
    membersMsp: join(root, 'members-msp'),
    people: join(root, 'people'),
    config: join(root, 'config'),
    genesisBlock: join(root, 'config', 'genesis.block'),
    connection: join(root, 'connection.json'),
    deployments: join(root, 'chaincode'),
    node: (name) => {
      const dir = join(root, 'nodes', name);
      return { dir, data: join(dir, 'data'), log: join(dir, 'log'), pid: join(dir, 'pid') };
    },
    chaincodeConnections: (organisation) => join(root, 'chaincode', 'connections', organisation),
  };
}
