import type { KeyObject, X509Certificate } from 'node:crypto';

/** What an identity's node organisational unit says it is. */
export type Role = 'client' | 'peer' | 'admin' | 'orderer';

/** Somebody's certificate, opened once. Whether it can be trusted is what {@link Msps.validate} says. */
export interface Identity {
  readonly mspId: string;
  /** Serialized `msp.SerializedIdentity`, as it was given. */
  readonly serialized: Uint8Array;
  readonly certificate: X509Certificate;
  readonly publicKey: KeyObject;
  /** By NodeOU; undefined when the certificate names none or several. */
  readonly role: Role | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** One per certificate in a process; a short key for caches. */
  readonly id: number;
}

/** An identity that cannot be used, and why. The message says no more than the certificate does. */
export class IdentityError extends Error {
  override readonly name: string = 'IdentityError';
}

/** A certificate that no CA of its alleged organisation has issued: to Fabric no identity at all. */
export class UnknownIssuerError extends IdentityError {
  override readonly name = 'UnknownIssuerError';
}

/** The identities of all organisations of a channel. */
export interface Msps {
  readonly mspIds: readonly string[];
  /**
   * Opens a serialized identity; bounded memo, so that a certificate is parsed once.
   *
   * @throws IdentityError when it is no certificate of a known organisation.
   */
  identity(serialized: Uint8Array): Identity;
  /**
   * Checks that the certificate chains to its organisation's root, is not revoked, is no CA and has one role.
   * Expiry is not looked at, so that a block is judged alike at any time, as in Fabric.
   *
   * @throws IdentityError
   */
  validate(identity: Identity): void;
  /** True once the certificate has run out at this time, in milliseconds since the epoch. */
  expired(identity: Identity, at: number): boolean;
  /**
   * Verifies an ECDSA P-256 (low-S DER, over SHA-256) or Ed25519 signature. Verifications that succeeded are
   * remembered, within bounds: client, orderer and every validation ask for the same ones again.
   */
  verify(identity: Identity, message: Uint8Array, signature: Uint8Array): boolean;
  /** Whose a valid identity is: its MSP, and where several members share that, the authority of one of them. */
  holderOf(identity: Identity): string;
  /**
   * Trusts further root certificates (PEM) of an organisation from now on.
   *
   * @throws IdentityError when they cannot be read.
   */
  addRoots(mspId: string, rootCerts: string): void;
  /**
   * Takes a revocation list (PEM or DER) of an organisation's CA into use from now on.
   *
   * @throws IdentityError when none of the organisation's CAs has signed it.
   */
  addRevocationList(mspId: string, list: string | Uint8Array): void;
}

/** A key with its certificate: signs as a peer, an orderer or an admin. */
export interface SigningIdentity {
  readonly mspId: string;
  readonly serialized: Uint8Array;
  /** Signs the message's SHA-256 with ECDSA, low S, DER (or the message itself with Ed25519). */
  sign(message: Uint8Array): Buffer;
}
