import { verify, type X509Certificate } from 'node:crypto';
import { elementAt, elementsIn, type Element } from './der.js';
import { IdentityError } from './identity.js';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const TIMES: readonly number[] = [0x17, 0x18];

/** Serial numbers that a CA has revoked. */
export interface RevocationList {
  /** The CA that signed it. */
  readonly issuer: X509Certificate;
  /** In the form of {@link canonicalSerial}. */
  readonly serials: ReadonlySet<string>;
}

/**
 * Opens a revocation list (RFC 5280, section 5) and verifies that one of these CAs has signed it.
 *
 * @throws IdentityError when it cannot be read or none has.
 */
export function readRevocationList(
  list: string | Uint8Array,
  authorities: readonly X509Certificate[],
): RevocationList {
  const der = toDer(list);
  let parts;
  try {
    parts = openList(der);
  } catch {
    throw new IdentityError('The revocation list cannot be read');
  }
  const { tbs, signature, serials } = parts;
  const issuer = authorities.find(({ publicKey }) =>
    verify(publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', tbs, publicKey, signature),
  );
  if (issuer === undefined)
    throw new IdentityError('No CA of the organisation has signed the revocation list');
  return { issuer, serials };
}

/** Serial numbers are compared in upper-case hexadecimal without leading zeros. */
export function canonicalSerial(serial: string): string {
  return serial.toUpperCase().replace(/^0+(?=.)/, '');
}

function toDer(list: string | Uint8Array): Buffer {
  const text = typeof list === 'string' ? list : Buffer.from(list).toString('latin1');
  const [, base64] = /-----BEGIN (?:X509 )?CRL-----([^-]+)-----END/.exec(text) ?? [];
  return base64 === undefined ? Buffer.from(list) : Buffer.from(base64, 'base64');
}

/** CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signatureValue }. */
function openList(der: Buffer) {
  const [tbs, , bits] = elementsIn(der, expect(elementAt(der, 0), SEQUENCE));
  if (bits?.tag !== BIT_STRING) throw new RangeError('The list has no signature');
  return {
    tbs: der.subarray(tbs?.start, tbs?.end),
    signature: der.subarray(bits.content + 1, bits.end),
    serials: serialsOf(der, expect(tbs, SEQUENCE)),
  };
}

/**
 * TBSCertList ::= SEQUENCE { version?, signature, issuer, thisUpdate, nextUpdate?, revokedCertificates?, … }: the
 * revoked ones are the sequence, if there is one, that follows the times.
 */
function serialsOf(der: Buffer, tbs: Element): Set<string> {
  const fields = elementsIn(der, tbs);
  const first = fields.findIndex(({ tag }) => TIMES.includes(tag));
  if (first < 0) throw new RangeError('The list has no time');
  const revoked = fields.slice(first).find(({ tag }) => !TIMES.includes(tag));
  if (revoked?.tag !== SEQUENCE) return new Set();
  return new Set(
    elementsIn(der, revoked).map((entry) => {
      const serial = expect(elementsIn(der, entry)[0], INTEGER);
      return canonicalSerial(der.toString('hex', serial.content, serial.end));
    }),
  );
}

function expect(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new RangeError('The list is not one of RFC 5280');
  return element;
}
