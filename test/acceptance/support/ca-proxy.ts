import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnectionProfile } from '@pledgeonce/gateway/ledger/connection-profile.js';
import type { StackDescription } from '@pledgeonce/scripts/stack/description.js';

/** Stands between one gateway and its certificate authority, and can take the authority away. */
export class CaProxy {
  readonly #server: Server;
  readonly #folder: string;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(server: Server, folder: string) {
    this.#server = server;
    this.#folder = folder;
  }

  static async start(stack: StackDescription, msp: string): Promise<CaProxy> {
    const profile = await readConnectionProfile(stack.discovery);
    const { ca } = profile.organisations.find(({ mspId }) => mspId === msp) ?? {};
    if (ca === undefined) throw new Error(`The network has no organisation ${msp}.`);
    const target = Number(new URL(ca.url).port);
    const server = createServer();
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-proxy-'));
    const proxy = new CaProxy(server, folder);
    server.on('connection', (incoming) => {
      proxy.#pass(incoming, target);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const organisations = profile.organisations.map((one) =>
      one.mspId === msp ? { ...one, ca: { ...one.ca, url: `https://localhost:${port}` } } : one,
    );
    writeFileSync(proxy.connection, JSON.stringify({ ...profile, organisations }));
    return proxy;
  }

  /** The connection profile that leads through here. */
  get connection(): string {
    return join(this.#folder, 'connection.json');
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
  }

  stop(): void {
    this.cut();
    this.#server.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #pass(incoming: Socket, port: number): void {
    if (this.#isCut) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(port, '127.0.0.1');
    for (const socket of [incoming, outgoing]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        incoming.destroy();
        outgoing.destroy();
      });
    }
    incoming.pipe(outgoing).pipe(incoming);
  }
}
