import { X509Certificate } from 'node:crypto';
import { Certificate as ParsedCertificate } from '@fidm/x509';

/**
 * Reads the certificate of a certificate authority (PEM) that issues the certificates of an organisation's people itself:
 * a root, since Fabric takes no chain but the one that ends at what the MSP trusts.
 *
 * @returns one spelling of the PEM, whatever stood around it and however its lines were broken, and the identifier of its key;
 *   undefined for what is none: an intermediate, somebody's own certificate, a key that Fabric does not take, or no key
 *   identifier by which to find it.
 */
export function readAuthorityCertificate(
  pem: string,
): { readonly authority: string; readonly identifier: string } | undefined {
  const certificate = parse(pem);
  if (certificate?.ca !== true || !isSupported(certificate)) return undefined;
  if (!certificate.checkIssued(certificate) || !certificate.verify(certificate.publicKey)) return undefined;
  const authority = certificate.toString();
  const identifier = keyIdentifierOf(authority);
  return identifier === undefined ? undefined : { authority, identifier };
}

/** The identifier that an authority's certificate (PEM) gives its key, hexadecimal; undefined where it gives none. */
export function keyIdentifierOf(pem: string): string | undefined {
  return identifier(pem, 'subjectKeyIdentifier');
}

/** The identifier of the key by which a certificate (PEM) says that it is signed, hexadecimal. Anybody can write any. */
export function issuerKeyIdentifierOf(pem: string): string | undefined {
  return identifier(pem, 'authorityKeyIdentifier');
}

/** Whether the key of this authority has signed the certificate (PEM both), and the certificate is no authority's itself. */
export function isIssuedBy(pem: string, authority: string): boolean {
  const certificate = parse(pem);
  const issuer = parse(authority);
  return certificate?.ca === false && issuer !== undefined && certificate.verify(issuer.publicKey);
}

function identifier(
  pem: string,
  which: 'subjectKeyIdentifier' | 'authorityKeyIdentifier',
): string | undefined {
  try {
    const found = ParsedCertificate.fromPEM(Buffer.from(pem))[which];
    return found === '' ? undefined : found;
  } catch {
    return undefined;
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isSupported({ publicKey }: X509Certificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey;
  return asymmetricKeyType === 'ed25519' || asymmetricKeyDetails?.namedCurve === 'prime256v1';
}
