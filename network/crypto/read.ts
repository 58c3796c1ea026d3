import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyFromPem } from './keys.js';
import { FOLDERS, type NodeName, mspFolder, nodeOf, tlsFolder } from './layout.js';
import type {
  AuthorityMaterial,
  MemberMaterial,
  NodeMaterial,
  OrganisationMaterial,
  SigningIdentity,
  TlsMaterial,
} from './material.js';

/** Reads the identity of a local MSP folder that `ensureMaterial` made. */
export function readSigningIdentity(mspDir: string, mspId: string): SigningIdentity {
  return {
    mspId,
    cert: readFileSync(join(mspDir, 'signcerts', 'cert.pem'), 'utf8'),
    key: keyFromPem(readFileSync(join(mspDir, 'keystore', 'key.pem'), 'utf8')),
  };
}

/**
 * Reads what `ensureMaterial` made for one organisation.
 *
 * @param dir The crypto folder that holds one folder per organisation.
 */
export function readMaterial(
  dir: string,
  { name, msp: mspId }: { readonly name: string; readonly msp: string },
): OrganisationMaterial {
  const own = join(dir, name);
  const node = (which: NodeName): NodeMaterial => ({
    mspDir: mspFolder(own, which),
    tlsDir: tlsFolder(own, which),
    identity: readSigningIdentity(mspFolder(own, which), mspId),
    tls: readTls(own, which),
  });
  return {
    ...readMember(dir, { name, msp: mspId }),
    tlsCa: readAuthority(join(own, FOLDERS.tlsCa)),
    mspDir: join(own, FOLDERS.msp),
    peer: node('peer'),
    ...(existsSync(mspFolder(own, 'orderer')) ? { orderer: node('orderer') } : {}),
    admin: node('admin'),
    caTls: readTls(own, 'ca-server'),
    chaincodeTls: readTls(own, 'chaincode'),
  };
}

/** Reads what `ensureMembers` made for one member without a node. */
export function readMember(
  dir: string,
  { name, msp: mspId }: { readonly name: string; readonly msp: string },
): MemberMaterial {
  const own = join(dir, name);
  const ca = readAuthority(join(own, FOLDERS.ca));
  return { name, mspId, dir: own, ca, tlsCa: ca };
}

/** Reads a root that `ensureMaterial` made. Its key is opened when somebody signs with it: of hundreds few ever do. */
export function readAuthority(folder: string): AuthorityMaterial {
  const certFile = join(folder, 'cert.pem');
  const keyFile = join(folder, 'key.pem');
  const pem = readFileSync(keyFile, 'utf8');
  let opened: KeyObject | undefined;
  return {
    cert: readFileSync(certFile, 'utf8'),
    get key() {
      return (opened ??= keyFromPem(pem));
    },
    certFile,
    keyFile,
  };
}

/** Reads the TLS folder of a node. */
export function readTls(organisationDir: string, name: NodeName): TlsMaterial {
  const folder = tlsFolder(organisationDir, name);
  const { tlsStem } = nodeOf(name);
  const certFile = join(folder, `${tlsStem}.crt`);
  const keyFile = join(folder, `${tlsStem}.key`);
  const caFile = join(folder, 'ca.crt');
  return {
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    caCerts: readFileSync(caFile, 'utf8'),
    certFile,
    keyFile,
    caFile,
  };
}
