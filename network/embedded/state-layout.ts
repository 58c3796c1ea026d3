import { join } from 'node:path';
import { organisationsFolder, peopleFolder } from '../organisation-folder.js';

/** Where an embedded network keeps what, below its state folder. */
export interface StateLayout {
  readonly root: string;
  readonly crypto: string;
  readonly ledger: string;
  readonly connectionProfile: string;
  /** Members without a node that have joined since. */
  readonly members: string;
  /** The TLS roots of all peers, which the chaincode servers admit. */
  readonly peerRoots: string;
  authority(organisation: string): string;
  people(organisation: string): string;
}

/** Where the embedded network keeps what, below the folder of its state. */
export function stateLayout(root: string): StateLayout {
  return {
    root,
    crypto: organisationsFolder(root),
    ledger: join(root, 'ledger'),
    connectionProfile: join(root, 'connection.json'),
    members: join(root, 'members'),
    peerRoots: join(root, 'peer-roots.pem'),
    authority: (organisation) => join(root, 'ca', organisation),
    people: (organisation) => peopleFolder(root, organisation),
  };
}
