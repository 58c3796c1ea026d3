import 'reflect-metadata';
import { createPublicKey } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { type Subject, issueCertificate, subjectKeyIdentifier } from '../../crypto/issue.js';
import type { Authority } from './authority.js';
import { CODES, CaError } from './errors.js';
import { type Attribute, type Identity, type IssuedCertificate, canonicalHex } from './records.js';

/** Where Fabric looks for the attributes of a caller. */
const ATTRIBUTE_EXTENSION = '1.2.3.4.5.6.7.8.1';
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17';

interface AttributeRequest {
  readonly name: string;
  readonly optional?: boolean | undefined;
}

export interface CertificateRequest {
  /** PKCS#10, PEM. */
  readonly csr: string;
  /** `tls` for a TLS certificate; otherwise one to sign with. */
  readonly profile: string;
  /** Which attributes go into the certificate; those marked `ecert` unless told. */
  readonly attributes?: readonly AttributeRequest[] | undefined;
}

/**
 * Issues a certificate for an identity, with Fabric CA's subject, usages and attribute extension.
 *
 * @throws CaError when the request is malformed, is for another name, or requires an attribute that is not there.
 */
export async function certify(
  authority: Authority,
  identity: Identity,
  request: CertificateRequest,
): Promise<IssuedCertificate> {
  const csr = await readRequest(request.csr);
  requireOwnName(csr, identity);
  const tls = isTls(request.profile);
  const names = csr.getExtension(SUBJECT_ALTERNATIVE_NAME);
  const attributes = attributeExtension(identity.attributes, request.attributes);
  const pem = await issueCertificate(authority.issuer, {
    subject: subjectFor(csr, identity),
    publicKey: Buffer.from(csr.publicKey.rawData),
    now: authority.clock(),
    days: authority.certificateDays,
    usages: tls ? TLS_USAGES : [x509.KeyUsageFlags.digitalSignature],
    extensions: [
      ...(tls
        ? [
            new x509.ExtendedKeyUsageExtension([
              x509.ExtendedKeyUsage.serverAuth,
              x509.ExtendedKeyUsage.clientAuth,
            ]),
          ]
        : []),
      ...(names ? [names] : []),
      ...(attributes ? [attributes] : []),
    ],
  });
  const issued = new x509.X509Certificate(pem);
  return {
    serial: canonicalHex(issued.serialNumber),
    aki: authorityKeyIdentifier(authority),
    id: identity.id,
    pem,
    notAfter: issued.notAfter.toISOString(),
  };
}

const TLS_USAGES = [
  x509.KeyUsageFlags.digitalSignature,
  x509.KeyUsageFlags.keyEncipherment,
  x509.KeyUsageFlags.keyAgreement,
];

const identifiers = new WeakMap<Authority['issuer'], string>();

/** The key identifier of the authority, as it stands in what it issues and in revocation requests. */
export function authorityKeyIdentifier({ issuer }: Pick<Authority, 'issuer'>): string {
  const known =
    identifiers.get(issuer) ?? canonicalHex(subjectKeyIdentifier(new x509.X509Certificate(issuer.cert)));
  identifiers.set(issuer, known);
  return known;
}

async function readRequest(pem: string): Promise<x509.Pkcs10CertificateRequest> {
  if (!/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(pem)) {
    throw new CaError(400, CODES.badRequestForCertificate, 'CSR Decode failed');
  }
  let csr: x509.Pkcs10CertificateRequest;
  try {
    csr = new x509.Pkcs10CertificateRequest(pem.replaceAll(' NEW ', ' '));
    requireP256(Buffer.from(csr.publicKey.rawData));
    if (await csr.verify()) return csr;
  } catch (error) {
    throw new CaError(400, CODES.badRequestForCertificate, `CSR parsing failed: ${(error as Error).message}`);
  }
  throw new CaError(400, CODES.badRequestForCertificate, 'The signature of the CSR does not hold');
}

/** Fabric's members accept no other curve. */
function requireP256(publicKey: Buffer): void {
  const { asymmetricKeyDetails } = createPublicKey({ key: publicKey, type: 'spki', format: 'der' });
  if (asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('the key is not of the curve P-256');
}

function requireOwnName(csr: x509.Pkcs10CertificateRequest, { id }: Identity): void {
  const [name] = csr.subjectName.getField('CN');
  if (name !== id) {
    throw new CaError(403, CODES.commonName, 'The CSR subject common name must equal the enrollment ID');
  }
}

function isTls(profile: string): boolean {
  if (profile === '' || profile === 'tls') return profile === 'tls';
  throw new CaError(500, CODES.unknown, `Invalid profile: '${profile}'`);
}

/** How many characters Fabric CA lets a field have. */
const FIELDS: readonly (readonly [name: string, limit: number])[] = [
  ['C', 2],
  ['O', 64],
  ['OU', 64],
  ['L', 128],
  ['ST', 128],
];

/** The request's own country, organisation and place; the units are the identity's type and affiliation, whatever it asks for. */
function subjectFor(csr: x509.Pkcs10CertificateRequest, { id, type, affiliation }: Identity): Subject {
  const units = [type, ...affiliation.split('.')].filter((unit) => unit !== '');
  const fields = FIELDS.map(([name, limit]) => {
    const values = name === 'OU' ? units : csr.subjectName.getField(name);
    const long = values.find((value) => value.length > limit);
    if (long !== undefined) {
      throw new CaError(
        400,
        CODES.fieldTooLong,
        `CSR input validation failed: ${name} '${long}' exceeds ${limit} characters`,
      );
    }
    return { [name]: inSetOrder(values) };
  });
  return [
    ...fields.filter((field) => Object.values(field).some((values) => values.length > 0)),
    { CN: [id] },
  ];
}

/** DER wants the members of a set in the order of their encodings: the shorter first. */
function inSetOrder(values: readonly string[]): string[] {
  return [...values].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

function attributeExtension(
  owned: readonly Attribute[],
  requested: readonly AttributeRequest[] | undefined,
): x509.Extension | undefined {
  const wanted = requested ?? owned.filter(({ ecert }) => ecert);
  if (!requested && wanted.length === 0) return undefined;
  const values = new Map(owned.map(({ name, value }) => [name, value]));
  const missing = wanted.filter((one) => !values.has(one.name) && !('optional' in one && one.optional));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(' ');
    throw new CaError(
      500,
      CODES.unknown,
      `Failed to find requested attributes: The following required attributes are missing: [${names}]`,
    );
  }
  const names = [...new Set(wanted.map(({ name }) => name))].filter((name) => values.has(name)).sort();
  const json = JSON.stringify({ attrs: Object.fromEntries(names.map((name) => [name, values.get(name)])) });
  return new x509.Extension(ATTRIBUTE_EXTENSION, false, Uint8Array.from(Buffer.from(escaped(json), 'utf8')));
}

/** Go writes these characters of JSON as escapes, and so the bytes in a certificate are the same. */
function escaped(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
