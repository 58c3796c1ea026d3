import { createHash, randomBytes } from 'node:crypto';
import { Client, credentials, Server, type ServerDuplexStream } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import { readMaterial } from '@pledgeonce/network/crypto/read.js';
import { ordererOf } from '@pledgeonce/network/fabric/config/environment.js';
import type { Control } from '@pledgeonce/network/fabric/control.js';
import { nodesOf } from '@pledgeonce/network/fabric/topology.js';
import { listen, shutDown } from '@pledgeonce/network/grpc-server.js';

/** How an orderer lies: it takes what it never orders and hands out nothing, or other blocks than were ordered. */
export type Lie = 'withholds' | 'sends garbage' | 'equivocates';

type Stream = ServerDuplexStream<Buffer, Buffer>;

const asIs = (bytes: Buffer): Buffer => bytes;
const raw = {
  requestDeserialize: asIs,
  requestSerialize: asIs,
  responseDeserialize: asIs,
  responseSerialize: asIs,
};
const { broadcast, deliver } = orderer.AtomicBroadcastService;
const largestBlock = 100 * 1024 * 1024;

/** Stands in the place of an orderer's door, with that orderer's own certificate, and lies to whoever comes. */
export class LyingDoor {
  /** Blocks that were bent, and envelopes that were swallowed. */
  lies = 0;
  readonly #lie: Lie;
  readonly #inner: Client;
  readonly #server = new Server({ 'grpc.max_send_message_length': largestBlock });

  private constructor(lie: Lie, inner: Client) {
    this.#lie = lie;
    this.#inner = inner;
    this.#server.addService(
      { broadcast: { ...broadcast, ...raw }, deliver: { ...deliver, ...raw } },
      {
        broadcast: (stream: Stream) => {
          if (lie === 'withholds') this.#swallow(stream);
          else this.#passOn(stream, broadcast.path, asIs);
        },
        deliver: (stream: Stream) => {
          this.#passOn(stream, deliver.path, (answer) => this.#bend(answer));
        },
      },
    );
  }

  /** @param name the door whose place it takes: it must have been stopped. */
  static async inPlaceOf(name: string, { network }: Control, lie: Lie): Promise<LyingDoor> {
    const node = nodesOf(network.consortium).find((one) => one.name === name);
    if (node === undefined) throw new Error(`There is no node ${name}.`);
    const { tls } = ordererOf(readMaterial(network.layout.organisations, node.organisation));
    const inner = new Client(
      `localhost:${node.ports.orderer}`,
      credentials.createSsl(Buffer.from(tls.caCerts)),
      { 'grpc.max_receive_message_length': largestBlock },
    );
    const door = new LyingDoor(lie, inner);
    await listen(door.#server, `127.0.0.1:${node.ports.door}`, tls);
    return door;
  }

  async close(): Promise<void> {
    await shutDown(this.#server);
    this.#inner.close();
  }

  #swallow(stream: Stream): void {
    const taken = new orderer.BroadcastResponse();
    taken.setStatus(common.Status.SUCCESS);
    stream.on('data', () => {
      this.lies += 1;
      stream.write(Buffer.from(taken.serializeBinary()));
    });
    stream.on('end', () => {
      stream.end();
    });
    stream.on('error', () => undefined);
  }

  #passOn(stream: Stream, path: string, bend: (answer: Buffer) => Buffer | undefined): void {
    const inner = this.#inner.makeBidiStreamRequest(path, asIs, asIs);
    const leave = (): void => {
      inner.cancel();
    };
    stream.on('data', (bytes: Buffer) => inner.write(bytes));
    stream.on('end', () => {
      inner.end();
    });
    stream.on('cancelled', leave);
    stream.on('error', leave);
    inner.on('data', (answer: Buffer) => {
      const bent = bend(answer);
      if (bent !== undefined) stream.write(bent);
    });
    inner.on('end', () => {
      stream.end();
    });
    inner.on('error', () => {
      stream.end();
    });
  }

  /** @returns undefined where nothing is handed out. */
  #bend(answer: Buffer): Buffer | undefined {
    const read = orderer.DeliverResponse.deserializeBinary(answer);
    const block = read.getBlock();
    if (block === undefined) return answer;
    this.lies += 1;
    if (this.#lie === 'withholds') return undefined;
    if (this.#lie === 'sends garbage') {
      const junk = (block.getData()?.getDataList_asU8() ?? []).map((bytes) => randomBytes(bytes.length));
      block.getData()?.setDataList(junk);
      block.getHeader()?.setDataHash(randomBytes(32));
    } else {
      // Another block under the same number, whole in itself: without what was ordered last, with a hash that fits.
      const fewer = (block.getData()?.getDataList_asU8() ?? []).slice(0, -1);
      block.getData()?.setDataList(fewer);
      block.getHeader()?.setDataHash(createHash('sha256').update(Buffer.concat(fewer)).digest());
    }
    read.setBlock(block);
    return Buffer.from(read.serializeBinary());
  }
}
