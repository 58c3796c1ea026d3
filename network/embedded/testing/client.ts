import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials, Client } from '@grpc/grpc-js';
import {
  connect,
  hash,
  signers,
  type Contract,
  type Gateway,
  type Network,
} from '@hyperledger/fabric-gateway';
import FabricCAServices from 'fabric-ca-client';
import type { ConnectionProfile, OrganisationProfile } from '../../connection-profile.js';
import type { NetworkProcess } from './network-process.js';
import { peopleFolder } from '../../organisation-folder.js';

export interface Enrolled {
  readonly mspId: string;
  readonly certificate: string;
  readonly key: KeyObject;
}

/** Somebody's connection to the peer of an organisation. */
export interface Connected {
  readonly gateway: Gateway;
  readonly network: Network;
  readonly contract: Contract;
  close(): void;
}

/** Gets a certificate for a development person of an organisation from its certificate authority. */
export async function enrol(
  { profile, stateDir }: NetworkProcess,
  name: string,
  id: string,
): Promise<Enrolled> {
  const organisation = organisationOf(profile, name);
  const file = join(peopleFolder(stateDir, name), 'people.json');
  const people = JSON.parse(readFileSync(file, 'utf8')) as { id: string; secret: string }[];
  const secret = people.find((person) => person.id === id)?.secret ?? '';
  const { url, name: caName, tlsRootCerts } = organisation.ca;
  const trustedRoots = Buffer.from(tlsRootCerts);
  const authority = new FabricCAServices(url, { trustedRoots, verify: true }, caName);
  const { certificate, key } = await authority.enroll({ enrollmentID: id, enrollmentSecret: secret });
  return { mspId: organisation.mspId, certificate, key: createPrivateKey(key.toBytes()) };
}

/** Connects with the published client of fabric-gateway. */
export function connectTo(profile: ConnectionProfile, organisation: string, who: Enrolled): Connected {
  const { peer } = organisationOf(profile, organisation);
  if (peer === undefined) throw new Error(`${organisation} has no peer`);
  const { endpoint, tlsRootCerts } = peer;
  const client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts)));
  const gateway = connect({
    client,
    hash: hash.sha256,
    identity: { mspId: who.mspId, credentials: Buffer.from(who.certificate) },
    signer: signers.newPrivateKeySigner(who.key),
  });
  const network = gateway.getNetwork(profile.channel);
  return {
    gateway,
    network,
    contract: network.getContract(profile.chaincode.name),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

function organisationOf(profile: ConnectionProfile, name: string): OrganisationProfile {
  const organisation = profile.organisations.find((one) => one.name === name);
  if (!organisation) throw new Error(`no organisation ${name}`);
  return organisation;
}

/** What a call returned, as text. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
