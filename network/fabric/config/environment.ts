import { join } from 'node:path';
import type { CaMaterial, NodeMaterial, OrganisationMaterial } from '../../crypto/material.js';
import type { Layout } from '../layout.js';
import type { Service, Site } from '../site.js';
import { nodeName, type Member } from '../topology.js';

export type Environment = Readonly<Record<string, string>>;

/** What the generators of one member's configuration read. */
export interface Surroundings {
  readonly site: Site;
  readonly layout: Layout;
  readonly member: Member;
  readonly material: OrganisationMaterial;
}

/** What the generators of one member's certificate authority read; it may have no node. */
export interface CaSurroundings extends Omit<Surroundings, 'material'> {
  readonly material: CaMaterial;
}

/** What distinguishes this peer from the others; the rest is `core.yaml`. */
export function peerEnvironment({ site, layout, member, material }: Surroundings): Environment {
  const { organisation } = member;
  const { peer } = material;
  const data = layout.node(nodeName('peer', organisation)).data;
  return {
    ...common(site, layout),
    CORE_PEER_ID: nodeName('peer', organisation),
    CORE_PEER_LOCALMSPID: organisation.msp,
    CORE_PEER_MSPCONFIGPATH: site.seen(peer.mspDir),
    CORE_PEER_FILESYSTEMPATH: site.seen(data),
    CORE_LEDGER_SNAPSHOTS_ROOTDIR: site.seen(join(data, 'snapshots')),
    CORE_PEER_LISTENADDRESS: listening(site, member, 'peer'),
    CORE_PEER_ADDRESS: site.address(member, 'peer'),
    // For chaincodes that the peer would start itself. Ours are services, so any free port will do and nobody calls it.
    CORE_PEER_CHAINCODELISTENADDRESS: '127.0.0.1:0',
    CORE_PEER_GOSSIP_BOOTSTRAP: site.address(member, 'peer'),
    CORE_PEER_GOSSIP_ENDPOINT: site.address(member, 'peer'),
    CORE_PEER_GOSSIP_EXTERNALENDPOINT: site.address(member, 'peer'),
    CORE_PEER_TLS_CERT_FILE: site.seen(peer.tls.certFile),
    CORE_PEER_TLS_KEY_FILE: site.seen(peer.tls.keyFile),
    CORE_PEER_TLS_ROOTCERT_FILE: site.seen(peer.tls.caFile),
    CORE_OPERATIONS_LISTENADDRESS: listening(site, member, 'operations'),
    PLEDGEONCE_CHAINCODE_CONNECTIONS: site.seen(layout.chaincodeConnections(organisation.name)),
  };
}

/** What distinguishes this orderer from the others; the rest is `orderer.yaml`. */
export function ordererEnvironment({ site, layout, member, material }: Surroundings): Environment {
  const { organisation, ports } = member;
  const orderer = ordererOf(material);
  const data = layout.node(nodeName('orderer', organisation)).data;
  const tls = {
    cert: site.seen(orderer.tls.certFile),
    key: site.seen(orderer.tls.keyFile),
    ca: site.seen(orderer.tls.caFile),
  };
  return {
    ...common(site, layout),
    ORDERER_GENERAL_LISTENADDRESS: site.listenHost(member, 'orderer'),
    ORDERER_GENERAL_LISTENPORT: String(ports.orderer),
    ORDERER_GENERAL_LOCALMSPID: organisation.msp,
    ORDERER_GENERAL_LOCALMSPDIR: site.seen(orderer.mspDir),
    ORDERER_GENERAL_TLS_CERTIFICATE: tls.cert,
    ORDERER_GENERAL_TLS_PRIVATEKEY: tls.key,
    ORDERER_GENERAL_TLS_ROOTCAS: `[${tls.ca}]`,
    ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE: tls.cert,
    ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY: tls.key,
    ORDERER_GENERAL_CLUSTER_ROOTCAS: `[${tls.ca}]`,
    ORDERER_FILELEDGER_LOCATION: site.seen(data),
    ORDERER_CONSENSUS_WALDIR: site.seen(join(data, 'wal')),
    ORDERER_CONSENSUS_SNAPDIR: site.seen(join(data, 'snap')),
    ORDERER_OPERATIONS_LISTENADDRESS: listening(site, member, 'ordererOperations'),
    ORDERER_ADMIN_LISTENADDRESS: listening(site, member, 'ordererAdmin'),
    ORDERER_ADMIN_TLS_CERTIFICATE: tls.cert,
    ORDERER_ADMIN_TLS_PRIVATEKEY: tls.key,
    ORDERER_ADMIN_TLS_ROOTCAS: `[${tls.ca}]`,
    ORDERER_ADMIN_TLS_CLIENTROOTCAS: `[${tls.ca}]`,
  };
}

/** With this environment the `peer` program acts as the organisation's administrator towards its own peer. */
export function adminEnvironment({ site, layout, member, material }: Surroundings): Environment {
  return {
    FABRIC_CFG_PATH: site.seen(layout.config),
    FABRIC_LOGGING_SPEC: 'error',
    CORE_PEER_LOCALMSPID: member.organisation.msp,
    CORE_PEER_MSPCONFIGPATH: site.seen(material.admin.mspDir),
    CORE_PEER_ADDRESS: site.address(member, 'peer'),
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_TLS_ROOTCERT_FILE: site.seen(material.peer.tls.caFile),
  };
}

/**
 * @throws Error when the organisation has no orderer.
 */
export function ordererOf(material: OrganisationMaterial): NodeMaterial {
  if (!material.orderer) throw new Error(`${material.name} runs no orderer.`);
  return material.orderer;
}

function common(site: Site, layout: Layout): Environment {
  return {
    FABRIC_CFG_PATH: site.seen(layout.config),
    FABRIC_LOGGING_SPEC: 'warning:orderer.consensus.smartbft=info:gossip.state=info:lifecycle=info',
    FABRIC_LOGGING_FORMAT: 'json',
    // Twice the memory for fewer collections: the nodes of a development network share few cores.
    GOGC: '300',
  };
}

function listening(site: Site, member: Member, service: Service): string {
  return `${site.listenHost(member, service)}:${member.ports[service]}`;
}
