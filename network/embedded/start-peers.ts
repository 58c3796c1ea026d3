import type { Logger } from 'pino';
import { portsOf, type Consortium } from '../consortium.js';
import type { OrganisationMaterial } from '../crypto/material.js';
import { ChaincodeSupport } from './chaincode/support.js';
import type { ChaincodeServerAddress } from './chaincode/pool.js';
import { materialOf } from './discovery.js';
import type { Clock } from './ledger/clock.js';
import { openIdentity, type Channel } from './open-channel.js';
import { ChannelAccess } from './peer/channel-access.js';
import { Collections } from './peer/collections.js';
import { Endorser } from './peer/endorser.js';
import type { EndorsingPeer } from './peer/gateway/nodes.js';
import { LayoutPlanner } from './peer/gateway/plan-layouts.js';
import { startPeerServer, type PeerServer } from './peer/peer-server.js';
import { during } from './startup-error.js';

/** How long a chaincode may run; Fabric's default. */
const executeTimeoutMs = 30_000;
/** How long a transaction waits for a chaincode server that is away. */
const connectTimeoutMs = 5_000;
/** Fabric's limit of gateway calls at the same time, for each peer. */
const maxGatewayCalls = 500;

export interface PeersOptions {
  readonly consortium: Consortium;
  readonly material: ReadonlyMap<string, OrganisationMaterial>;
  readonly channel: Channel;
  /** Servers of each chaincode by its name, as the peer of this organisation reaches them. */
  readonly serversFor: (mspId: string) => ReadonlyMap<string, readonly ChaincodeServerAddress[]>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The peers of all organisations. */
export interface Peers {
  /** Resolves with false when some peer does not reach every chaincode in time. */
  chaincodesReady(timeoutMs: number): Promise<boolean>;
  /** Stops listening and ends calls, then the connections to the chaincodes. */
  close(): Promise<void>;
}

/** Starts one peer per organisation, each with its own identity, view of private data and endpoint. */
export async function startPeers(options: PeersOptions): Promise<Peers> {
  const { consortium, material, channel, clock, log } = options;
  const { ledger, msps, orderer, ordererMsp } = channel;
  const { definition } = ledger;
  const collections = new Collections(definition, msps.mspIds);
  const access = new ChannelAccess(msps, definition);
  const identities = consortium.organisations.map(({ msp }) =>
    openIdentity(materialOf(material, msp).peer.identity),
  );
  const supports: ChaincodeSupport[] = [];
  const peers = new Map<string, EndorsingPeer>();
  for (const [index, identity] of identities.entries()) {
    const { mspId } = identity;
    const chaincodes = new ChaincodeSupport({
      definition,
      collections,
      servers: options.serversFor(mspId),
      executeTimeoutMs,
      connectTimeoutMs,
      clock,
      log: log.child({ peer: mspId }),
    });
    supports.push(chaincodes);
    const endorser = new Endorser({
      identity,
      ledger,
      msps,
      access,
      collections,
      chaincodes,
      clock,
      log: log.child({ peer: mspId }),
    });
    peers.set(mspId, { mspId, address: `localhost:${portsOf(consortium, index).peer}`, endorser });
  }
  const planner = new LayoutPlanner(
    definition,
    collections,
    new Map(identities.map(({ mspId, serialized }) => [mspId, serialized])),
  );

  const servers: PeerServer[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    for (const support of supports) support.close();
  };
  try {
    for (const [index, { mspId, endorser }] of [...peers.values()].entries()) {
      const { port, name } = { port: portsOf(consortium, index).peer, name: mspId };
      const server = await during({ listening: `peer of ${name}`, port }, () =>
        startPeerServer({
          port,
          tls: materialOf(material, mspId).peer.tls,
          endorser,
          collections,
          gateway: {
            home: mspId,
            nodes: { definition, peers },
            planner,
            orderer: { orderer, address: 'embedded orderer', mspId: ordererMsp, channel: definition.channel },
            ledger,
            access,
            maxCalls: maxGatewayCalls,
          },
          deliver: { ledger, msps, access, clock, log: log.child({ peer: mspId }) },
          orderer: consortium.organisations[index]?.orderer === true ? orderer : undefined,
        }),
      );
      servers.push(server);
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  return {
    chaincodesReady: async (timeoutMs) =>
      (await Promise.all(supports.map((support) => support.ready(timeoutMs)))).every(Boolean),
    close: closeAll,
  };
}
