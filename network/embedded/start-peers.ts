import type { Logger } from 'pino';
import { nodePlacesOf, type Consortium, type Placed } from '../consortium.js';
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
  const { ledger, msps } = options.channel;
  const collections = new Collections(ledger.definition, msps.mspIds);
  const access = new ChannelAccess(msps, ledger.definition);
  const { peers, supports, planner } = openEndorsers(options, collections, access);
  const servers: PeerServer[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    for (const support of supports) support.close();
  };
  try {
    const parts = { ...options, collections, access, peers, planner };
    for (const place of nodePlacesOf(options.consortium)) {
      const peer = peers.get(place.organisation.msp);
      if (peer !== undefined) servers.push(await listenAs(peer, place, parts));
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

/** What endorses at each peer; none of them listens yet. */
export interface Endorsers {
  readonly peers: ReadonlyMap<string, EndorsingPeer>;
  readonly supports: readonly ChaincodeSupport[];
  readonly planner: LayoutPlanner;
}

/** Opens what endorses at the peer of each organisation. */
export function openEndorsers(
  { consortium, material, channel, serversFor, clock, log }: PeersOptions,
  collections: Collections,
  access: ChannelAccess,
): Endorsers {
  const { ledger, msps } = channel;
  const { definition } = ledger;
  const places = nodePlacesOf(consortium).map(({ organisation: { msp }, ports }) => ({
    identity: openIdentity(materialOf(material, msp).peer.identity),
    address: `localhost:${ports.peer}`,
  }));
  const supports: ChaincodeSupport[] = [];
  const peers = new Map<string, EndorsingPeer>();
  for (const { identity, address } of places) {
    const { mspId } = identity;
    const own = { collections, clock, log: log.child({ peer: mspId }) };
    const chaincodes = new ChaincodeSupport({
      ...own,
      definition,
      servers: serversFor(mspId),
      executeTimeoutMs,
      connectTimeoutMs,
    });
    supports.push(chaincodes);
    const endorser = new Endorser({ ...own, identity, ledger, msps, access, chaincodes });
    peers.set(mspId, { mspId, address, endorser });
  }
  const planner = new LayoutPlanner(
    definition,
    collections,
    new Map(places.map(({ identity: { mspId, serialized } }) => [mspId, serialized])),
  );
  return { peers, supports, planner };
}

/** What every peer answers with. */
interface PeerParts extends PeersOptions {
  readonly collections: Collections;
  readonly access: ChannelAccess;
  readonly peers: ReadonlyMap<string, EndorsingPeer>;
  readonly planner: LayoutPlanner;
}

function listenAs(
  { mspId, endorser }: EndorsingPeer,
  { organisation, ports: { peer: port } }: Placed,
  { material, channel, clock, log, collections, access, peers, planner }: PeerParts,
): Promise<PeerServer> {
  const { ledger, msps, orderer, ordererMsp } = channel;
  const { definition } = ledger;
  return during({ listening: `peer of ${mspId}`, port }, () =>
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
      orderer: organisation.orderer ? orderer : undefined,
    }),
  );
}
