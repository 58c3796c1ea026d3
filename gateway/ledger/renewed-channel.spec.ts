import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Client, credentials, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { RenewedChannel } from './renewed-channel.js';

const asIs = (bytes: Buffer) => bytes;
const echo = {
  say: {
    path: '/spec.Echo/Say',
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
  listen: {
    path: '/spec.Echo/Listen',
    requestStream: false,
    responseStream: true,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  },
} as const;

let server: Server;
let door: TcpServer;
/** How long somebody who connects waits for the node. */
let doorOpensAfterMs: number;
let client: Client;
let connections: { readonly from: Socket; readonly to: Socket }[];
beforeEach(async () => {
  connections = [];
  doorOpensAfterMs = 0;
  server = new Server();
  server.addService(echo, {
    say: ({ request }: { request: Buffer }, answer: (error: null, bytes: Buffer) => void) => {
      if (request.toString() !== 'never') answer(null, request);
    },
    listen: () => undefined,
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  door = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    for (const socket of [from, to]) socket.on('error', () => undefined);
    setTimeout(() => from.pipe(to).pipe(from), doorOpensAfterMs);
    connections.push({ from, to });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port: at } = door.address() as AddressInfo;
  client = new Client(`127.0.0.1:${at}`, credentials.createInsecure(), {
    channelFactoryOverride: (...how) => new RenewedChannel(...how),
  });
});
afterEach(async () => {
  client.close();
  server.forceShutdown();
  for (const { from, to } of connections) for (const socket of [from, to]) socket.destroy();
  await new Promise((resolve) => door.close(resolve));
});

/** What came of a question: its answer, or the code of the failure. */
function say(text: string, limitMs: number): Promise<string | number | undefined> {
  return new Promise((resolve) => {
    const deadline = { deadline: Date.now() + limitMs };
    client.makeUnaryRequest(echo.say.path, asIs, asIs, Buffer.from(text), deadline, (error, answer) => {
      resolve(error === null ? answer?.toString() : error.code);
    });
  });
}

/** From now on nothing comes or goes on the connections that are there, and nobody is told. */
function silence(): void {
  for (const { from, to } of connections) {
    from.unpipe(to);
    to.unpipe(from);
    for (const socket of [from, to]) socket.resume();
  }
}

describe('a channel to a node', () => {
  it('is made anew when its connection says nothing', async () => {
    expect(await say('one', 5_000)).toBe('one');
    const ended = new Promise<number>((resolve) => {
      const listening = client.makeServerStreamRequest(echo.listen.path, asIs, asIs, Buffer.alloc(0));
      listening.on('error', (error) => {
        resolve((error as Error & { code: number }).code);
      });
    });
    silence();
    expect(await say('two', 60_000)).toBe(status.UNAVAILABLE);
    expect(await ended).toBe(status.UNAVAILABLE);
    expect(await say('three', 5_000)).toBe('three');
    expect(connections).toHaveLength(2);
  });

  it('is made anew though nobody waits for long', async () => {
    expect(await say('one', 5_000)).toBe('one');
    silence();
    expect(await say('two', 100)).toBe(status.DEADLINE_EXCEEDED);
    expect(await say('three', 60_000)).toBe(status.UNAVAILABLE);
    expect(await say('four', 5_000)).toBe('four');
  });

  it('hears nothing from the node in what is given up here', async () => {
    expect(await say('one', 5_000)).toBe('one');
    silence();
    const unanswered = say('two', 60_000);
    const listening = client.makeServerStreamRequest(echo.listen.path, asIs, asIs, Buffer.alloc(0));
    const ended = new Promise((resolve) => listening.on('error', resolve));
    listening.cancel();
    expect(await ended).toMatchObject({ code: status.CANCELLED });
    expect(await unanswered).toBe(status.UNAVAILABLE);
    expect(await say('three', 5_000)).toBe('three');
  });

  it('is left alone while it is being made, however long that takes', async () => {
    doorOpensAfterMs = 1_500;
    expect(await say('one', 1_200)).toBe(status.DEADLINE_EXCEEDED);
    expect(await say('two', 5_000)).toBe('two');
    expect(connections).toHaveLength(1);
  });

  it('stays as it is while the node is slow', async () => {
    expect(await say('never', 2_500)).toBe(status.DEADLINE_EXCEEDED);
    expect(await say('two', 5_000)).toBe('two');
    expect(connections).toHaveLength(1);
  });
});
