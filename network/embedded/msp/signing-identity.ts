import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { msp } from '@hyperledger/fabric-protos';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { IdentityError, type SigningIdentity } from './identity.js';

/** Encodes who somebody is, as it appears in headers and endorsements. */
export function serializeIdentity(mspId: string, certificate: string): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  return identity.serializeBinary();
}

/**
 * Opens a certificate (PEM) with its private key (PKCS #8 PEM).
 *
 * @throws IdentityError when they do not belong together.
 */
export function openSigningIdentity(mspId: string, certificate: string, privateKey: string): SigningIdentity {
  const key = createPrivateKey(privateKey);
  if (!new X509Certificate(certificate).checkPrivateKey(key)) {
    throw new IdentityError(`The private key is not that of the certificate of ${mspId}`);
  }
  const serialized = serializeIdentity(mspId, certificate);
  if (key.asymmetricKeyType === 'ed25519') {
    return { mspId, serialized, sign: (message) => sign(null, message, key) };
  }
  return {
    mspId,
    serialized,
    sign: (message) => toLowSDer(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' })),
  };
}
