import { join } from 'node:path';
import { channelPolicies } from '../../administration.js';
import { channelMsps, type Consortium } from '../../consortium.js';
import { publicFile, type FabricNetwork } from '../network.js';
import { membersOf, orderingMembers, type Member } from '../topology.js';
import { consenterFolder, publicMspFolder } from './public-msps.js';

/** The name of the one profile in the generated `configtx.yaml`. */
export const PROFILE = 'Consortium';

/** What `configtx.yaml` is made of: the description and everybody's public file, no key. */
type Described = Pick<FabricNetwork, 'consortium' | 'layout' | 'publicFiles'>;

/**
 * `configtx.yaml` of the channel: the policies that Fabric recommends (an organisation's administrators for itself,
 * those who govern for the channel), Byzantine-fault-tolerant ordering, and blocks cut as the description says.
 *
 * @throws Error when an organisation's public file is not here yet.
 */
export function configtx(network: Described): object {
  const { consortium } = network;
  const { blockEvents } = consortium;
  const { governed } = policiesOf(consortium);
  const endorsement = governed ? signature(governed.endorsement) : meta('MAJORITY Endorsement');
  const orderers = orderingMembers(consortium);
  const organisations = [
    ...membersOf(consortium).map((member) => applicationOrganisation(network, member)),
    ...sharedOrganisation(network),
  ];
  return {
    Profiles: {
      [PROFILE]: {
        Policies: administrated(consortium),
        Capabilities: { V3_0: true },
        Orderer: {
          ...ordering(network),
          Organizations: orderers.map((member) => ordererOrganisation(network, member)),
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

function applicationOrganisation(network: Described, member: Member): object {
  const { endpoints } = publicFile(network, member);
  const [host, port] = hostAndPort(endpoints.peer);
  return { ...organisationGroup(network, member), AnchorPeers: [{ Host: host, Port: port }] };
}

/**
 * The one organisation of all members without a node, once there is one. Any of them can certify whatever it likes under
 * it, so it does not administer itself: those who govern do, and only people count.
 */
function sharedOrganisation({ consortium, layout }: Described): object[] {
  const { membersMsp } = consortium;
  const { governed } = policiesOf(consortium);
  if (!channelMsps(consortium).includes(membersMsp) || governed === undefined) return [];
  const people = signature(`OR('${membersMsp}.client')`);
  return [
    {
      Name: membersMsp,
      ID: membersMsp,
      MSPDir: publicMspFolder(layout, membersMsp),
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

function ordererOrganisation(network: Described, member: Member): object {
  return {
    ...organisationGroup(network, member),
    OrdererEndpoints: [publicFile(network, member).endpoints.ordering],
  };
}

function organisationGroup({ layout }: Described, { organisation: { msp } }: Member): object {
  return {
    Name: msp,
    ID: msp,
    MSPDir: publicMspFolder(layout, msp),
    Policies: {
      Readers: signature(`OR('${msp}.member')`),
      Writers: signature(`OR('${msp}.admin', '${msp}.client', '${msp}.orderer')`),
      Admins: signature(`OR('${msp}.admin')`),
      Endorsement: signature(`OR('${msp}.peer')`),
    },
  };
}

function ordering(network: Described): object {
  const { consortium } = network;
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
      consenter(index + 1, network, member),
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

function consenter(id: number, network: Described, member: Member): object {
  const [host, port] = hostAndPort(publicFile(network, member).endpoints.orderer);
  const { name, msp } = member.organisation;
  const folder = consenterFolder(network.layout, name);
  const tls = join(folder, 'tls.pem');
  return {
    ID: id,
    Host: host,
    Port: port,
    MSPID: msp,
    Identity: join(folder, 'identity.pem'),
    ClientTLSCert: tls,
    ServerTLSCert: tls,
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

function hostAndPort(address = ''): [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
