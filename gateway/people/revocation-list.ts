import 'reflect-metadata';
import { PemConverter, X509Certificate, X509Crl } from '@peculiar/x509';
import { Kept } from '../kept.js';
import { canonicalSerial } from './certificate.js';

/** A list that this organisation's certificate authority did not sign, or no list at all. */
export class RevocationListError extends Error {
  override readonly name = 'RevocationListError';
}

export interface RevocationList {
  readonly serials: readonly string[];
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/**
 * Reads a revocation list, PEM or DER, and checks who signed it: the list proves itself, so whoever brings it needs no
 * secret.
 *
 * @param roots Certificates of the authorities that may sign it, PEM, one after the other.
 * @throws RevocationListError
 */
export async function readRevocationList(list: string | Uint8Array, roots: string): Promise<RevocationList> {
  const crl = parse(list);
  for (const root of parsedRoots.of(roots, () => parseRoots(roots))) {
    if (root.subject !== crl.issuer) continue;
    if (await crl.verify({ publicKey: root })) {
      return {
        serials: crl.entries.map(({ serialNumber }) => canonicalSerial(serialNumber)),
        madeAt: crl.thisUpdate.getTime(),
      };
    }
  }
  throw new RevocationListError("The organisation's certificate authority has not signed this list.");
}

/** Each round of questions brings a list under the same roots. */
const parsedRoots = new Kept<readonly X509Certificate[]>(100);

function parseRoots(roots: string): X509Certificate[] {
  return PemConverter.decode(roots).map((raw) => new X509Certificate(raw));
}

function parse(list: string | Uint8Array): X509Crl {
  try {
    return new X509Crl(typeof list === 'string' ? list : Buffer.from(list));
  } catch (error) {
    throw new RevocationListError('This is no revocation list.', { cause: error });
  }
}
