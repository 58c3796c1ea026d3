import { createPrivateKey, type KeyObject } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Contract, type Gateway, type Network, type Signer } from '@hyperledger/fabric-gateway';
import { signingWith } from '@pledgeonce/gateway/ledger/signing.js';
import { PROBE } from '../definition.js';
import type { Enrolled, Setting } from './setting.js';

/** One person of an organisation, connected to that organisation's peer. */
export interface Member {
  readonly mspId: string;
  readonly certificate: string;
  readonly privateKey: KeyObject;
  /** Signs a message as Fabric wants it. */
  readonly sign: Signer;
  /** The connection, for what the client library does not offer. */
  readonly grpc: Client;
  readonly gateway: Gateway;
  readonly channel: Network;
  readonly contract: Contract;
}

/** Connects a person to a peer: that of their own organisation unless another is named. */
export function connectMember(
  { profile }: Pick<Setting, 'profile'>,
  person: Enrolled,
  peerOf = person.mspId,
): Member {
  const organisation = profile.organisations.find(({ mspId }) => mspId === peerOf);
  if (organisation?.peer === undefined) throw new Error(`the network has no peer of ${peerOf}`);
  const { endpoint, tlsRootCerts } = organisation.peer;
  const grpc = new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts)));
  const privateKey = createPrivateKey(person.privateKey);
  const { hash, signer: sign } = signingWith(person.privateKey);
  const identity = { mspId: person.mspId, credentials: Buffer.from(person.certificate) };
  const gateway = connect({ client: grpc, identity, signer: sign, hash });
  const channel = gateway.getNetwork(profile.channel);
  const contract = channel.getContract(PROBE.name);
  const { mspId, certificate } = person;
  return { mspId, certificate, privateKey, sign, grpc, gateway, channel, contract };
}

export function disconnectMember({ gateway, grpc }: Member): void {
  gateway.close();
  grpc.close();
}
