import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importPKCS8 } from 'jose';
import type { ClientAuth, Configuration } from 'openid-client';
import { messageOf } from '../message-of.js';
import { NotIdentifiedError } from './not-identified.js';
import { LogoutTokens } from './logout-token.js';
import type { ProviderConfig } from './provider-config.js';

/** Where the provider sends a browser back to, below the gateway's address. */
export const callbackPath = '/sign-in/provider/callback';

/** What has to come back with a browser that was sent to the provider. */
export interface Begun {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Of whom the provider says that they are at the keyboard. */
export interface Identified {
  readonly issuer: string;
  readonly subject: string;
  /** What the provider calls the person whose enrolment id it is. */
  readonly id: string;
}

/** The provider does not answer. */
export class ProviderUnavailableError extends Error {
  override readonly name = 'ProviderUnavailableError';
}

/** The organisation's OpenID Connect provider: authorization code with PKCE, and an ID token that is verified. */
export class IdentityProvider {
  readonly #config: ProviderConfig;
  readonly #publicUrl: () => string;
  #known: Promise<Configuration> | undefined;
  #logouts: LogoutTokens | undefined;

  /** @param publicUrl where browsers reach the gateway. */
  constructor(config: ProviderConfig, publicUrl: () => string) {
    this.#config = config;
    this.#publicUrl = publicUrl;
  }

  /**
   * Where to send the browser, and what has to come back with it.
   *
   * @throws ProviderUnavailableError
   */
  async begin(): Promise<{ readonly address: URL; readonly begun: Begun }> {
    const { scope, acrValues, maxAgeSeconds } = this.#config;
    const oidc = await import('openid-client');
    const provider = await this.#provider();
    const begun = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const address = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: this.#publicUrl() + callbackPath,
      scope,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ...(acrValues !== undefined && { acr_values: acrValues.join(' ') }),
      ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
    });
    return { address, begun };
  }

  /**
   * Takes what came back with the browser to the provider, and verifies what it says.
   *
   * @param path With its query.
   * @throws NotIdentifiedError, ProviderUnavailableError
   */
  async finish(path: string, { state, nonce, verifier }: Begun): Promise<Identified> {
    const { idClaim, acrValues, maxAgeSeconds } = this.#config;
    const oidc = await import('openid-client');
    const provider = await this.#provider();
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(this.#publicUrl() + path), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(maxAgeSeconds !== undefined && { maxAge: maxAgeSeconds }),
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new NotIdentifiedError('no ID token');
      const { acr = 'an unknown way' } = claims as { readonly acr?: unknown };
      if (acrValues !== undefined && !acrValues.some((one) => one === acr)) {
        throw new NotIdentifiedError(`authenticated by ${JSON.stringify(acr)}, which does not count`);
      }
      if (idClaim === 'email' && claims['email_verified'] !== true) {
        throw new NotIdentifiedError('the address is not verified');
      }
      const id = claims[idClaim];
      if (typeof id !== 'string') throw new NotIdentifiedError(`no claim ${idClaim} in the ID token`);
      return { issuer: claims.iss, subject: claims.sub, id };
    } catch (error) {
      if (error instanceof NotIdentifiedError) throw error;
      throw new NotIdentifiedError(messageOf(error, 'not verified'), { cause: error });
    }
  }

  /**
   * Reads what the provider sends when an account has been signed out there.
   *
   * @throws NotIdentifiedError, ProviderUnavailableError
   */
  async signedOut(token: string): Promise<Omit<Identified, 'id'>> {
    const { issuer, jwks_uri: keysAt } = (await this.#provider()).serverMetadata();
    if (keysAt === undefined) throw new NotIdentifiedError('the provider shows no keys');
    this.#logouts ??= new LogoutTokens({ issuer, clientId: this.#config.clientId, keysAt });
    return this.#logouts.read(token);
  }

  /** Asked once for what it is; again only where it did not answer. */
  #provider(): Promise<Configuration> {
    return (this.#known ??= this.#discover().catch((error: unknown) => {
      this.#known = undefined;
      throw new ProviderUnavailableError('The identity provider does not answer.', { cause: error });
    }));
  }

  async #discover(): Promise<Configuration> {
    const oidc = await import('openid-client');
    const { issuer, clientId, maxAgeSeconds } = this.#config;
    const url = new URL(issuer);
    const metadata = maxAgeSeconds === undefined ? {} : { require_auth_time: true };
    return oidc.discovery(url, clientId, metadata, await this.#proof(), {
      // The configuration takes an address without TLS on this machine only.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      execute: url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
    });
  }

  async #proof(): Promise<ClientAuth> {
    const { clientSecretFile, privateKeyFile } = this.#config;
    const oidc = await import('openid-client');
    if (clientSecretFile !== undefined) {
      return oidc.ClientSecretBasic((await readFile(clientSecretFile, 'utf8')).trim());
    }
    if (privateKeyFile === undefined) return oidc.None();
    const pem = await readFile(privateKeyFile, 'utf8');
    const algorithm = createPrivateKey(pem).asymmetricKeyType === 'rsa' ? 'PS256' : 'ES256';
    return oidc.PrivateKeyJwt(await importPKCS8(pem, algorithm));
  }
}
