import { common } from '@hyperledger/fabric-protos';
import { headerHash, sha256 } from '../../evidence/block-header.js';
import { BlockSource } from './block-source.js';
import type { VerifiedBlocks } from './block-source.js';
import { headerOf } from './header-of.js';

/** A peer with blocks that nobody signed: what is tried here comes before signatures, or needs none. */
class Peer {
  readonly blocks: common.Block[] = [];
  asked: number[] = [];
  looks = 0;

  add(...data: Uint8Array[]): this {
    const previous = this.blocks.at(-1);
    const header = new common.BlockHeader();
    header.setNumber(this.blocks.length);
    if (previous !== undefined) header.setPreviousHash(headerHash(headerOf(previous)));
    header.setDataHash(sha256(...data));
    const content = new common.BlockData();
    content.setDataList(data);
    const block = new common.Block();
    block.setHeader(header);
    block.setData(content);
    this.blocks.push(block);
    return this;
  }

  height = () => {
    this.looks += 1;
    return Promise.resolve(this.blocks.length);
  };

  block = (number: number) => {
    this.asked.push(number);
    const block = this.blocks[number];
    return block ? Promise.resolve(block) : Promise.reject(new Error('no such block'));
  };
}

const silent = { latest: -1, rung: () => new Promise<void>((resolve) => setTimeout(resolve, 5)) };

/** A bell that rings when it is told to, and not by the clock. */
class Told {
  latest = -1;
  #wake: (() => void)[] = [];

  rung = () =>
    new Promise<void>((resolve) => {
      this.#wake.push(resolve);
    });

  tell(number: number): void {
    this.latest = number;
    for (const wake of this.#wake.splice(0)) wake();
  }
}

async function takeOne(blocks: VerifiedBlocks): Promise<number> {
  for await (const { number } of blocks) return number;
  throw new Error('the blocks ended');
}

async function first(source: BlockSource, start?: number, previous?: Buffer): Promise<number> {
  const blocks = await source.open(start, previous);
  try {
    return await takeOne(blocks);
  } finally {
    blocks.close();
  }
}

describe('the blocks of a peer', () => {
  it('begin where they are wanted, whatever lies in them', async () => {
    const peer = new Peer().add(Buffer.from([0x0a, 0x7f]));
    await expect(first(new BlockSource(peer, silent), 0)).resolves.toBe(0);
  });

  it('are waited for, although no orderer announces them', async () => {
    const peer = new Peer().add();
    const source = new BlockSource(peer, silent);
    const waiting = first(source, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    peer.add();
    // Nobody has signed it: that it was looked at shows that it was waited for.
    await expect(waiting).rejects.toThrow(/configuration|signed/);
    expect(peer.asked).toContain(1);
  });

  it('are refused when they do not hold what their header says', async () => {
    const peer = new Peer().add(Buffer.from('what was ordered'));
    const content = new common.BlockData();
    content.setDataList([Buffer.from('something else')]);
    peer.blocks[0]?.setData(content);
    await expect(first(new BlockSource(peer, silent), 0)).rejects.toThrow(
      'does not hold what its header says',
    );
  });

  it('are refused when they do not continue what was read before', async () => {
    const peer = new Peer().add().add();
    const source = new BlockSource(peer, silent);
    await expect(first(source, 1, Buffer.alloc(32, 7))).rejects.toThrow('does not continue');
  });

  it('are refused when another block is shown in their place', async () => {
    const peer = new Peer().add().add();
    peer.blocks[0] = peer.blocks[1] ?? new common.Block();
    await expect(first(new BlockSource(peer, silent), 0)).rejects.toThrow('in place of block 0');
  });

  it('are asked for once when two follow them', async () => {
    const peer = new Peer().add();
    const source = new BlockSource(peer, silent);
    await Promise.all([first(source, 0), first(source, 0)]);
    expect(peer.asked).toEqual([0]);
  });

  it('cost one question each, where an orderer tells of them, however many follow', async () => {
    const peer = new Peer().add();
    const bell = new Told();
    const source = new BlockSource(peer, bell);
    const following = [await source.open(1), await source.open(1)].map(takeOne);
    const before = peer.looks;
    peer.add();
    bell.tell(1);
    // Nobody has signed it: that each of them looked at it is enough.
    for (const one of await Promise.allSettled(following)) expect(one.status).toBe('rejected');
    expect(peer.asked.filter((number) => number === 1)).toEqual([1]);
    expect(peer.looks).toBe(before);
  });

  it('are waited for where the peer has not committed yet what an orderer tells of', async () => {
    const peer = new Peer().add();
    const bell = new Told();
    const source = new BlockSource(peer, bell);
    const following = takeOne(await source.open(1));
    bell.tell(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    peer.add();
    await expect(following).rejects.toThrow(/configuration|signed/);
    expect(source.height).toBe(2);
  });

  it('are counted with one question by all who ask at the same time', async () => {
    const peer = new Peer().add();
    const source = new BlockSource(peer, silent);
    expect(await Promise.all([source.look(), source.look(), source.look()])).toEqual([1, 1, 1]);
    expect(peer.looks).toBe(1);
    await source.look();
    expect(peer.looks).toBe(2);
  });

  it('cannot be followed while the peer does not answer', async () => {
    const away = { height: () => Promise.reject(new Error('peer away')), block: new Peer().block };
    await expect(new BlockSource(away, silent).open(0)).rejects.toThrow('peer away');
  });
});
