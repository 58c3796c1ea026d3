import { createServer, type Server } from 'node:http';
import { type ConnectionProfile, profileNamesOf, type OrganisationProfile } from '../connection-profile.js';
import { nodePlacesOf, placesOf, type Consortium } from '../consortium.js';
import type { MemberMaterial, OrganisationMaterial } from '../crypto/material.js';
import { certificateAuthorityName } from './ca/server.js';

/** The connection profile of an embedded network. */
export function connectionProfile(
  consortium: Consortium,
  material: ReadonlyMap<string, OrganisationMaterial>,
  members: ReadonlyMap<string, MemberMaterial>,
): ConnectionProfile {
  const organisations = placesOf(consortium).map(({ organisation, ports }): OrganisationProfile => {
    const { msp, node } = organisation;
    const { peer, ca } = ports;
    const own = materialOf<MemberMaterial>(node ? material : members, msp);
    return {
      ...profileNamesOf(consortium, organisation),
      ...(node && { peer: { endpoint: `localhost:${peer}`, tlsRootCerts: own.tlsCa.cert } }),
      ca: {
        url: `https://localhost:${ca}`,
        name: certificateAuthorityName(organisation),
        tlsRootCerts: own.tlsCa.cert,
      },
      rootCerts: own.ca.cert,
    };
  });
  return {
    schema: 1,
    network: 'embedded',
    name: consortium.name,
    channel: consortium.channel,
    chaincode: consortium.chaincode,
    collections: consortium.collections.map(({ name, members }) => ({ name, members })),
    organisations,
    // Transactions are ordered inside this process; what clients reach at an orderer answers beside the peer.
    orderers: nodePlacesOf(consortium).flatMap(({ organisation: { msp, orderer }, ports: { peer } }) =>
      orderer
        ? [
            {
              mspId: msp,
              endpoint: `localhost:${peer}`,
              tlsRootCerts: materialOf(material, msp).tlsCa.cert,
            },
          ]
        : [],
    ),
  };
}

/**
 * The keys of an organisation, which the description and the key folder must agree on.
 *
 * @throws Error when the folder has none.
 */
export function materialOf<T extends MemberMaterial>(material: ReadonlyMap<string, T>, mspId: string): T {
  const own = material.get(mspId);
  if (!own) throw new Error(`${mspId} has no keys`);
  return own;
}

export interface DiscoveryServerOptions {
  readonly port: number;
  /** As it is now: members may have joined. */
  readonly profile: () => ConnectionProfile;
  /** What `/healthz` reports. */
  readonly health: () => object;
}

/** Serves the connection profile at `/` and the health at `/healthz`, on 127.0.0.1. */
export async function startDiscoveryServer({
  port,
  profile,
  health,
}: DiscoveryServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const body = bodyOf(request.url ?? '/', profile, health);
    const allowed = request.method === 'GET' || request.method === 'HEAD';
    response.writeHead(allowed ? (body === undefined ? 404 : 200) : 405, {
      'content-type': 'application/json',
    });
    response.end(allowed && request.method !== 'HEAD' ? (body ?? '{"error":"not found"}') : undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

function bodyOf(url: string, profile: () => ConnectionProfile, health: () => object): string | undefined {
  switch (new URL(url, 'http://localhost').pathname) {
    case '/':
    case '/connection.json':
      return JSON.stringify(profile());
    case '/healthz':
      return JSON.stringify(health());
    default:
      return undefined;
  }
}
