import 'reflect-metadata';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, Server, ServerCredentials, status, type ServiceError } from '@grpc/grpc-js';
import { common, orderer as protos } from '@hyperledger/fabric-protos';
import { pino } from 'pino';
import { ensureMaterial } from '../crypto/ensure.js';
import type { TlsMaterial } from '../crypto/material.js';
import type { ChannelLedger } from '../embedded/ledger/channel-ledger.js';
import { systemClock } from '../embedded/ledger/clock.js';
import { specChannel, transact, type SpecChannel } from '../embedded/ledger/testing/spec-channel.js';
import { specOrganisation } from '../embedded/ledger/testing/spec-organisation.js';
import type { SigningIdentity } from '../embedded/msp/identity.js';
import { openMsps } from '../embedded/msp/open-msps.js';
import { atomicBroadcast, atomicBroadcastDefinition } from '../embedded/orderer/atomic-broadcast.js';
import { createOrderer } from '../embedded/orderer/create-orderer.js';
import { ChannelAccess } from '../embedded/peer/channel-access.js';
import { readRefused } from './refused-file.js';
import { startDoor, type Door, type DoorLimits } from './start-door.js';
import { mostStrangers } from './visit.js';

const { Status, HeaderType } = common;
const generous: DoorLimits = { bytesPerSecond: 10_000_000, envelopesPerSecond: 10_000, streams: 4 };
const log = pino({ level: 'silent' });

let folder: string;
let tls: TlsMaterial;
let channel: SpecChannel;
let ledger: ChannelLedger;
let inner: Server;
let innerPort: number;
const doors: Door[] = [];
const clients: Client[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-'));
  const organisation = {
    name: 'a',
    msp: 'A',
    title: 'A',
    kind: 'bank',
    government: false,
    orderer: true,
    node: true,
  } as const;
  const [material] = await ensureMaterial({ domain: 'example', organisations: [organisation] }, folder);
  if (material?.orderer === undefined) throw new Error('There are no keys.');
  tls = material.orderer.tls;
  channel = await specChannel();
  ledger = await channel.open();
  const signer = await channel.organisations.A.enrol('orderer', 'orderer');
  const limits = { maxMessages: 10, maxBytes: 1_000_000, timeoutMs: 100 };
  const { msps } = ledger;
  inner = new Server();
  inner.addService(
    atomicBroadcastDefinition,
    atomicBroadcast(createOrderer({ ledger, signer, limits, clock: systemClock }), {
      ledger,
      msps,
      access: new ChannelAccess(msps, channel.definition),
      clock: systemClock,
      log,
    }),
  );
  const shown = [{ cert_chain: Buffer.from(tls.cert), private_key: Buffer.from(tls.key) }];
  innerPort = await new Promise<number>((resolve, reject) => {
    inner.bindAsync(
      '127.0.0.1:0',
      ServerCredentials.createSsl(Buffer.from(tls.caCerts), shown),
      (error, port) => {
        if (error) reject(error);
        else resolve(port);
      },
    );
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(doors.splice(0).map((door) => door.close()));
});
afterAll(async () => {
  inner.forceShutdown();
  await ledger.close();
  await channel.remove();
  await rm(folder, { recursive: true });
});

async function open(limits: Partial<DoorLimits> = {}, refusedFile?: string): Promise<Door> {
  const door = await startDoor({
    ...(refusedFile !== undefined && { refusedFile }),
    address: '127.0.0.1:0',
    tls,
    orderer: { address: `localhost:${innerPort}`, tlsRootCerts: tls.caCerts },
    channel: channel.definition.channel,
    maxEnvelopeBytes: 100_000,
    limits: { ...generous, ...limits },
    msps: () => ledger.msps,
    log,
  });
  doors.push(door);
  return door;
}

function clientOf({ port }: Door): Client {
  const client = new Client(`localhost:${port}`, credentials.createSsl(Buffer.from(tls.caCerts)));
  clients.push(client);
  return client;
}

function stream(client: Client, name: 'Broadcast' | 'Deliver') {
  return client.makeBidiStreamRequest(
    `/orderer.AtomicBroadcast/${name}`,
    (bytes: Uint8Array) => Buffer.from(bytes),
    (bytes: Buffer) => bytes,
  );
}

/** What the door, or who is behind it, says of each. */
async function broadcast(door: Door, envelopes: readonly Uint8Array[]): Promise<number[]> {
  const calls = stream(clientOf(door), 'Broadcast');
  const answers: number[] = [];
  for (const bytes of envelopes) calls.write(bytes);
  for await (const bytes of calls as AsyncIterable<Buffer>) {
    answers.push(protos.BroadcastResponse.deserializeBinary(bytes).getStatus());
    if (answers.length === envelopes.length) calls.end();
  }
  return answers;
}

const put = (more = {}) => transact(channel, { cc: { writes: { key: 'value' } } }, more).bytes;

describe('a door before an orderer', () => {
  it('lets in what clients make, and answers in their order', async () => {
    const before = ledger.height;
    const answers = await broadcast(await open(), [put(), put({ type: 99 }), put(), put({ by: [] })]);
    expect(answers).toEqual([Status.SUCCESS, Status.BAD_REQUEST, Status.SUCCESS, Status.SUCCESS]);
    expect(ledger.height).toBeGreaterThan(before);
  });

  it('keeps out what no honest client makes: nothing of it is ordered', async () => {
    const stranger = await specOrganisation('A').enrol('stranger', 'client');
    const before = ledger.height;
    const door = await open();
    const malformed = [
      put({ type: HeaderType.MESSAGE }),
      put({ type: HeaderType.CONFIG }),
      put({ channel: 'elsewhere' }),
      put({ nonce: new Uint8Array() }),
      put({ epoch: 7 }),
      put({ txId: 'f'.repeat(64) }),
      put({ actions: 0 }),
      put({ actions: 2 }),
      put({ proposalHash: Buffer.alloc(32) }),
      put({ headerChaincode: null }),
      put({ headerChaincode: 'other' }),
      put({ version: '' }),
      put({ eventOf: 'other' }),
      Buffer.alloc(100_001, 1),
    ];
    const unsigned = [
      new Uint8Array(),
      Buffer.from('0affff', 'hex'),
      put({ creator: stranger }),
      put({ signature: () => Buffer.from('none') }),
    ];
    expect(await broadcast(door, malformed)).toEqual(malformed.map(() => Status.BAD_REQUEST));
    expect(await broadcast(door, unsigned)).toEqual(unsigned.map(() => Status.FORBIDDEN));
    expect(ledger.height).toBe(before);
  });

  it('stops a member that hands in too much, and nobody else', async () => {
    const door = await open({ envelopesPerSecond: 0.5 });
    const answers = await broadcast(
      door,
      Array.from({ length: 8 }, () => put()),
    );
    expect(answers).toEqual([
      ...Array.from({ length: 5 }, () => Status.SUCCESS),
      ...Array.from({ length: 3 }, () => Status.SERVICE_UNAVAILABLE),
    ]);
    const creator = await channel.organisations.B.enrol('client of B', 'client');
    expect(await broadcast(door, [put({ creator })])).toEqual([Status.SUCCESS]);
  });

  it('ends a stream too many of one member, and of nobody else', async () => {
    const door = await open({ streams: 2 });
    const client = clientOf(door);
    const held = [stream(client, 'Broadcast'), stream(client, 'Broadcast')];
    for (const one of held) {
      one.write(put());
      await new Promise((resolve) => one.once('data', resolve));
    }
    await expect(broadcast(door, [put()])).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
    const creator = await channel.organisations.B.enrol('client of B', 'client');
    expect(await broadcast(door, [put({ creator })])).toEqual([Status.SUCCESS]);

    for (const one of held) one.on('error', () => undefined).cancel();
    await eventually(async () => (await broadcast(door, [put()]))[0] === Status.SUCCESS);
  });

  it('counts whom it refused, how often and why, for the gateway beside it, and goes on counting', async () => {
    const file = join(folder, 'refused.json');
    const creator = await channel.organisations.B.enrol('client of B', 'client');
    const first = await open({ envelopesPerSecond: 0.2, streams: 1 }, file);
    await broadcast(first, [put({ type: 99 }), put({ signature: () => Buffer.from('none') }), put(), put()]);
    const held = stream(clientOf(first), 'Broadcast');
    held.write(put({ creator }));
    await new Promise((resolve) => held.once('data', resolve));
    await expect(broadcast(first, [put({ creator })])).rejects.toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
    });
    held.on('error', () => undefined).cancel();
    await first.close();
    const refused = readRefused(file);
    expect(refused.map(({ mspId, reason, count }) => [mspId, reason, count])).toEqual([
      ['A', 'malformed', 1],
      [undefined, 'unsigned', 1],
      ['A', 'too-much', 1],
      ['B', 'too-many-streams', 1],
    ]);
    expect(refused[2]?.info).toBe('A hands in too much');

    const second = await open({}, file);
    await broadcast(second, [put({ type: 99 })]);
    await second.close();
    const [malformed] = readRefused(file);
    expect(malformed).toMatchObject({ mspId: 'A', count: 2, firstAt: refused[0]?.firstAt });
    expect(malformed?.lastAt.localeCompare(refused[0]?.lastAt ?? '')).toBe(1);
  });

  it('ends the oldest of too many streams on which nobody says anything, and never a member’s', async () => {
    const door = await open();
    const client = clientOf(door);
    const ended: number[] = [];
    const silent = Array.from({ length: mostStrangers + 20 }, (_, index) =>
      stream(client, 'Broadcast')
        .on('data', () => undefined)
        .on('error', ({ code }: ServiceError) => {
          if (code === status.RESOURCE_EXHAUSTED) ended.push(index);
        }),
    );
    await eventually(() => Promise.resolve(ended.length === 20));
    expect(ended.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(await broadcast(door, [put()])).toEqual([Status.SUCCESS]);
    for (const one of silent) one.cancel();
  });

  it('hands out blocks to members, and to nobody else', async () => {
    const door = await open();
    const seek = seekEverything(put);
    const numbers: number[] = [];
    const calls = stream(clientOf(door), 'Deliver');
    calls.write(seek(channel.client));
    for await (const bytes of calls as AsyncIterable<Buffer>) {
      const block = protos.DeliverResponse.deserializeBinary(bytes).getBlock();
      if (block === undefined) calls.end();
      else numbers.push(block.getHeader()?.getNumber() ?? -1);
    }
    expect(numbers).toEqual(Array.from({ length: ledger.height }, (_, number) => number));

    const stranger = await specOrganisation('A').enrol('stranger', 'client');
    const refused = stream(clientOf(door), 'Deliver');
    refused.write(seek(stranger));
    const [answer] = await all(refused as AsyncIterable<Buffer>);
    expect(protos.DeliverResponse.deserializeBinary(answer ?? Buffer.alloc(0)).getStatus()).toBe(
      Status.FORBIDDEN,
    );
  });

  it('notices that its orderer has gone silent, ends the streams, and connects anew', async () => {
    const way = await wayTo(innerPort);
    const door = await startDoor({
      address: '127.0.0.1:0',
      tls,
      orderer: { address: `localhost:${way.port}`, tlsRootCerts: tls.caCerts },
      channel: channel.definition.channel,
      maxEnvelopeBytes: 100_000,
      limits: generous,
      msps: () => ledger.msps,
      log,
      pingEveryMs: 300,
    });
    doors.push(door);
    const seek = seekEverything(put);
    const follow = () => {
      const calls = stream(clientOf(door), 'Deliver');
      calls.write(seek(channel.client));
      calls.end();
      return all(calls as AsyncIterable<Buffer>);
    };
    expect((await follow()).length).toBeGreaterThan(ledger.height - 1);
    way.hush();
    await expect(follow()).rejects.toMatchObject({ code: status.UNAVAILABLE });
    // Whoever asks while the door connects anew is told so at once, and asks again.
    await eventually(async () => (await follow()).length >= ledger.height);
    way.close();
  });

  it('ends the stream when nobody is behind it: what became of an envelope is not known', async () => {
    const door = await startDoor({
      address: '127.0.0.1:0',
      tls,
      orderer: { address: 'localhost:1', tlsRootCerts: tls.caCerts },
      channel: channel.definition.channel,
      maxEnvelopeBytes: 100_000,
      limits: generous,
      msps: () => openMsps(Object.values(channel.organisations)),
      log,
    });
    doors.push(door);
    const fault = await broadcast(door, [put()]).catch((error: unknown) => error as ServiceError);
    expect(fault).toMatchObject({ code: status.UNAVAILABLE });
  });
});

/** A way to a port on which those who are on it can be kept from being answered, without being told. */
async function wayTo(port: number) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1');
    socket.pipe(onward);
    onward.pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => undefined);
    socket.once('close', () => onward.destroy());
    open.add(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hush: () => {
      for (const onward of open) onward.unpipe().resume();
    },
    close: () => {
      server.close();
      for (const onward of open) onward.destroy();
    },
  };
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function all(stream: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for await (const one of stream) found.push(one);
  return found;
}

/** Asks for all blocks that there are. */
function seekEverything(transaction: () => Uint8Array) {
  const start = new protos.SeekPosition();
  start.setOldest(new protos.SeekOldest());
  const stop = new protos.SeekPosition();
  stop.setNewest(new protos.SeekNewest());
  const info = new protos.SeekInfo();
  info.setStart(start);
  info.setStop(stop);
  return (signer: SigningIdentity): Uint8Array => {
    const made = common.Envelope.deserializeBinary(transaction());
    const payload = common.Payload.deserializeBinary(made.getPayload_asU8());
    const header = payload.getHeader() ?? new common.Header();
    const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
    channelHeader.setType(HeaderType.DELIVER_SEEK_INFO);
    channelHeader.getTimestamp()?.setSeconds(Math.floor(Date.now() / 1000));
    header.setChannelHeader(channelHeader.serializeBinary());
    const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
    signatureHeader.setCreator(signer.serialized);
    header.setSignatureHeader(signatureHeader.serializeBinary());
    payload.setHeader(header);
    payload.setData(info.serializeBinary());
    const bytes = payload.serializeBinary();
    const envelope = new common.Envelope();
    envelope.setPayload(bytes);
    envelope.setSignature(signer.sign(bytes));
    return envelope.serializeBinary();
  };
}
