import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import type { Pkcs11Token } from './pkcs11-token.js';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * A fresh key in the token, and the request to certify it.
 *
 * @returns the request as PEM, and the name of the key in the place of the key itself.
 */
export async function tokenRequest(
  name: string,
  token: Pick<Pkcs11Token, 'makeKey' | 'sign'>,
): Promise<{ csr: string; privateKey: string }> {
  const { subtle } = webcrypto;
  const { reference, publicKey } = await token.makeKey();
  const known = await subtle.importKey('spki', publicKey, algorithm, true, ['verify']);
  const request = await Pkcs10CertificateRequestGenerator.create(
    {
      name: [{ CN: [name] }],
      // What stands for the private key is only asked for its algorithm: the token signs.
      keys: { publicKey: known, privateKey: known },
      signingAlgorithm: algorithm,
    },
    {
      ...webcrypto,
      subtle: {
        exportKey: (format: 'spki', key: webcrypto.CryptoKey) => subtle.exportKey(format, key),
        sign: async (_algorithm: unknown, _key: unknown, data: ArrayBuffer) => {
          const signature = await token.sign(reference, new Uint8Array(data));
          return Uint8Array.from(signature).buffer;
        },
      },
    },
  );
  return { csr: request.toString('pem'), privateKey: reference };
}
