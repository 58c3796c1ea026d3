import { X509Certificate, verify } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { profile } from './network.js';

/** Checks an ECDSA signature over SHA-256, as Fabric's identities sign. */
export function signedBy(
  certificate: string,
  signature: Uint8Array,
  ...parts: readonly Uint8Array[]
): boolean {
  return verify('sha256', Buffer.concat(parts), new X509Certificate(certificate).publicKey, signature);
}

/** Whether one of the certificate authorities that the connection profile gives for the organisation issued it. */
export function issuedBy(mspId: string, certificate: string): boolean {
  const organisation = profile.organisations.find((one) => one.mspId === mspId);
  const roots =
    organisation?.rootCerts.match(/-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g) ?? [];
  const subject = new X509Certificate(certificate);
  return roots.some((root) => subject.verify(new X509Certificate(root).publicKey));
}

/** The organisation and the certificate of a serialised identity. */
export function readIdentity(bytes: Uint8Array): { mspId: string; certificate: string } {
  const identity = msp.SerializedIdentity.deserializeBinary(bytes);
  return {
    mspId: identity.getMspid(),
    certificate: Buffer.from(identity.getIdBytes_asU8()).toString('utf8'),
  };
}
