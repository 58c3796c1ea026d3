import 'reflect-metadata';
import { type KeyObject, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ICryptoKey, User, Utils } from 'fabric-common';
import * as x509 from '@peculiar/x509';
import FabricCAServices from 'fabric-ca-client';
import { pino } from 'pino';
import type { Person } from '../../../consortium.js';
import { ensureMaterial } from '../../../crypto/ensure.js';
import { EC, ECDSA_SHA256, keyToPem, newKey, publicKeyOf, signingKeyOf } from '../../../crypto/keys.js';
import type { OrganisationMaterial } from '../../../crypto/material.js';
import { temporaryFolder } from '../../../testing/temporary-folder.js';
import type { CertificateAuthority, CertificateAuthorityOptions } from '../options.js';
import { startCertificateAuthority } from '../server.js';

const PEOPLE: readonly Person[] = [
  { id: 'officer', role: 'officer' },
  { id: 'exporter-1', role: 'officer', uscc: '91330200MA2CKXQ85H' },
];

/** A running authority with a client, all in a folder of its own. */
export interface Fixture {
  readonly authority: CertificateAuthority;
  readonly client: FabricCAServices;
  readonly material: OrganisationMaterial;
  readonly folder: string;
  /** Revocation lists that the network was told. */
  readonly announced: string[];
  /** The enrolment secret of one of the development people. */
  secretOf(id: string): string;
  registrar(): Promise<User>;
  restart(changes?: Partial<CertificateAuthorityOptions>): Promise<void>;
  stop(): Promise<void>;
}

export async function startFixture(
  changes: Partial<CertificateAuthorityOptions> = {},
  start = startCertificateAuthority,
): Promise<Fixture> {
  const folder = temporaryFolder('ca');
  const [material] = await ensureMaterial({ domain: 'trade.example', organisations: [ORGANISATION] }, folder);
  if (!material) throw new Error('no material');
  const announced: string[] = [];
  const options: CertificateAuthorityOptions = {
    name: 'ca-north',
    port: 0,
    stateDir: join(folder, 'state'),
    issuer: material.ca,
    tls: () => material.caTls,
    people: { dir: join(folder, 'people'), list: PEOPLE },
    affiliations: ['north', 'north.desk', 'south'],
    registrarTypes: ['client', 'peer'],
    log: pino({ level: 'silent' }),
    onRevocation: (crl) => announced.push(crl),
    ...changes,
  };
  let authority = await start(options);
  let client = clientOf(authority.url, material);
  let registrar: Promise<User> | undefined;
  return {
    material,
    folder,
    announced,
    get authority() {
      return authority;
    },
    get client() {
      return client;
    },
    secretOf: (id) => {
      const file = readFileSync(join(folder, 'people', 'people.json'), 'utf8');
      const people = JSON.parse(file) as { id: string; secret: string }[];
      return people.find((person) => person.id === id)?.secret ?? '';
    },
    registrar() {
      const secret = readFileSync(join(folder, 'people', 'registrar.secret'), 'utf8');
      registrar ??= enrolled(client, 'registrar', secret);
      return registrar;
    },
    async restart(later = {}) {
      await authority.close();
      authority = await start({ ...options, ...later });
      client = clientOf(authority.url, material);
    },
    stop: () => authority.close(),
  };
}

/** fabric-ca-client, unmodified, with a key store in memory. */
export function clientOf(url: string, material: OrganisationMaterial, name = 'ca-north'): FabricCAServices {
  const suite = Utils.newCryptoSuite();
  suite.setCryptoKeyStore(Utils.newCryptoKeyStore());
  const tls = { trustedRoots: [material.tlsCa.cert], verify: true };
  return new FabricCAServices(url, tls, name, suite);
}

/**
 * Enrols, and makes of it the user that the client's other calls want. With a key of ours: the one that the client
 * makes itself takes it a good part of a second.
 */
export async function enrolled(client: FabricCAServices, id: string, secret: string): Promise<User> {
  const key = newKey();
  const csr = await requestFor(`CN=${id}`, key);
  const { certificate } = await client.enroll({ enrollmentID: id, enrollmentSecret: secret, csr });
  return User.createUser(id, '', 'NorthMSP', certificate, keyToPem(key));
}

/** A certificate request, PEM. */
export async function requestFor(name: string, key: KeyObject = newKey()): Promise<string> {
  const publicKey = await webcrypto.subtle.importKey('spki', publicKeyOf(key), EC, true, ['verify']);
  const csr = await x509.Pkcs10CertificateRequestGenerator.create({
    name,
    keys: { publicKey, privateKey: await signingKeyOf(key) },
    signingAlgorithm: ECDSA_SHA256,
  });
  return csr.toString('pem');
}

export function userOf(id: string, { key, certificate }: { key: ICryptoKey; certificate: string }): User {
  return User.createUser(id, '', 'NorthMSP', certificate, key.toBytes());
}

export function certificateOf(user: User): string {
  return (user.getIdentity() as unknown as { readonly _certificate: string })._certificate;
}

/** How a call was refused: Fabric CA's code and message. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: number; message: string }> {
  try {
    await call;
  } catch (error) {
    const [first] = (error as { errors?: { code: number; message: string }[] }).errors ?? [];
    if (first) return first;
    throw error;
  }
  throw new Error('The call was not refused.');
}

const ORGANISATION = {
  name: 'north',
  msp: 'NorthMSP',
  title: 'North',
  kind: 'bank',
  government: false,
  node: true,
  orderer: false,
} as const;
