import { renameSync, writeFileSync } from 'node:fs';
import { type ConnectionProfile, profileNamesOf } from '../connection-profile.js';
import { certificateAuthorityName } from '../embedded/ca/server.js';
import { caSurroundings, everyMember, type FabricNetwork } from './network.js';
import { orderingAddress } from './doors.js';
import { ordererOf } from './config/environment.js';
import { placesOf } from '../consortium.js';
import { materialOf } from './config/configtx.js';

/** What a gateway needs to know to use the network. */
export function connectionProfile(network: FabricNetwork): ConnectionProfile {
  const { consortium } = network;
  const members = everyMember(network);
  return {
    schema: 1,
    network: 'fabric',
    name: consortium.name,
    channel: consortium.channel,
    chaincode: { ...consortium.chaincode },
    collections: consortium.collections.map(({ name, members: msps }) => ({ name, members: msps })),
    organisations: placesOf(consortium).map((place) => {
      const { site, member, material } = caSurroundings(network, place);
      const { node } = member.organisation;
      return {
        ...profileNamesOf(consortium, member.organisation),
        ...(node && {
          peer: {
            endpoint: site.address(member, 'peer'),
            tlsRootCerts: materialOf(network.materials, member).peer.tls.caCerts,
          },
        }),
        ca: {
          url: `https://${site.address(member, 'ca')}`,
          name: certificateAuthorityName(member.organisation),
          tlsRootCerts: material.caTls.caCerts,
        },
        rootCerts: material.ca.cert,
      };
    }),
    orderers: members
      .filter(({ member }) => member.organisation.orderer)
      .map(({ site, member, material }) => ({
        endpoint: orderingAddress(consortium, site, member),
        mspId: member.organisation.msp,
        tlsRootCerts: ordererOf(material).tls.caCerts,
      })),
  };
}

/** Writes `connection.json`; a reader finds the old or the new one, never a part. */
export function writeConnectionProfile(network: FabricNetwork): void {
  const file = network.layout.connection;
  writeFileSync(`${file}.draft`, `${JSON.stringify(connectionProfile(network), undefined, 2)}\n`);
  renameSync(`${file}.draft`, file);
}
