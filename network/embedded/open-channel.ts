import type { Logger } from 'pino';
import { nodePlacesOf, type Consortium } from '../consortium.js';
import type {
  MemberMaterial,
  OrganisationMaterial,
  SigningIdentity as KeyWithCertificate,
} from '../crypto/material.js';
import { materialOf } from './discovery.js';
import type { ExtraChaincode } from './extra-chaincode.js';
import type { ChannelDefinition } from './ledger/channel.js';
import type { ChannelLedger } from './ledger/channel-ledger.js';
import type { Clock } from './ledger/clock.js';
import type { Disk } from './ledger/disk.js';
import { openLedger } from './ledger/open-ledger.js';
import type { ProofPlan } from './ledger/proof.js';
import type { Msps, SigningIdentity } from './msp/identity.js';
import { openMsps } from './msp/open-msps.js';
import { openSigningIdentity } from './msp/signing-identity.js';
import { configurationEnvelope } from './orderer/channel-config.js';
import { createOrderer } from './orderer/create-orderer.js';
import type { Orderer } from './orderer/orderer.js';

export interface ChannelOptions {
  readonly consortium: Consortium;
  readonly material: ReadonlyMap<string, OrganisationMaterial>;
  /** Those without a node, as they are described. */
  readonly members: readonly MemberMaterial[];
  readonly extraChaincodes: readonly ExtraChaincode[];
  readonly disk: Disk;
  /** The file that says how far the ledger has acknowledged. */
  readonly witness: string;
  readonly proof?: ProofPlan | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told when a block cannot be written, or the ledger is damaged; the channel accepts nothing from then on. */
  readonly onFailure: (error: unknown) => void;
}

/** The one channel of the network: its ledger and who orders for it. */
export interface Channel {
  readonly msps: Msps;
  readonly ledger: ChannelLedger;
  readonly orderer: Orderer;
  /** Named in errors of the ordering service. */
  readonly ordererMsp: string;
}

/** Opens the ledger on a disk, with block 0 made from the consortium's description, and starts ordering. */
export async function openChannel(options: ChannelOptions): Promise<Channel> {
  const { consortium, material, members, disk, witness, proof, clock, onFailure } = options;
  const membersRoots = members.map(({ ca }) => ca.cert).join('\n');
  const msps = openMsps([
    ...nodePlacesOf(consortium).map(({ organisation: { msp } }) => ({
      mspId: msp,
      rootCerts: materialOf(material, msp).ca.cert,
    })),
    { mspId: consortium.membersMsp, rootCerts: membersRoots, isShared: true },
  ]);
  const ledger = await openLedger({
    disk,
    witness,
    msps,
    proof,
    onDamage: onFailure,
    definition: definitionOf(consortium, options.extraChaincodes),
    genesis: () => genesis(consortium, material, membersRoots),
  });
  const ordering = [...material.values()].find((one) => one.orderer)?.orderer;
  if (!ordering) throw new Error('The consortium names no organisation that orders');
  const orderer = createOrderer({
    ledger,
    signer: openIdentity(ordering.identity),
    limits: consortium.blocks,
    clock,
    onFailure,
  });
  return { msps, ledger, orderer, ordererMsp: ordering.identity.mspId };
}

/** The identity of a node, ready to sign for endorsements and blocks. */
export function openIdentity({ mspId, cert, key }: KeyWithCertificate): SigningIdentity {
  return openSigningIdentity(mspId, cert, key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

function definitionOf(consortium: Consortium, extra: readonly ExtraChaincode[]): ChannelDefinition {
  return {
    channel: consortium.channel,
    blockEvents: consortium.blockEvents,
    membersMsp: consortium.membersMsp,
    chaincodes: [{ ...consortium.chaincode, collections: consortium.collections }, ...extra],
  };
}

function genesis(
  consortium: Consortium,
  material: ReadonlyMap<string, OrganisationMaterial>,
  membersRoots: string,
): Uint8Array {
  const { membersMsp } = consortium;
  const nodes = nodePlacesOf(consortium).map(({ organisation: { msp, orderer }, ports: { peer } }) => {
    const own = materialOf(material, msp);
    return {
      mspId: msp,
      rootCerts: own.ca.cert,
      tlsRootCerts: own.tlsCa.cert,
      orderer,
      anchorPeer: `localhost:${peer}`,
    };
  });
  const shared = { mspId: membersMsp, rootCerts: membersRoots, orderer: false, isShared: true };
  return configurationEnvelope({
    channel: consortium.channel,
    membersMsp,
    organisations: membersRoots === '' ? nodes : [...nodes, shared],
    limits: consortium.blocks,
    blockEvents: consortium.blockEvents,
    administration: consortium.administration,
    ordererAddresses: [],
  });
}
