import { createPrivateKey, sign } from 'node:crypto';
import { hash, signers } from '@hyperledger/fabric-gateway';
import type { Hash, Signer } from '@hyperledger/fabric-gateway';
import { toLowSDer } from '@pledgeonce/chaincode/low-s.js';
import { isReference } from '../tokens/key-reference.js';
import type { Pkcs11Token } from '../tokens/pkcs11-token.js';

/** How somebody signs transactions: what of a message the signer is given, and what it makes of it. */
export interface Signing {
  readonly hash: Hash;
  readonly signer: Signer;
}

/**
 * Signs with Node's own cryptography, in a tenth of the time that the library's JavaScript takes. Keys of another curve
 * than Fabric's usual one are left to the library.
 *
 * @param privateKey PEM
 */
export function signingWith(privateKey: string): Signing {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    return { hash: hash.sha256, signer: signers.newPrivateKeySigner(key) };
  }
  return {
    hash: hash.none,
    signer: (message) =>
      Promise.resolve(toLowSDer(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }))),
  };
}

/**
 * How keys sign where some of them lie in a token.
 *
 * @param token Absent where none is configured.
 * @throws Error for a key in a token where there is none.
 */
export function signingBy(token: Pick<Pkcs11Token, 'sign'> | undefined): (privateKey: string) => Signing {
  return (privateKey) => {
    if (!isReference(privateKey)) return signingWith(privateKey);
    if (token === undefined) throw new Error('This key lies in a token, and the configuration names none.');
    return {
      hash: hash.none,
      signer: async (message) => toLowSDer(await token.sign(privateKey, message)),
    };
  };
}
