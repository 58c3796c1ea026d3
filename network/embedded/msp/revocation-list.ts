import 'reflect-metadata';
import { verify, type X509Certificate } from 'node:crypto';
import { X509Crl } from '@peculiar/x509';
import { elementAt } from './der.js';
import { IdentityError } from './identity.js';

/** Serial numbers that a CA has revoked. */
export interface RevocationList {
  /** Raw DER of the CA certificate that signed it. */
  readonly issuer: X509Certificate;
  /** Upper-case hexadecimal without leading zeros. */
  readonly serials: ReadonlySet<string>;
}

/**
 * Opens a revocation list and verifies that one of these CAs has signed it.
 *
 * @throws IdentityError when it cannot be read or none has.
 */
export function readRevocationList(
  list: string | Uint8Array,
  authorities: readonly X509Certificate[],
): RevocationList {
  let crl;
  try {
    crl = new X509Crl(typeof list === 'string' ? list : Buffer.from(list));
  } catch {
    throw new IdentityError('The revocation list cannot be read');
  }
  const der = Buffer.from(crl.rawData);
  const issuer = authorities.find((authority) => hasSigned(authority, der));
  if (issuer === undefined)
    throw new IdentityError('No CA of the organisation has signed the revocation list');
  return { issuer, serials: new Set(crl.entries.map(({ serialNumber }) => canonicalSerial(serialNumber))) };
}

/** Serial numbers are compared without leading zeros and in one case. */
export function canonicalSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '');
}

/** CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue BIT STRING }. */
function hasSigned(authority: X509Certificate, der: Buffer): boolean {
  try {
    const tbs = elementAt(der, elementAt(der, 0).content);
    const bits = elementAt(der, elementAt(der, tbs.end).end);
    const signature = der.subarray(bits.content + 1, bits.end);
    const hash = authority.publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    return verify(hash, der.subarray(tbs.start, tbs.end), authority.publicKey, signature);
  } catch {
    return false;
  }
}
