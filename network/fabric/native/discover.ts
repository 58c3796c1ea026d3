import '@pledgeonce/chaincode/bounded-messages.js';
import { createHash, X509Certificate } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { discovery, gossip } from '@hyperledger/fabric-protos';
import { keyToPem } from '../../crypto/keys.js';
import { openSigningIdentity } from '../../embedded/msp/signing-identity.js';
import type { Surroundings } from '../config/environment.js';

/** What a peer has learnt about another by gossip. */
export interface KnownPeer {
  readonly mspId: string;
  /** `name:sequence` of each chaincode that it can endorse for. */
  readonly chaincodes: readonly string[];
}

/**
 * Asks a peer's discovery service which peers of the channel it knows, itself included.
 *
 * @throws Error when the peer cannot be asked or refuses.
 */
export async function knownPeers(around: Surroundings, channel: string): Promise<KnownPeer[]> {
  const response = await discover(around, membershipQuery(channel));
  const [result] = response.getResultsList();
  if (!result || result.hasError())
    throw new Error(result?.getError()?.getContent() ?? 'The discovery service gave no answer.');
  const peers: KnownPeer[] = [];
  result
    .getMembers()
    ?.getPeersByOrgMap()
    .forEach((known, mspId) => {
      peers.push(...known.getPeersList().map((peer) => ({ mspId, chaincodes: chaincodesOf(peer) })));
    });
  return peers;
}

function membershipQuery(channel: string): discovery.Query {
  const query = new discovery.Query();
  query.setChannel(channel);
  query.setPeerQuery(new discovery.PeerMembershipQuery());
  return query;
}

/** The chaincodes that the peer's latest announcement to the channel names. */
function chaincodesOf(peer: discovery.Peer): string[] {
  const message = gossip.GossipMessage.deserializeBinary(
    peer.getStateInfo()?.getPayload_asU8() ?? new Uint8Array(),
  );
  const chaincodes = message.getStateInfo()?.getProperties()?.getChaincodesList() ?? [];
  return chaincodes.map((one) => `${one.getName()}:${one.getVersion()}`);
}

async function discover(
  { member, material, site }: Surroundings,
  query: discovery.Query,
): Promise<discovery.Response> {
  const { admin, peer } = material;
  const signer = openSigningIdentity(admin.identity.mspId, admin.identity.cert, keyToPem(admin.identity.key));
  const authInfo = new discovery.AuthInfo();
  authInfo.setClientIdentity(signer.serialized);
  // The peer checks that the request came over a connection of its signer.
  authInfo.setClientTlsCertHash(
    createHash('sha256').update(new X509Certificate(admin.tls.cert).raw).digest(),
  );
  const request = new discovery.Request();
  request.setAuthentication(authInfo);
  request.addQueries(query);
  const payload = request.serializeBinary();
  const signed = new discovery.SignedRequest();
  signed.setPayload(payload);
  signed.setSignature(signer.sign(payload));

  const tls = credentials.createSsl(
    Buffer.from(peer.tls.caCerts),
    Buffer.from(admin.tls.key),
    Buffer.from(admin.tls.cert),
  );
  const client = new Client(site.address(member, 'peer'), tls);
  try {
    return await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        '/discovery.Discovery/Discover',
        (message: discovery.SignedRequest) => Buffer.from(message.serializeBinary()),
        (bytes: Buffer) => discovery.Response.deserializeBinary(bytes),
        signed,
        { deadline: Date.now() + 5000 },
        (error, response) => {
          if (response) resolve(response);
          else reject(error ?? new Error('The discovery service gave no answer.'));
        },
      );
    });
  } finally {
    client.close();
  }
}
