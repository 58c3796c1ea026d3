import { common } from '@hyperledger/fabric-protos';
import { askLedger } from './ask-ledger.js';
import { backoffMs, pause } from './backoff.js';
import { classify } from './classify.js';
import type { Signatory } from './signatory.js';

/** How a peer is asked how far it has got: who asks, and the organisation whose peer passes the question on. */
export interface Way {
  readonly signatory: Signatory;
  readonly entry: string;
}

/** These organisations' peers have not committed a block that we know of, and did not in the time that we waited. */
export class PeersBehindError extends Error {
  override readonly name = 'PeersBehindError';

  constructor(readonly organisations: readonly string[]) {
    super(`Behind the latest known block: ${organisations.join(', ')}.`);
  }
}

/** A peer takes milliseconds to commit what another has; one that takes longer than this is catching up. */
const patienceMs = 3_000;
const lookTimeoutMs = 2_000;

/**
 * How far the peers have got. On Fabric each commits by itself, so the one that is asked may not have seen yet what our
 * own has told us of: it would refuse what follows from our own last write.
 */
export class PeerHeights {
  readonly #channel: string;
  readonly #patienceMs: number;
  readonly #latest = new Map<string, number>();

  constructor(channel: string, waitMs = patienceMs) {
    this.#channel = channel;
    this.#patienceMs = waitMs;
  }

  /** Whether these organisations' peers are known to have committed the block. */
  have(organisations: readonly string[], block: number): boolean {
    return organisations.every((mspId) => (this.#latest.get(mspId) ?? -1) >= block);
  }

  /** The organisation's peer has sent us this block, so it need not be asked for it. */
  told(mspId: string, block: number): void {
    this.#latest.set(mspId, Math.max(block, this.#latest.get(mspId) ?? -1));
  }

  /**
   * Waits until they have.
   *
   * @throws PeersBehindError when they still have not after a while; the gateway's error when one does not answer.
   */
  async reach(way: Way, organisations: readonly string[], block: number): Promise<void> {
    const reached = await Promise.all(organisations.map((mspId) => this.#reach(way, mspId, block)));
    const behind = organisations.filter((_, index) => reached[index] === false);
    if (behind.length > 0) throw new PeersBehindError(behind);
  }

  /** How many blocks each organisation's peer has now; those that do not say are left out. */
  async look(way: Way, organisations: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const latest = await Promise.all(
      organisations.map((mspId) => this.#look(way, mspId).catch(() => undefined)),
    );
    return new Map(
      organisations.flatMap((mspId, index) => {
        const one = latest[index];
        return one === undefined ? [] : [[mspId, one]];
      }),
    );
  }

  async #reach(way: Way, mspId: string, block: number): Promise<boolean> {
    const until = Date.now() + this.#patienceMs;
    for (let attempt = 0; !this.have([mspId], block); attempt++) {
      if (Date.now() >= until) return false;
      if (attempt > 0) await pause(backoffMs(attempt - 1, 20, 200));
      const latest = await this.#look(way, mspId);
      // A consortium may keep this question from its members: then what a peer answers has to be believed.
      if (latest === undefined) return true;
      this.#latest.set(mspId, latest);
    }
    return true;
  }

  async #look({ signatory, entry }: Way, mspId: string): Promise<number | undefined> {
    try {
      const place = { signatory, entry, mspId, channel: this.#channel, timeoutMs: lookTimeoutMs };
      const info = await askLedger(place, 'GetChainInfo');
      return common.BlockchainInfo.deserializeBinary(info).getHeight() - 1;
    } catch (error) {
      if (classify(error).kind === 'unavailable') throw error;
      return undefined;
    }
  }
}
