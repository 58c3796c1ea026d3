import type { Network } from '@hyperledger/fabric-gateway';
import type { Logger } from 'pino';
import { Circuit } from '../ledger/circuit.js';
import { CommitWatcher } from '../ledger/commit-watcher.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import { PeerConnections } from '../ledger/peer-connections.js';
import { Signatory } from '../ledger/signatory.js';
import { ClerkSignatory } from '../people/clerk-signatory.js';
import type { ServiceIdentities } from '../people/service-identity.js';
import type { Identity } from '../people/wallet.js';
import type { CleanUps } from './clean-ups.js';

/** The organisation's way to the network. */
export interface Reach {
  readonly connections: PeerConnections;
  /** The gateway's own identity, which reads blocks; fails while the gateway has no certificate for it. */
  readonly reader: () => Promise<Signatory>;
  readonly ownPeer: () => Promise<Network>;
  readonly watcher: CommitWatcher;
  /** Somebody who signs over the shared connections. */
  readonly signatory: (identity: Identity) => Signatory;
}

/** Opens the connections to the peers; the stream of commits begins when the watcher is started. */
export function reachNetwork(
  mspId: string,
  profile: ConnectionProfile,
  services: ServiceIdentities,
  log: Logger,
  cleanUps: CleanUps,
): Reach {
  const address = { channel: profile.channel, chaincode: profile.chaincode.name };
  const connections = new PeerConnections(profile, mspId, new Circuit());
  cleanUps.add(() => {
    connections.close();
  });
  const signatory = (identity: Identity) => new Signatory(identity, connections, address);
  // A gateway that has no certificate yet starts all the same and asks again: what needs none is served.
  const readers = new ClerkSignatory(async () => signatory(await services.reader()));
  cleanUps.add(() => readers.close());
  const reader = () => readers.get();
  const ownPeer = async () => (await reader()).network(mspId);
  const watcher = new CommitWatcher(
    async (startBlock) =>
      (await ownPeer()).getFilteredBlockEvents(startBlock === undefined ? {} : { startBlock }),
    log,
  );
  cleanUps.add(() => watcher.stop());
  return { connections, reader, ownPeer, watcher, signatory };
}
