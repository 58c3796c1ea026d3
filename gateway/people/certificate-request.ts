import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * A fresh P-256 key pair, and the request to certify it.
 *
 * @returns both as PEM, the key in PKCS #8.
 */
export async function certificateRequest(name: string): Promise<{ csr: string; privateKey: string }> {
  const { subtle } = webcrypto;
  const keys = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [name] }],
    keys,
    signingAlgorithm: algorithm,
  });
  const privateKey = PemConverter.encode(await subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { csr: request.toString('pem'), privateKey };
}
