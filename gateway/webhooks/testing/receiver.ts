import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The other end of a webhook: a server on this machine that remembers what it was sent. */
export class Receiver {
  readonly received: Received[] = [];
  /** What it answers to the next messages. */
  answer: (message: Received) => number | 'nothing' = () => 204;
  /** What stands in its answers besides. */
  answerHeaders: Readonly<Record<string, string>> = {};
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const message = { path: request.url ?? '', headers: request.headers, body };
        receiver.received.push(message);
        const status = receiver.answer(message);
        if (status === 'nothing') request.socket.destroy();
        else
          response
            .writeHead(status, { Location: `${receiver.url}/elsewhere`, ...receiver.answerHeaders })
            .end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The events that it was told of, in the order in which they came. */
  get events(): string[] {
    return this.received.map(({ body }) => (JSON.parse(body) as { data: { event: string } }).data.event);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** Verifies a message as a receiver does, by Standard Webhooks 1.0 and nothing of ours. */
export function isSignedWith(publicKey: string, { headers, body }: Received): boolean {
  const x = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  // Several stand side by side while keys change: one that fits is enough.
  const signatures = String(headers['webhook-signature']).split(' ');
  return signatures.some((one) =>
    verify(null, Buffer.from(signed), key, Buffer.from(one.replace(/^v1a,/, ''), 'base64')),
  );
}
