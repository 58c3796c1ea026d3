import type { common } from '@hyperledger/fabric-protos';
import { checkBlockSignatures, lastConfiguration } from '../../evidence/block-signatures.js';
import { isConfiguration, readConfiguration } from '../../evidence/channel-configuration.js';
import type { ChannelConfiguration } from '../../evidence/channel-configuration.js';
import { headerOf } from './header-of.js';

/** A configuration of the channel and the block that set it. */
export interface InForce {
  readonly number: number;
  readonly configuration: ChannelConfiguration;
}

/**
 * The channel's configurations, each believed because the orderers that the one before it named have signed it; the
 * first, in block 0, is where trust begins.
 */
export class Configurations {
  readonly #block: (number: number) => Promise<common.Block>;
  readonly #known = new Map<number, Promise<ChannelConfiguration>>();

  constructor(block: (number: number) => Promise<common.Block>) {
    this.#block = block;
  }

  /** Which configuration the orderers of a block, not the first, went by. */
  async before(number: number): Promise<InForce> {
    const previous = await this.#block(number - 1);
    const place = isConfiguration(previous) ? number - 1 : lastConfiguration(previous);
    return { number: place, configuration: await this.#at(place) };
  }

  #at(number: number): Promise<ChannelConfiguration> {
    const present = this.#known.get(number);
    if (present !== undefined) return present;
    const read = this.#read(number);
    this.#known.set(number, read);
    // What could not be had now may be had later.
    read.catch(() => this.#known.delete(number));
    return read;
  }

  async #read(number: number): Promise<ChannelConfiguration> {
    const block = await this.#block(number);
    if (number > 0) {
      const { configuration } = await this.before(number);
      checkBlockSignatures(block, headerOf(block), configuration);
    }
    return readConfiguration(block);
  }
}
