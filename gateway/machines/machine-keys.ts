import { createPublicKey } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { MachineError } from './machine-error.js';
import type { PublicJwk } from './machine-record.js';

/** What assertions are signed with; no secret that both sides know, and no `none`. */
export const signingAlgorithms = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const;

const fewestRsaBits = 2_048;

/**
 * The name of a key, which follows from the key.
 *
 * @throws MachineError when it is no key, or one that is too short.
 */
export async function kidOf(jwk: PublicJwk): Promise<string> {
  try {
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const { modulusLength = fewestRsaBits } = key.asymmetricKeyDetails ?? {};
    if (modulusLength < fewestRsaBits) throw new MachineError('key');
    return await calculateJwkThumbprint({ ...jwk });
  } catch (error) {
    if (error instanceof MachineError) throw error;
    throw new MachineError('key', { cause: error });
  }
}

/** The name of the key in a certificate that a client has shown. */
export function kidOfCertificate(certificate: X509Certificate): Promise<string> {
  return calculateJwkThumbprint(certificate.publicKey.export({ format: 'jwk' }));
}
