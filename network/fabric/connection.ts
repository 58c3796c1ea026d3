import { renameSync, writeFileSync } from 'node:fs';
import type { ConnectionProfile } from '../connection-profile.js';
import { placesOf } from '../consortium.js';
import { certificateAuthorityName } from '../embedded/ca/server.js';
import type { FabricNetwork } from './network.js';
import type { PublicFile } from './public-file.js';

/** What a gateway needs to know to use the network, of those whose public files are here. */
export function connectionProfile({ consortium, publicFiles }: FabricNetwork): ConnectionProfile {
  const known = placesOf(consortium).flatMap(({ organisation }) => publicFiles.get(organisation.name) ?? []);
  return {
    schema: 1,
    network: 'fabric',
    name: consortium.name,
    channel: consortium.channel,
    chaincode: { ...consortium.chaincode },
    collections: consortium.collections.map(({ name, members: msps }) => ({ name, members: msps })),
    organisations: known.map((file) => profileOf(file, consortium.membersMsp)),
    orderers: known.flatMap(({ organisation, endpoints: { ordering }, tlsRoot }) =>
      ordering === undefined ? [] : [{ endpoint: ordering, mspId: organisation.msp, tlsRootCerts: tlsRoot }],
    ),
  };
}

function profileOf(
  { organisation, endpoints, root, tlsRoot }: PublicFile,
  membersMsp: string,
): ConnectionProfile['organisations'][number] {
  const { name, msp, title, kind, government, node } = organisation;
  return {
    name,
    mspId: msp,
    signsAs: node ? msp : membersMsp,
    title,
    kind,
    government,
    ...(endpoints.peer !== undefined && { peer: { endpoint: endpoints.peer, tlsRootCerts: tlsRoot } }),
    ca: {
      url: `https://${endpoints.ca}`,
      name: certificateAuthorityName(organisation),
      tlsRootCerts: tlsRoot,
    },
    rootCerts: root,
  };
}

/** Writes `connection.json`; a reader finds the old or the new one, never a part. */
export function writeConnectionProfile(network: FabricNetwork): void {
  const file = network.layout.connection;
  writeFileSync(`${file}.draft`, `${JSON.stringify(connectionProfile(network), undefined, 2)}\n`);
  renameSync(`${file}.draft`, file);
}
