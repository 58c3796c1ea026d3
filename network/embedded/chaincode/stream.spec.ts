import { EventEmitter } from 'node:events';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import { pino } from 'pino';
import { ChaincodeStream } from './stream.js';
import type { TransactionContext } from './transaction-context.js';

const { ChaincodeID, ChaincodeMessage, SignedProposal } = peer;
const { Type } = ChaincodeMessage;
const executeTimeoutMs = 30_000;

/** The other end of a stream, as far as a peer sees it. It says nothing by itself: not even that it was cancelled. */
class Server extends EventEmitter {
  readonly written: peer.ChaincodeMessage[] = [];
  isCancelled = false;

  write(message: peer.ChaincodeMessage): void {
    this.written.push(message);
  }

  cancel(): void {
    this.isCancelled = true;
  }

  register(): void {
    const id = new ChaincodeID();
    id.setName('trade:1.0');
    this.say(Type.REGISTER, id.serializeBinary());
  }

  say(type: number, payload: Uint8Array, txId = ''): void {
    const message = new ChaincodeMessage();
    message.setType(type as peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap]);
    message.setPayload(payload);
    message.setChannelId('trade');
    message.setTxid(txId);
    this.emit('data', message);
  }

  get transactions(): readonly string[] {
    return this.written.filter((one) => one.getType() === Type.TRANSACTION).map((one) => one.getTxid());
  }
}

describe('a stream to a chaincode server', () => {
  const opened: Server[] = [];
  const timers = new Map<() => void, number>();
  let ended: () => void;
  let stream: ChaincodeStream;

  const pass = (milliseconds: number) => {
    for (const [callback, due] of [...timers]) {
      if (due > milliseconds) timers.set(callback, due - milliseconds);
      else {
        timers.delete(callback);
        callback();
      }
    }
  };
  const execute = (txId: string) =>
    stream.execute(
      { channel: 'trade', txId, signedProposal: new SignedProposal() } as unknown as TransactionContext,
      new Uint8Array(),
    );

  beforeEach(() => {
    opened.splice(0);
    timers.clear();
    stream = new ChaincodeStream({
      ccid: 'trade:1.0',
      address: 'localhost:1',
      connect: () => {
        const server = new Server();
        opened.push(server);
        return server as unknown as ClientDuplexStream<peer.ChaincodeMessage, peer.ChaincodeMessage>;
      },
      onEnd: (listener) => {
        ended = listener;
      },
      invokeChaincode: () => new Uint8Array(),
      executeTimeoutMs,
      clock: {
        now: () => 0,
        after: (milliseconds, callback) => {
          timers.set(callback, milliseconds);
          return () => timers.delete(callback);
        },
      },
      log: pino({ enabled: false }),
      onReady: () => undefined,
    });
    opened[0]?.register();
  });

  it('is opened anew when the server has ended, though the connection says nothing', async () => {
    const outcome = execute('lost');
    ended();
    await expect(outcome).rejects.toThrow('chaincode stream terminated');
    expect(stream.ready).toBe(false);
    pass(1_000);
    expect(opened).toHaveLength(2);
    opened[1]?.register();
    expect(stream.ready).toBe(true);
    const next = execute('served');
    // What the first one still says, or that it has come to its end, concerns nobody.
    opened[0]?.say(Type.ERROR, Buffer.from('late'), 'served');
    opened[0]?.emit('status');
    opened[1]?.say(Type.COMPLETED, Buffer.from('done'), 'served');
    expect(Buffer.from((await next).getPayload_asU8()).toString()).toBe('done');
    expect(opened).toHaveLength(2);
  });

  it('is opened once where the connection tells, too', () => {
    opened[0]?.emit('status');
    ended();
    pass(1_000);
    expect(opened).toHaveLength(2);
  });

  it('is given up when nothing at all has come while a transaction ran out of time', async () => {
    const outcome = execute('unheard');
    pass(executeTimeoutMs);
    await expect(outcome).rejects.toThrow('timeout expired while executing transaction');
    expect([stream.ready, opened[0]?.isCancelled]).toEqual([false, true]);
    pass(1_000);
    expect(opened).toHaveLength(2);
  });

  it('stays when others were answered meanwhile', async () => {
    const [slow, fast] = [execute('slow'), execute('fast')];
    opened[0]?.say(Type.COMPLETED, new Uint8Array(), 'fast');
    await fast;
    pass(executeTimeoutMs);
    await expect(slow).rejects.toThrow('timeout expired');
    expect([stream.ready, opened.length]).toEqual([true, 1]);
    expect(opened[0]?.transactions).toEqual(['slow', 'fast']);
  });
});
