import { type ConnectionProfile, profileNamesOf } from '../connection-profile.js';
import { placesOf, type Consortium } from '../consortium.js';
import { certificateAuthorityName } from '../embedded/ca/server.js';
import type { FabricNetwork } from './network.js';
import type { PublicFile } from './public-file.js';
import { writeWhole } from '../write-whole.js';

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
    organisations: known.map((file) => profileOf(file, consortium)),
    orderers: known.flatMap(({ organisation, endpoints: { ordering }, tlsRoot }) =>
      ordering === undefined ? [] : [{ endpoint: ordering, mspId: organisation.msp, tlsRootCerts: tlsRoot }],
    ),
  };
}

function profileOf(
  { organisation, endpoints, root, tlsRoot }: PublicFile,
  consortium: Pick<Consortium, 'membersMsp'>,
): ConnectionProfile['organisations'][number] {
  return {
    ...profileNamesOf(consortium, organisation),
    ...(endpoints.peer !== undefined && { peer: { endpoint: endpoints.peer, tlsRootCerts: tlsRoot } }),
    ca: {
      url: `https://${endpoints.ca}`,
      name: certificateAuthorityName(organisation),
      tlsRootCerts: tlsRoot,
    },
    rootCerts: root,
  };
}

/** Writes `connection.json`, or another file; a reader finds the old or the new one, never a part. */
export function writeConnectionProfile(network: FabricNetwork, file?: string): void {
  const { layout, site } = network;
  const own = site.kind === 'native' ? [layout.connection] : [layout.connection, layout.containersConnection];
  const text = `${JSON.stringify(connectionProfile(network), undefined, 2)}\n`;
  for (const one of file === undefined ? own : [file]) writeWhole(one, text);
}
