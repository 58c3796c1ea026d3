import { Readable } from 'node:stream';
import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { Follower, ProjectionBehindError } from './follower.js';
import { Projection } from './projection.js';
import type { ReadBlock } from './read-block.js';
import { certificateOf } from './testing/certificate.js';
import { factRecord } from './testing/records.js';

const perBlock = 3;

/** A ledger of so many blocks, each with documents; its peer hands over what it is let. */
class Peer {
  readonly height: number;
  readonly #certificate: string;
  #handedOver = 0;
  #wake: () => void = () => undefined;

  constructor(height: number, certificate: string) {
    this.height = height;
    this.#certificate = certificate;
  }

  /** Lets the stream come to this block. */
  handOver(until: number): void {
    this.#handedOver = until;
    this.#wake();
  }

  open = (start: number) => {
    let isClosed = false;
    const close = () => {
      isClosed = true;
      this.#wake();
    };
    const blocks = async function* (this: Peer): AsyncGenerator<ReadBlock> {
      for (let number = start; number < this.height; number++) {
        while (number >= this.#handedOver && !isClosed) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
        if (isClosed) return;
        yield this.#block(number);
      }
      while (!isClosed) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    };
    return Promise.resolve({ [Symbol.asyncIterator]: blocks.bind(this), close });
  };

  #block(number: number): ReadBlock {
    const transactions = Array.from({ length: perBlock }, (_, position) => ({
      transactionId: `tx ${number} ${position}`,
      position,
      time: '2026-11-01T00:00:00.000Z',
      mspId: 'TaxMSP',
      certificate: this.#certificate,
      code: 0,
      event: undefined,
      hashes: [],
      values: [factRecord(`paper ${number} ${position}`)],
    }));
    return { number, hash: '', malformed: [], transactions };
  }
}

describe('tables that are being built again', () => {
  let peer: Peer;
  let projection: Projection;
  let follower: Follower;

  beforeEach(async () => {
    peer = new Peer(80, await certificateOf('anna'));
    projection = new Projection(':memory:', { mspId: 'RegulatorMSP', kind: 'regulator', government: true });
    follower = new Follower({
      projection,
      open: peer.open,
      latestBlock: () => peer.height - 1,
      height: () => Promise.resolve(peer.height),
      log: pino({ level: 'silent' }),
    });
    follower.start();
  });

  afterEach(async () => {
    await follower.stop();
    projection.close();
  });

  it('answer no list while they lack more than fifty blocks, and every list once they have them', async () => {
    peer.handOver(20);
    await expect(follower.caughtUp()).rejects.toThrow(ProjectionBehindError);
    expect(projection.nextBlock).toBeLessThanOrEqual(20);
    expect(follower.isBehind).toBe(true);
    peer.handOver(peer.height);
    while (follower.lag > 0) await breathe();
    await follower.caughtUp();
    expect(projection.nextBlock).toBe(peer.height);
    expect(follower.lag).toBe(0);
  }, 120_000);

  it('let others have their turn between the blocks, however many have arrived', async () => {
    let turns = 0;
    peer.handOver(peer.height);
    while (follower.lag > 0) {
      await breathe();
      if (follower.lag > 0 && follower.lag < peer.height) turns += 1;
    }
    expect(turns).toBeGreaterThan(2);
  }, 120_000);

  it('end at once when they are stopped while their stream is being opened', async () => {
    // It was started a moment ago, and no block will come.
    await follower.stop();
    expect(projection.nextBlock).toBe(0);
  });
});

describe('tables whose peer is away', () => {
  it('ask once how many blocks there are, however many streams end meanwhile', async () => {
    const projection = new Projection(':memory:', { mspId: 'TaxMSP', kind: 'tax', government: true });
    let [opened, asked] = [0, 0];
    const follower = new Follower({
      projection,
      open: () => {
        opened += 1;
        const blocks = new Readable({
          objectMode: true,
          read: (): void => void blocks.destroy(new Error('away')),
        });
        return Promise.resolve(Object.assign(blocks, { close: () => undefined }));
      },
      latestBlock: () => -1,
      height: () => {
        asked += 1;
        return new Promise(() => undefined);
      },
      log: pino({ level: 'silent' }),
    });
    follower.start();
    while (opened < 4) await sleep(20);
    expect(asked).toBe(1);
    await follower.stop();
    projection.close();
  }, 60_000);
});
