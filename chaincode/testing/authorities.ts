import 'reflect-metadata';
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signed = { ...curve, hash: 'SHA-256' } as const;

/** A certificate authority of a spec, as that of a member without a node. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  readonly name: string;
  readonly keyIdentifier: string;
  readonly key: KeyObject;
}

/** What is not as it is made up by itself: so that an authority can bear another's name and key identifier. */
export interface AuthorityOptions {
  readonly name?: string;
  readonly keyIdentifier?: string;
  /** Of an authority that is renewed under its old key. */
  readonly key?: KeyObject;
  /** Of an intermediate; without one it signs itself. */
  readonly issuer?: Authority;
}

/** Makes an authority. */
export async function newAuthority({ issuer, ...options }: AuthorityOptions = {}): Promise<Authority> {
  const name = options.name ?? `CN=ca-${randomBytes(4).toString('hex')}`;
  const keyIdentifier = options.keyIdentifier ?? randomBytes(20).toString('hex');
  const key = options.key ?? newKey();
  const draft = { name, keyIdentifier, key };
  const extensions = [
    new x509.BasicConstraintsExtension(true, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    new x509.SubjectKeyIdentifierExtension(keyIdentifier),
  ];
  return { ...draft, certificate: await sign(issuer ?? draft, name, key, extensions) };
}

/** The certificate of somebody (PEM). @param authorityKeyIdentifier what it says of its issuer's key. */
export function certify(
  authority: Authority,
  id: string,
  authorityKeyIdentifier = authority.keyIdentifier,
): Promise<string> {
  return sign(authority, `CN=${id}`, newKey(), [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.AuthorityKeyIdentifierExtension(authorityKeyIdentifier),
  ]);
}

async function sign(
  issuer: Pick<Authority, 'name' | 'key'>,
  subject: string,
  key: KeyObject,
  extensions: x509.Extension[],
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create(
    {
      serialNumber: randomBytes(8).toString('hex'),
      subject,
      issuer: issuer.name,
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2046-01-01'),
      publicKey: await importKey('spki', publicOf(key)),
      signingKey: await importKey('pkcs8', issuer.key.export({ type: 'pkcs8', format: 'der' })),
      signingAlgorithm: signed,
      extensions,
    },
    webcrypto,
  );
  return certificate.toString('pem');
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: curve.namedCurve }).privateKey;
}

function publicOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function importKey(format: 'spki' | 'pkcs8', der: Buffer): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey(format, der, curve, true, [format === 'spki' ? 'verify' : 'sign']);
}
