import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import { Extension, X509CertificateGenerator } from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * A certificate that says nothing but a name, and whom the person acts for.
 *
 * @param more The role, and from when until when it holds: a year from now unless given.
 */
export async function certificateOf(
  name: string,
  uscc?: string,
  { role, ...life }: { readonly role?: string; readonly notBefore?: Date; readonly notAfter?: Date } = {},
): Promise<string> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const attrs = JSON.stringify({ attrs: { uscc, role } });
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys,
    ...life,
    signingAlgorithm: algorithm,
    extensions:
      uscc === undefined && role === undefined
        ? []
        : [new Extension('1.2.3.4.5.6.7.8.1', false, Buffer.from(attrs))],
  });
  return certificate.toString('pem');
}
