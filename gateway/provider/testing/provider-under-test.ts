import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of the package `oidc-provider` as a test needs. */
interface Provider {
  callback(): RequestListener;
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

export const clientId = 'pledgeonce';
export const clientSecret = 'secret-of-the-gateway';

/** A real OpenID provider on this machine: whoever signs in is who they say, with any password. */
export class ProviderUnderTest {
  readonly #server: Server;
  readonly issuer: string;
  #provider: RequestListener | undefined;
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
      ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      findAccount: (_context: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, preferred_username: names.get(id) ?? id }),
      }),
    });
    this.#provider = provider.callback();
    console.warn = warn;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
