import 'reflect-metadata';
import { type KeyObject, createHash, createPublicKey, randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { ECDSA_SHA256, signingKeyOf } from './keys.js';
import { lowSCrypto } from './low-s.js';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
/** Certificates count from a little earlier, as Fabric CA's do: the clocks of two machines differ. */
const BACKDATED = 5 * MINUTE;

/** Relative names in order; several values under one key make one multi-valued name, as in Fabric CA's certificates. */
export type Subject = readonly Readonly<Record<string, string[]>>[];

export interface Issuer {
  /** PEM. */
  readonly cert: string;
  readonly key: KeyObject;
}

export interface Request {
  readonly subject: Subject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer;
  readonly now: Date;
  readonly days: number;
  readonly usages: readonly x509.KeyUsageFlags[];
  readonly extensions?: readonly x509.Extension[];
}

/**
 * Signs a certificate of an end entity. It never outlives its issuer, nor starts before it.
 *
 * @returns PEM with one trailing line feed, the form in which Fabric serialises an identity.
 */
export async function issueCertificate(issuer: Issuer, request: Request): Promise<string> {
  const root = new x509.X509Certificate(issuer.cert);
  const certificate = await x509.X509CertificateGenerator.create(
    {
      ...validity(request.now, request.days, root),
      serialNumber: newSerial(),
      subject: new x509.Name([...request.subject]),
      issuer: root.subjectName,
      publicKey: Uint8Array.from(request.publicKey),
      signingKey: await signingKeyOf(issuer.key),
      signingAlgorithm: ECDSA_SHA256,
      extensions: [
        keyUsage(request.usages),
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.SubjectKeyIdentifierExtension(keyIdentifier(request.publicKey)),
        new x509.AuthorityKeyIdentifierExtension(subjectKeyIdentifier(root)),
        ...(request.extensions ?? []),
      ],
    },
    lowSCrypto,
  );
  return pemOf(certificate);
}

/**
 * The subject key identifier that a certificate carries, hex; Fabric calls it AKI in the certificates below it.
 *
 * @throws Error when it carries none.
 */
export function subjectKeyIdentifier(certificate: x509.X509Certificate): string {
  const extension = certificate.getExtension(x509.SubjectKeyIdentifierExtension);
  if (!extension) throw new Error(`The certificate of ${certificate.subject} has no subject key identifier.`);
  return extension.keyId;
}

/** RFC 7093 section 2 method 4, which Fabric's tools use too: SHA-256 of the uncompressed point, hex. */
function keyIdentifier(publicKey: Buffer): string {
  const { x = '', y = '' } = createPublicKey({ key: publicKey, type: 'spki', format: 'der' }).export({
    format: 'jwk',
  });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return createHash('sha256').update(point).digest('hex');
}

function keyUsage(usages: readonly x509.KeyUsageFlags[]): x509.KeyUsagesExtension {
  const sum = usages.reduce((all: number, usage) => all | usage, 0);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- flags added up are no member of the enum
  return new x509.KeyUsagesExtension(sum, true);
}

/** From when to when a certificate holds: never longer than the root that signs it, where another one does. */
export function validity(
  now: Date,
  days: number,
  root?: x509.X509Certificate,
): { notBefore: Date; notAfter: Date } {
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const from = second - BACKDATED;
  const to = second + days * DAY;
  return {
    notBefore: new Date(root ? Math.max(from, root.notBefore.getTime()) : from),
    notAfter: new Date(root ? Math.min(to, root.notAfter.getTime()) : to),
  };
}

/** 127 random bits: positive, and never with a leading zero byte, which some tools print and others drop. */
export function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function pemOf(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}
