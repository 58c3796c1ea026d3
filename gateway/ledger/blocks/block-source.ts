import type { common } from '@hyperledger/fabric-protos';
import { backoffMs, pause } from '../backoff.js';
import type { Bell } from './bell.js';
import { Configurations } from './configurations.js';
import { VerifiedChain } from './verified-chain.js';

/** What a peer answers of its ledger. */
export interface PeerLedger {
  /** How many blocks it has. */
  height(): Promise<number>;
  block(number: number): Promise<common.Block>;
}

/** A block with the hash of its header. */
export interface VerifiedBlock {
  readonly number: number;
  readonly hash: Buffer;
  readonly block: common.Block;
}

export type VerifiedBlocks = AsyncIterable<VerifiedBlock> & { close(): void };

/** How often a peer is asked although nobody has announced a block. */
const pollMs = 1_000;
/** Blocks that are kept for the second of those who follow. */
const kept = 32;

/**
 * Whole blocks of the organisation's own peer, asked for one by one: nothing that lies in a block can end a stream that
 * there is not. Each is verified, and the bell tells when to ask for the next.
 */
export class BlockSource {
  readonly #peer: PeerLedger;
  readonly #bell: Pick<Bell, 'latest' | 'rung'>;
  readonly #blocks = new Map<number, Promise<common.Block>>();
  readonly #configurations: Configurations;
  #height = 0;
  #looking: Promise<number> | undefined;

  constructor(peer: PeerLedger, bell: Pick<Bell, 'latest' | 'rung'>) {
    this.#peer = peer;
    this.#bell = bell;
    this.#configurations = new Configurations((number) => this.block(number));
  }

  /** How many blocks the peer is known to have. */
  get height(): number {
    return this.#height;
  }

  /** Asks the peer how many blocks it has; whoever asks meanwhile has the same answer. */
  look(): Promise<number> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<number> {
    this.#height = await this.#peer.height();
    return this.#height;
  }

  /** Verifies blocks that come in another way. @param previous hash of the block before the first, if known. */
  chain(previous?: Buffer): VerifiedChain {
    return new VerifiedChain(this.#configurations, previous);
  }

  /**
   * @param start the first block; without one the next that the peer will have.
   * @param previous hash of the block before it, if known.
   * @throws when the peer does not answer.
   */
  async open(start?: number, previous?: Buffer): Promise<VerifiedBlocks> {
    const height = await this.look();
    const stopped = new AbortController();
    const blocks = this.#follow(start ?? height, this.chain(previous), stopped.signal);
    return {
      close: () => {
        stopped.abort();
      },
      [Symbol.asyncIterator]: () => blocks,
    };
  }

  async *#follow(
    start: number,
    chain: VerifiedChain,
    signal: AbortSignal,
  ): AsyncGenerator<VerifiedBlock, void> {
    for (let number = start; ; number++) {
      const block = await this.#next(number, signal);
      if (block === undefined) return;
      yield { number, hash: await chain.take(block, number), block };
    }
  }

  /** @returns undefined when nobody reads on. */
  async #next(number: number, signal: AbortSignal): Promise<common.Block | undefined> {
    for (let misses = 0; !signal.aborted;) {
      if (number < this.#height) return this.block(number);
      if (number > this.#bell.latest) {
        await this.#bell.rung(pollMs, signal);
        if (number > this.#bell.latest) await this.look();
      } else if (misses === 0) {
        const block = await this.#announced(number);
        if (block !== undefined) return block;
        misses = 1;
      } else {
        // Ordered; the peer may take some milliseconds to commit it.
        await pause(backoffMs(misses++ - 1, 5, 500), signal);
        await this.look();
      }
    }
    return undefined;
  }

  /**
   * A block of which an orderer has told: asking for it says whether the peer has it, too, so that most blocks cost one
   * question.
   *
   * @returns undefined when it could not be had; why, whoever asks again learns.
   */
  async #announced(number: number): Promise<common.Block | undefined> {
    try {
      const block = await this.block(number);
      this.#height = Math.max(this.#height, number + 1);
      return block;
    } catch {
      return undefined;
    }
  }

  /** A block as the peer hands it out: whoever believes it verifies it. */
  block(number: number): Promise<common.Block> {
    const present = this.#blocks.get(number);
    if (present !== undefined) return present;
    const block = this.#peer.block(number);
    this.#blocks.set(number, block);
    block.catch(() => this.#blocks.delete(number));
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size > kept && oldest !== undefined) this.#blocks.delete(oldest);
    return block;
  }
}
