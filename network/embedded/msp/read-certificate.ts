import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { X509Certificate as X509Fields } from '@peculiar/x509';
import { IdentityError, type Role } from './identity.js';

const ROLES: readonly string[] = ['client', 'peer', 'admin', 'orderer'];

/**
 * Opens a certificate.
 *
 * @throws IdentityError when it cannot be read or its key is of a kind that Fabric does not accept.
 */
export function readCertificate(pem: string | Uint8Array): X509Certificate {
  let certificate;
  try {
    certificate = new X509Certificate(Buffer.from(pem));
  } catch {
    throw new IdentityError('The identity is not an X.509 certificate');
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'ed25519' && asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new IdentityError('The certificate has neither an ECDSA P-256 nor an Ed25519 key');
  }
  return certificate;
}

/** Splits a bundle into its certificates. */
export function readCertificates(bundle: string): X509Certificate[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => readCertificate(pem));
}

/** The node role that the subject's organisational units name; undefined when they name none or several. */
export function roleOf(certificate: X509Certificate): Role | undefined {
  const units = new X509Fields(certificate.raw).subjectName.getField('OU');
  const roles = units.filter((unit): unit is Role => ROLES.includes(unit));
  return roles.length === 1 ? roles[0] : undefined;
}
