import {
  type KeyObject,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  webcrypto,
} from 'node:crypto';

export const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const;
/** How every certificate and revocation list of the network is signed. */
export const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A new P-256 private key. */
export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: EC.namedCurve }).privateKey;
}

/** PKCS#8 PEM, the only form that Fabric's programs read. */
export function keyToPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A private key as the key folders keep it. */
export function keyFromPem(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** The same private key for WebCrypto. */
export async function signingKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), EC, false, [
    'sign',
  ]);
}

/** The public half (SubjectPublicKeyInfo, DER) of a private key. */
export function publicKeyOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}
