import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@pledgeonce/gateway/storage/testing/postgres-server.js';
import type { PostgresServer } from '@pledgeonce/gateway/storage/testing/postgres-server.js';
import { Client, openSession } from '@pledgeonce/scripts/rest/client.js';
import { listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { startChild, stopChild, type RunningChild } from '@pledgeonce/scripts/stack/child.js';
import { organisationOf } from '@pledgeonce/scripts/stack/description.js';
import { writeGatewayConfig } from '@pledgeonce/scripts/stack/gateway-config.js';
import { consortium } from '../../acceptance/support/consortium.js';
import { eventually } from '../../acceptance/support/eventually.js';
import { gatewayMain } from '../../acceptance/support/extra-gateway.js';

const database = 'pledgeonce';

/** What a replica says of itself. */
export interface Readiness {
  readonly status: string;
  readonly role?: string;
  readonly reasons?: readonly string[];
}

/** The gateways of one bank behind one address, each with a folder of its own, and the database that they share. */
export class Replicas {
  readonly #children = new Map<string, RunningChild>();
  readonly #open = new Set<Socket>();
  #turn = 0;

  private constructor(
    readonly msp: string,
    readonly postgres: PostgresServer,
    private readonly folder: string,
    private readonly proxy: Server,
  ) {}

  /** @param names The replicas; the first of them leads. */
  static async start(msp: string, names: readonly string[], limits: object): Promise<Replicas> {
    const postgres = await startPostgres();
    postgres.createDatabase(database);
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-replicas-'));
    const proxy = createServer({ allowHalfOpen: false });
    const replicas = new Replicas(msp, postgres, folder, proxy);
    proxy.on('connection', (socket) => {
      replicas.#connected(socket);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    try {
      for (const name of names) {
        replicas.#configure(name, limits);
        await replicas.run(name);
        await eventually(async () => (await replicas.readiness(name)).status === 'ready');
      }
    } catch (error) {
      await replicas.stop();
      throw error;
    }
    return replicas;
  }

  /** The address before all of them. */
  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  urlOf(name: string): string {
    const child = this.#children.get(name);
    if (child === undefined) throw new Error(`${name} does not run.`);
    return textAt(listAt(child.ready, 'organisations')[0], 'url');
  }

  async readiness(name: string): Promise<Readiness> {
    const response = await fetch(`${this.urlOf(name)}/readyz`);
    return (await response.json()) as Readiness;
  }

  /** The one that leads now. @throws Error where none does. */
  async leader(): Promise<string> {
    for (const name of this.#children.keys()) {
      if ((await this.readiness(name)).role === 'leader') return name;
    }
    throw new Error('No replica leads.');
  }

  async run(name: string): Promise<void> {
    const child = await startChild({
      title: `The replica ${name}`,
      script: gatewayMain,
      args: ['--config', join(this.folder, name, 'gateway.json')],
      logFile: this.#logOf(name),
      env: { PLEDGEONCE_DATABASE: this.postgres.connectionString(database) },
    });
    this.#children.set(name, child);
  }

  /** Ends one without a word. */
  async kill(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (child === undefined) throw new Error(`${name} does not run.`);
    this.#children.delete(name);
    const gone = once(child.process, 'exit');
    child.process.kill('SIGKILL');
    await gone;
  }

  /** Ends one as an upgrade does. */
  async end(name: string): Promise<void> {
    const child = this.#children.get(name);
    if (child === undefined) throw new Error(`${name} does not run.`);
    this.#children.delete(name);
    await stopChild(child.process);
  }

  /** A development person, signed in over the common address. @throws Error when they are refused. */
  async person(who: string, url = this.url): Promise<Client> {
    const { people } = organisationOf(consortium(), this.msp);
    const secret = people.find(({ id }) => id === who)?.secret ?? '';
    const { status, body } = await openSession({ url }, who, secret);
    if (status !== 201) throw new Error(`Not signed in: ${JSON.stringify(body)}`);
    return new Client(url, textAt(body, 'token'));
  }

  /** Everything that the replicas have logged. */
  logs(names: readonly string[]): string {
    return names.map((name) => readFileSync(this.#logOf(name), 'utf8')).join('');
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#children.values()].map((child) => stopChild(child.process)));
    this.proxy.close();
    for (const socket of this.#open) socket.destroy();
    await this.postgres.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #configure(name: string, limits: object): void {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    // The key of the wallets is the replicas' in common.
    writeFileSync(join(folder, 'master.key'), Buffer.alloc(32, 11), { mode: 0o600 });
    writeGatewayConfig(
      consortium(),
      folder,
      [{ msp: this.msp, publicUrl: this.url, replicas: {}, webhookNetworks: ['127.0.0.0/8'] }],
      { limits },
    );
  }

  #logOf(name: string): string {
    return join(this.folder, name, 'gateway.log');
  }

  /** One connection to one replica that takes it, another each time. */
  #connected(socket: Socket): void {
    this.#keep(socket);
    const urls = [...this.#children.keys()].map((name) => this.urlOf(name));
    const start = this.#turn++;
    const attempt = (tried: number) => {
      const url = urls[(start + tried) % urls.length];
      if (tried >= urls.length || url === undefined) {
        socket.destroy();
        return;
      }
      const replica = connect(Number(new URL(url).port), '127.0.0.1');
      this.#keep(replica);
      replica.once('error', () => {
        if (replica.bytesWritten === 0 && replica.connecting) attempt(tried + 1);
        else socket.destroy();
      });
      replica.once('connect', () => {
        socket.pipe(replica).pipe(socket);
        replica.once('close', () => socket.destroy());
        socket.once('close', () => replica.destroy());
      });
    };
    attempt(0);
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
  }
}
