import 'reflect-metadata';
import { type KeyObject, createHash, createPublicKey, sign } from 'node:crypto';
import { encodeElement, encodeInteger } from '@pledgeonce/chaincode/der.js';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import * as x509 from '@peculiar/x509';
import { type Subject, newSerial, validity } from './issue.js';

const tags = { sequence: 0x30, bitString: 0x03, octetString: 0x04, utcTime: 0x17, generalizedTime: 0x18 };
const hex = (text: string) => Buffer.from(text, 'hex');
const sequence = (...parts: readonly Uint8Array[]) => encodeElement(tags.sequence, Buffer.concat(parts));

const version3 = hex('a003020102');
const ecdsaWithSha256 = hex('300a06082a8648ce3d040302');
/** Of a public key on P-256, before the point. */
const publicKeyHead = hex('3059301306072a8648ce3d020106082a8648ce3d030107034200');
const uncompressed = Buffer.of(4);
/** From this year on times have four digits for it (RFC 5280). */
const longYears = 2050;

/** What every root may do: sign certificates and revocation lists, and be a TLS client or server, as Fabric CA's roots may. */
const usages = [
  hex('300e0603551d0f0101ff0404030201a6'),
  hex('301d0603551d250416301406082b0601050507030206082b06010505070301'),
  hex('300f0603551d130101ff040530030101ff'),
];

/**
 * Signs the certificate of a root: it may sign certificates and revocation lists. Fabric finds roots by the key identifier.
 * All roots have one form, so it is written here and not by the X.509 library, which takes twenty times as long: a
 * consortium may begin with hundreds of members.
 *
 * @param key on P-256.
 * @returns PEM with one trailing line feed.
 */
export function issueRoot(subject: Subject, key: KeyObject, now: Date, days: number): string {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const point = Buffer.concat([uncompressed, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  const { notBefore, notAfter } = validity(now, days);
  const name = new Uint8Array(new x509.Name([...subject]).toArrayBuffer());
  const certified = sequence(
    version3,
    encodeInteger(hex(newSerial())),
    ecdsaWithSha256,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    Buffer.concat([publicKeyHead, point]),
    encodeElement(0xa3, sequence(...usages, keyIdentifier(point))),
  );
  const signature = toLowSDer(sign('sha256', certified, { key, dsaEncoding: 'ieee-p1363' }));
  const signed = encodeElement(tags.bitString, Buffer.concat([Buffer.of(0), signature]));
  const lines =
    sequence(certified, ecdsaWithSha256, signed)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** The extension that names the key, by RFC 7093 section 2 method 4: SHA-256 of the uncompressed point. */
function keyIdentifier(point: Buffer): Buffer {
  const digest = createHash('sha256').update(point).digest();
  const value = encodeElement(tags.octetString, encodeElement(tags.octetString, digest));
  return sequence(hex('0603551d0e'), value);
}

function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/\.\d+|[-:T]/g, '');
  const isLong = at.getUTCFullYear() >= longYears;
  return encodeElement(
    isLong ? tags.generalizedTime : tags.utcTime,
    Buffer.from(isLong ? digits : digits.slice(2), 'latin1'),
  );
}
