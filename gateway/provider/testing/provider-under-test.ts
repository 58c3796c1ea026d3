import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';

/** As much of the package `oidc-provider` as a test needs. */
interface Provider {
  callback(): RequestListener;
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

export const clientId = 'pledgeonce';
const keyId = 'tests';
export const clientSecret = 'secret-of-the-gateway';

/** A real OpenID provider on this machine: whoever signs in is who they say, with any password. */
export class ProviderUnderTest {
  readonly #server: Server;
  readonly issuer: string;
  #provider: RequestListener | undefined;
  /** Signs what the provider says of itself; its public part is shown where providers show their keys. */
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** Names under which accounts are known; by default their id. */
  readonly names = new Map<string, string>();

  private constructor(server: Server, issuer: string) {
    this.#server = server;
    this.issuer = issuer;
  }

  /** Its address is known at once; it answers when it {@link serve}s. @param host as which it is known. */
  static async open(host: '127.0.0.1' | 'localhost' = '127.0.0.1'): Promise<ProviderUnderTest> {
    const server = createServer((request, response) => {
      if (opened.#provider === undefined) response.writeHead(503).end();
      else opened.#provider(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const opened = new ProviderUnderTest(server, `http://${host}:${port}`);
    return opened;
  }

  /** @param gatewayUrl whose callback it sends browsers to. */
  async serve(gatewayUrl: string): Promise<void> {
    const name = 'oidc-provider';
    const { default: Made } = (await import(name)) as { default: ProviderClass };
    const { names } = this;
    // It warns that it is no provider for production.
    const { warn } = console;
    console.warn = () => undefined;
    const provider = new Made(this.issuer, {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [`${gatewayUrl}/sign-in/provider/callback`],
        },
      ],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { openid: ['sub', 'preferred_username'] },
      cookies: { keys: ['tests'] },
      jwks: {
        keys: [{ ...this.#keys.privateKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'RS256' }],
      },
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: names.get(id) ?? id }),
      }),
    });
    this.#provider = provider.callback();
    console.warn = warn;
  }

  /** What this provider sends when an account has been signed out: signed by the key that it shows. */
  async logoutToken(sub: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    return new SignJWT({ iss: this.issuer, aud: clientId, jti: randomUUID(), sub, events, ...more })
      .setProtectedHeader({ alg: 'RS256', kid: keyId, typ: 'logout+jwt' })
      .setIssuedAt(typeof more['iat'] === 'number' ? more['iat'] : undefined)
      .sign(this.#keys.privateKey);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
