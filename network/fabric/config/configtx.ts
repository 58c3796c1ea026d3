import { join } from 'node:path';
import { channelPolicies } from '../../administration.js';
import { channelMsps, type Consortium } from '../../consortium.js';
import type { OrganisationMaterial } from '../../crypto/material.js';
import { orderingAddress } from '../doors.js';
import type { Site } from '../site.js';
import { membersOf, orderingMembers, type Member } from '../topology.js';
import { ordererOf } from './environment.js';

/** The name of the one profile in the generated `configtx.yaml`. */
export const PROFILE = 'Consortium';

/** Crypto material by organisation name. */
export type Materials = ReadonlyMap<string, OrganisationMaterial>;

/**
 * @throws Error when the member has no keys yet.
 */
export function materialOf(materials: Materials, { organisation }: Member): OrganisationMaterial {
  const material = materials.get(organisation.name);
  if (!material) throw new Error(`There are no keys of ${organisation.name}.`);
  return material;
}

/**
 * `configtx.yaml` of the channel: the policies that Fabric recommends (an organisation's administrators for itself,
 * those who govern for the channel), Byzantine-fault-tolerant ordering, and blocks cut as the description says.
 *
 * `configtxgen` runs on this machine whatever the site is, so paths are this machine's; addresses are the site's.
 *
 * @param membersMspDir the public MSP of all members without a node.
 */
export function configtx(
  consortium: Consortium,
  site: Site,
  materials: Materials,
  membersMspDir: string,
): object {
  const { blockEvents } = consortium;
  const { governed } = policiesOf(consortium);
  const endorsement = governed ? signature(governed.endorsement) : meta('MAJORITY Endorsement');
  const orderers = orderingMembers(consortium);
  const organisations = [
    ...membersOf(consortium).map((member) =>
      applicationOrganisation(member, site, materialOf(materials, member)),
    ),
    ...sharedOrganisation(consortium, membersMspDir),
  ];
  return {
    // For configtxgen -printOrg, with which an organisation joins a channel that exists.
    Organizations: organisations,
    Profiles: {
      [PROFILE]: {
        Policies: administrated(consortium),
        Capabilities: { V3_0: true },
        Orderer: {
          ...ordering(consortium, site, materials),
          Organizations: orderers.map((member) =>
            ordererOrganisation(consortium, member, site, materialOf(materials, member)),
          ),
        },
        Application: {
          ACLs: blockEvents === undefined ? {} : { 'event/Block': '/Channel/Application/BlockEvents' },
          Policies: {
            ...administrated(consortium),
            LifecycleEndorsement: endorsement,
            Endorsement: endorsement,
            ...(blockEvents !== undefined && { BlockEvents: signature(blockEvents) }),
          },
          Capabilities: { V2_5: true },
          Organizations: organisations,
        },
      },
    },
  };
}

function applicationOrganisation(member: Member, site: Site, material: OrganisationMaterial): object {
  const [host, port] = hostAndPort(site.address(member, 'peer'));
  return { ...organisationGroup(member, material), AnchorPeers: [{ Host: host, Port: port }] };
}

/**
 * The one organisation of all members without a node, once there is one. Any of them can certify whatever it likes under
 * it, so it does not administer itself: those who govern do, and only people count.
 */
function sharedOrganisation(consortium: Consortium, mspDir: string): object[] {
  const { membersMsp } = consortium;
  const { governed } = policiesOf(consortium);
  if (!channelMsps(consortium).includes(membersMsp) || governed === undefined) return [];
  const people = signature(`OR('${membersMsp}.client')`);
  return [
    {
      Name: membersMsp,
      ID: membersMsp,
      MSPDir: mspDir,
      Policies: {
        Readers: people,
        Writers: people,
        Admins: signature(governed.admins),
        Endorsement: signature(governed.endorsement),
      },
    },
  ];
}

function policiesOf(consortium: Consortium): ReturnType<typeof channelPolicies> {
  const { membersMsp, administration } = consortium;
  return channelPolicies({ msps: channelMsps(consortium), membersMsp, administration });
}

function ordererOrganisation(
  consortium: Consortium,
  member: Member,
  site: Site,
  material: OrganisationMaterial,
): object {
  return {
    ...organisationGroup(member, material),
    OrdererEndpoints: [orderingAddress(consortium, site, member)],
  };
}

function organisationGroup({ organisation: { msp } }: Member, material: OrganisationMaterial): object {
  return {
    Name: msp,
    ID: msp,
    MSPDir: material.mspDir,
    Policies: {
      Readers: signature(`OR('${msp}.member')`),
      Writers: signature(`OR('${msp}.admin', '${msp}.client', '${msp}.orderer')`),
      Admins: signature(`OR('${msp}.admin')`),
      Endorsement: signature(`OR('${msp}.peer')`),
    },
  };
}

function ordering(consortium: Consortium, site: Site, materials: Materials): object {
  const { blocks } = consortium;
  return {
    OrdererType: 'BFT',
    // The interval that counts under BFT is SmartBFT.RequestBatchMaxInterval; this one must be there.
    BatchTimeout: `${blocks.timeoutMs}ms`,
    BatchSize: {
      MaxMessageCount: blocks.maxMessages,
      // Also the most that an orderer takes from a client (`RequestMaxBytes`).
      AbsoluteMaxBytes: blocks.maxTransactionBytes,
      PreferredMaxBytes: Math.min(blocks.maxBytes, 2 * 1024 * 1024),
    },
    SmartBFT: smartBft(blocks.timeoutMs),
    ConsenterMapping: orderingMembers(consortium).map((member, index) =>
      consenter(index + 1, member, site, materialOf(materials, member)),
    ),
    Policies: { ...administrated(consortium), BlockValidation: meta('ANY Writers') },
    Capabilities: { V2_0: true },
  };
}

/**
 * A silent leader is replaced after about ten seconds (Fabric's sample: a minute), long enough for a busy machine.
 */
function smartBft(timeoutMs: number): object {
  return {
    RequestBatchMaxInterval: `${timeoutMs}ms`,
    RequestForwardTimeout: '2s',
    RequestComplainTimeout: '8s',
    RequestAutoRemoveTimeout: '3m0s',
    ViewChangeResendInterval: '3s',
    ViewChangeTimeout: '15s',
    LeaderHeartbeatTimeout: '10s',
    LeaderHeartbeatCount: 10,
    CollectTimeout: '1s',
    IncomingMessageBufferSize: 1000,
    // Requests, not bytes: times the largest request it is what a flood can make an orderer hold, two gigabytes. Five full
    // blocks are waiting then; who comes later waits or is told so.
    RequestPoolSize: 1000,
  };
}

function consenter(id: number, member: Member, site: Site, material: OrganisationMaterial): object {
  const [host, port] = hostAndPort(site.address(member, 'orderer'));
  const { identity, mspDir, tls } = ordererOf(material);
  return {
    ID: id,
    Host: host,
    Port: port,
    MSPID: identity.mspId,
    Identity: join(mspDir, 'signcerts', 'cert.pem'),
    ClientTLSCert: tls.certFile,
    ServerTLSCert: tls.certFile,
  };
}

/** The same on every level: who reads and writes, and who governs. */
function administrated(consortium: Consortium): Record<string, object> {
  const { readers, writers, governed } = policiesOf(consortium);
  return {
    Readers: signature(readers),
    Writers: signature(writers),
    Admins: governed ? signature(governed.admins) : meta('MAJORITY Admins'),
  };
}

function meta(rule: string): object {
  return { Type: 'ImplicitMeta', Rule: rule };
}

function signature(rule: string): object {
  return { Type: 'Signature', Rule: rule };
}

function hostAndPort(address: string): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
