import { webcrypto } from 'node:crypto';
import { SignJWT, exportJWK } from 'jose';
import { newKeys } from '../../doors/testing/tls-authority.js';
import type { PublicJwk } from '../machine-record.js';

type Keys = webcrypto.CryptoKeyPair;

/** A program that holds a key, as the ones that use the gateway. */
export class MachineClient {
  private constructor(
    readonly id: string,
    readonly keys: Keys,
    readonly jwk: PublicJwk,
  ) {}

  static async of(id: string): Promise<MachineClient> {
    const keys = await newKeys();
    const { x = '', y = '' } = await exportJWK(keys.publicKey);
    return new MachineClient(id, keys, { kty: 'EC', crv: 'P-256', x, y });
  }

  /** An assertion for an address; what is given replaces what an honest one says. */
  assertion(
    audience: string,
    more: Readonly<Record<string, unknown>> = {},
    signedBy = this.keys,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const said = {
      iss: this.id,
      sub: this.id,
      aud: audience,
      iat: now,
      exp: now + 60,
      jti: webcrypto.randomUUID(),
      ...more,
    };
    return new SignJWT(said).setProtectedHeader({ alg: 'ES256' }).sign(signedBy.privateKey);
  }
}
