import 'reflect-metadata';
import { verify } from 'node:crypto';
import { join } from 'node:path';
import { common, peer } from '@hyperledger/fabric-protos';
import type { ChannelLedger } from '../ledger/channel-ledger.js';
import { systemClock, type Clock } from '../ledger/clock.js';
import type { Disk } from '../ledger/disk.js';
import { headerBytes } from '../ledger/encode-block.js';
import { openLevelDisk } from '../ledger/level-disk.js';
import { openLedger } from '../ledger/open-ledger.js';
import { specChannel, transact, type SpecChannel } from '../ledger/testing/spec-channel.js';
import { specOrganisation } from '../ledger/testing/spec-organisation.js';
import { verifyChain } from '../ledger/testing/verify-chain.js';
import { openMsps } from '../msp/open-msps.js';
import { configurationEnvelope } from './channel-config.js';
import { createOrderer, type OrdererOptions } from './create-orderer.js';
import type { Orderer } from './orderer.js';

const { Status } = common;
const limits = { maxMessages: 10, maxBytes: 1_000_000, timeoutMs: 500 };

let channel: SpecChannel;
let ledger: ChannelLedger;
let signer: Awaited<ReturnType<SpecChannel['organisations']['A']['enrol']>>;
beforeEach(async () => {
  channel = await specChannel();
  ledger = await channel.open();
  signer = await channel.organisations.A.enrol('orderer', 'orderer');
});
afterEach(async () => {
  await ledger.close();
  await channel.remove();
});

const put = (key: string, value = 'v') => transact(channel, { cc: { writes: { [key]: value } } });
const start = (more: Partial<OrdererOptions> = {}): Orderer =>
  createOrderer({ ledger, signer, limits, clock: systemClock, ...more });

/** Time that moves when told to. */
function handClock(now = Date.now()): Clock & { pass(): void } {
  const due = new Set<() => void>();
  return {
    now: () => now,
    after(_, callback) {
      due.add(callback);
      return () => void due.delete(callback);
    },
    pass() {
      for (const callback of [...due]) callback();
    },
  };
}

describe('broadcast', () => {
  it('acknowledges what is durable, valid or not', async () => {
    const orderer = start();
    const invalid = transact(channel, { cc: { writes: { a: '1' } } }, { by: [] });
    const results = await Promise.all([put('a'), invalid].map(({ bytes }) => orderer.broadcast(bytes)));
    expect(results.map(({ status }) => status)).toEqual([Status.SUCCESS, Status.SUCCESS]);
    expect(ledger.status(invalid.txId)?.code).toBe(peer.TxValidationCode.ENDORSEMENT_POLICY_FAILURE);
  });

  it('cuts at once when idle, and gathers what comes meanwhile', async () => {
    const orderer = start();
    const made = Array.from({ length: 25 }, (_, number) => put(`k${number}`));
    await Promise.all(made.map(({ bytes }) => orderer.broadcast(bytes)));
    const sizes = [1, 2, 3, 4].map((number) => ledger.block(number)?.transactions.length);
    expect(sizes).toEqual([1, 10, 10, 4]);
    expect(await verifyChain(ledger)).toBe(5);
  });

  it('waits for a full batch or the timeout when told so', async () => {
    const clock = handClock();
    const orderer = start({ clock, cutWhenIdle: false, limits: { ...limits, maxMessages: 2 } });
    const made = ['a', 'b', 'c'].map((key) => put(key));
    const sent = made.map(({ bytes }) => orderer.broadcast(bytes));
    await Promise.all(sent.slice(0, 2));
    expect(ledger.height).toBe(2);
    await new Promise(setImmediate);
    clock.pass();
    await sent[2];
    expect(ledger.block(2)?.transactions).toHaveLength(1);
  });

  it('cuts by size, and gives an envelope beyond it a block of its own', async () => {
    const big = 'x'.repeat(3_000);
    const orderer = start({ limits: { ...limits, maxBytes: 18_000 } });
    const made = [put('a'), put('b', big), put('c', big), put('d', big), put('e', big.repeat(5))];
    await Promise.all(made.map(({ bytes }) => orderer.broadcast(bytes)));
    const sizes = [1, 2, 3, 4].map((number) => ledger.block(number)?.transactions.length);
    expect(sizes).toEqual([1, 2, 1, 1]);
  });

  it('signs each block over its header', async () => {
    await start().broadcast(put('a').bytes);
    const block = ledger.block(1)?.message;
    const header = block?.getHeader();
    const entry = block?.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
    const metadata = common.Metadata.deserializeBinary(entry ?? new Uint8Array());
    const [signature] = metadata.getSignaturesList();
    const signed = Buffer.concat([
      metadata.getValue_asU8(),
      signature?.getSignatureHeader_asU8() ?? new Uint8Array(),
      headerBytes(
        1,
        header?.getPreviousHash_asU8() ?? new Uint8Array(),
        header?.getDataHash_asU8() ?? new Uint8Array(),
      ),
    ]);
    const { publicKey } = ledger.msps.identity(signer.serialized);
    expect(verify('sha256', signed, publicKey, signature?.getSignature_asU8() ?? new Uint8Array())).toBe(
      true,
    );
  });

  it('refuses what Fabric’s orderer refuses, and writes nothing', async () => {
    const orderer = start({ limits: { ...limits, maxTransactionBytes: 5_000 } });
    const stranger = await specOrganisation('A').enrol('stranger', 'client');
    const refused = await Promise.all(
      [
        new Uint8Array(),
        Buffer.from('0affff', 'hex'),
        transact(channel, {}, { channel: 'elsewhere' }).bytes,
        transact(channel, {}, { type: common.HeaderType.CONFIG }).bytes,
        put('a', 'x'.repeat(5_000)).bytes,
        transact(channel, {}, { creator: stranger }).bytes,
        transact(channel, {}, { signature: () => Buffer.from('none') }).bytes,
      ].map((envelope) => orderer.broadcast(envelope)),
    );
    const { BAD_REQUEST, FORBIDDEN } = Status;
    expect(refused.map(({ status }) => status)).toEqual([
      BAD_REQUEST,
      BAD_REQUEST,
      BAD_REQUEST,
      BAD_REQUEST,
      BAD_REQUEST,
      FORBIDDEN,
      FORBIDDEN,
    ]);
    expect(ledger.height).toBe(1);
  });

  it('refuses a certificate that has run out', async () => {
    const orderer = start({ clock: handClock(Date.now() + 365 * 86_400_000) });
    expect(await orderer.broadcast(put('a').bytes)).toEqual({
      status: Status.BAD_REQUEST,
      info: 'broadcast client identity expired',
    });
  });

  it('commits what it has taken before it stops, and takes no more', async () => {
    const orderer = start({ cutWhenIdle: false, clock: handClock() });
    const taken = orderer.broadcast(put('a').bytes);
    await orderer.stop();
    expect((await taken).status).toBe(Status.SUCCESS);
    expect((await orderer.broadcast(put('b').bytes)).status).toBe(Status.SERVICE_UNAVAILABLE);
  });

  it('acknowledges nothing that a failing disk has not taken, and reopens whole', async () => {
    await ledger.close();
    let isFull = false;
    const disk = await openLevelDisk(channel.directory);
    const failing: Disk = {
      ...disk,
      write: (changes, options) =>
        isFull && options.sync ? Promise.reject(new Error('no space left')) : disk.write(changes, options),
    };
    const { definition, organisations } = channel;
    const trusted = Object.values(organisations);
    ledger = await openLedger({
      disk: failing,
      witness: join(channel.directory, 'acknowledged'),
      definition,
      msps: openMsps(trusted),
      genesis: () =>
        configurationEnvelope({
          channel: 'spec',
          membersMsp: 'MembersMSP',
          organisations: [],
          limits,
          ordererAddresses: [],
        }),
    });
    const failures: unknown[] = [];
    const orderer = start({ onFailure: (error) => failures.push(error) });
    const made = [put('a'), put('b'), put('c')];
    expect((await orderer.broadcast(made[0]?.bytes ?? new Uint8Array())).status).toBe(Status.SUCCESS);
    isFull = true;
    const results = await Promise.all(made.slice(1).map(({ bytes }) => orderer.broadcast(bytes)));
    expect(results.map(({ status }) => status)).toEqual([
      Status.SERVICE_UNAVAILABLE,
      Status.SERVICE_UNAVAILABLE,
    ]);
    expect(failures).toHaveLength(1);
    await ledger.close();
    ledger = await channel.open();
    expect(made.map(({ txId }) => ledger.status(txId)?.code)).toEqual([0, undefined, undefined]);
    expect(await verifyChain(ledger)).toBe(2);
  });
});
