import 'reflect-metadata';
import { type KeyObject, createHash, createPublicKey, sign } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  KeyUsage,
  KeyUsageFlags,
  Name,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_serverAuth,
} from '@peculiar/asn1-x509';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import * as x509 from '@peculiar/x509';
import { type Subject, newSerial, validity } from './issue.js';

const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
/** A point on P-256, uncompressed: the end of its public key. */
const pointBytes = 65;

/** What every root may do: sign certificates and revocation lists, and be a TLS client or server, as Fabric CA's roots may. */
const usages = [
  extension(
    id_ce_keyUsage,
    new KeyUsage(
      KeyUsageFlags.digitalSignature |
        KeyUsageFlags.keyEncipherment |
        KeyUsageFlags.keyCertSign |
        KeyUsageFlags.cRLSign,
    ),
    true,
  ),
  extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_clientAuth, id_kp_serverAuth])),
  extension(id_ce_basicConstraints, new BasicConstraints({ cA: true }), true),
];

/**
 * Signs the certificate of a root: it may sign certificates and revocation lists. Fabric finds roots by the key identifier.
 * All roots have one form, so it is put together from the library's structures and signed by Node: the library's generator,
 * made for any certificate and any key, takes several times as long, and a consortium may begin with hundreds of members.
 *
 * @param key on P-256.
 * @returns PEM with one trailing line feed.
 */
export function issueRoot(subject: Subject, key: KeyObject, now: Date, days: number): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const name = AsnConvert.parse(new x509.Name([...subject]).toArrayBuffer(), Name);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: bytesOf(Buffer.from(newSerial(), 'hex')),
    signature: ecdsaWithSha256,
    issuer: name,
    validity: new Validity(validity(now, days)),
    subject: name,
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
    extensions: new Extensions([...usages, keyIdentifier(publicKey.subarray(-pointBytes))]),
  });
  const certified = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const signature = toLowSDer(sign('sha256', certified, { key, dsaEncoding: 'ieee-p1363' }));
  const certificate = AsnConvert.serialize(
    new Certificate({
      tbsCertificate,
      signatureAlgorithm: ecdsaWithSha256,
      signatureValue: bytesOf(signature),
    }),
  );
  return `${x509.PemConverter.encode(certificate, 'CERTIFICATE')}\n`;
}

/** The extension that names the key, by RFC 7093 section 2 method 4: SHA-256 of the uncompressed point. */
function keyIdentifier(point: Uint8Array): Extension {
  const digest = createHash('sha256').update(point).digest();
  return extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(bytesOf(digest)));
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function bytesOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
