import type { common } from '@hyperledger/fabric-protos';
import { headerHash, sha256 } from '../../evidence/block-header.js';
import { checkBlockSignatures } from '../../evidence/block-signatures.js';
import { isConfiguration, readConfiguration } from '../../evidence/channel-configuration.js';
import type { Configurations, InForce } from './configurations.js';
import { headerOf } from './header-of.js';

/** A peer showed a block that the orderers did not sign, or that does not continue what we have. */
class ForgedBlockError extends Error {
  override readonly name = 'ForgedBlockError';
}

/**
 * Verifies blocks one after another: that each holds the envelopes that its header sums up, continues the one before,
 * and was signed by the quorum of orderers that the configuration in force names. What a peer adds, which transactions
 * are valid, no orderer signs.
 */
export class VerifiedChain {
  readonly #configurations: Configurations;
  #previous: Buffer | undefined;
  #inForce: InForce | undefined;

  /** @param previous hash of the block before the first, where it is known. */
  constructor(configurations: Configurations, previous?: Buffer) {
    this.#configurations = configurations;
    this.#previous = previous;
  }

  /**
   * @returns the hash of the block's header.
   * @throws ForgedBlockError, and EvidenceError when too few orderers signed.
   */
  async take(block: common.Block, number: number): Promise<Buffer> {
    const header = headerOf(block);
    if (header.number !== number) {
      throw new ForgedBlockError(`Block ${header.number} was shown in place of block ${number}.`);
    }
    const data = block.getData()?.getDataList_asU8() ?? [];
    if (!sha256(...data).equals(header.dataHash)) {
      throw new ForgedBlockError(`Block ${number} does not hold what its header says.`);
    }
    if (this.#previous !== undefined && !this.#previous.equals(header.previousHash)) {
      throw new ForgedBlockError(`Block ${number} does not continue the block that was shown before.`);
    }
    await this.#checkSignatures(block, number);
    this.#previous = headerHash(header);
    return this.#previous;
  }

  async #checkSignatures(block: common.Block, number: number): Promise<void> {
    const setsConfiguration = isConfiguration(block);
    if (number > 0) {
      this.#inForce ??= await this.#configurations.before(number);
      const { lastConfiguration } = checkBlockSignatures(block, headerOf(block), this.#inForce.configuration);
      const expected = setsConfiguration ? number : this.#inForce.number;
      if (lastConfiguration !== expected) {
        throw new ForgedBlockError(`Block ${number} goes by another configuration than that of ${expected}.`);
      }
    }
    if (setsConfiguration) this.#inForce = { number, configuration: readConfiguration(block) };
  }
}
