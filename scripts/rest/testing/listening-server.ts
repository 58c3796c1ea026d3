import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came over the wire. */
interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server on this machine that keeps what it is sent, and answers as a test says. */
export class ListeningServer {
  readonly seen: Seen[] = [];
  readonly #server: Server;

  private constructor(answer: (response: ServerResponse) => void) {
    this.#server = createServer((request, response) => void this.#serve(request, response, answer));
  }

  static async start(answer: (response: ServerResponse) => void): Promise<ListeningServer> {
    const one = new ListeningServer(answer);
    await new Promise<void>((resolve) => one.#server.listen(0, '127.0.0.1', resolve));
    return one;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Once more does nothing. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    answer: (response: ServerResponse) => void,
  ): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { method = '', url: path = '', headers } = request;
    this.seen.push({ method, path, headers, body });
    answer(response);
  }
}
