import { common } from '@hyperledger/fabric-protos';
import type { ChannelLedger } from '../ledger/channel-ledger.js';
import type { Clock } from '../ledger/clock.js';
import { openEnvelope, type OpenedEnvelope } from '../ledger/open-envelope.js';
import type { SigningIdentity } from '../msp/identity.js';
import { isFull, nextBatchSize, type Sized } from './block-cutter.js';
import { refusal, type BroadcastRules } from './check-broadcast.js';
import { largestEnvelope, type BatchLimits, type BroadcastResult, type Orderer } from './orderer.js';
import { signBlock } from './sign-block.js';

const { Status } = common;

export interface OrdererOptions {
  readonly ledger: ChannelLedger;
  /** Identity of the organisation that orders. */
  readonly signer: SigningIdentity;
  readonly limits: BatchLimits;
  readonly clock: Clock;
  /**
   * Cut a block as soon as none is being committed (default). Otherwise wait for a full batch or for the timeout, as
   * Fabric's orderer does.
   */
  readonly cutWhenIdle?: boolean;
  /** Told once when a block could not be committed; from then on everything is refused. */
  readonly onFailure?: (error: unknown) => void;
}

/** Starts the ordering service of a channel on the ledger that it alone writes. */
export function createOrderer(options: OrdererOptions): Orderer {
  return new SoloOrderer(options);
}

interface Waiting extends Sized {
  readonly opened: OpenedEnvelope;
  readonly resolve: (result: BroadcastResult) => void;
}

class SoloOrderer implements Orderer {
  readonly #options: OrdererOptions;
  readonly #rules: BroadcastRules;
  #waiting: Waiting[] = [];
  /** The loop that commits; undefined while idle. */
  #working: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #refuses: BroadcastResult | undefined;
  #isBroken = false;

  constructor(options: OrdererOptions) {
    this.#options = options;
    this.#rules = {
      channel: options.ledger.definition.channel,
      msps: options.ledger.msps,
      maxEnvelopeBytes: options.limits.maxTransactionBytes ?? largestEnvelope,
    };
  }

  async broadcast(envelope: Uint8Array): Promise<BroadcastResult> {
    const opened = openEnvelope(envelope);
    const refused = this.#refuses ?? refusal(opened, this.#rules, this.#options.clock.now());
    if (refused !== undefined) return refused;
    return new Promise((resolve) => {
      this.#waiting.push({ opened, resolve, size: envelope.length });
      this.#wake();
    });
  }

  async stop(): Promise<void> {
    this.#refuses ??= unavailable('the ordering service is stopping');
    this.#cutNow();
    await this.#working;
  }

  #wake(): void {
    if (this.#working !== undefined) return;
    const { cutWhenIdle = true, limits, clock } = this.#options;
    if (cutWhenIdle || isFull(this.#waiting, limits)) {
      this.#cutNow();
    } else {
      this.#cancelTimer ??= clock.after(limits.timeoutMs, () => {
        this.#cutNow();
      });
    }
  }

  #cutNow(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#waiting.length === 0) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#waiting.length > 0) this.#wake();
    });
  }

  /** Commits batches until nothing waits, or, when it is to wait for full ones, until none is full. */
  async #work(): Promise<void> {
    const { cutWhenIdle = true, limits } = this.#options;
    do {
      const batch = this.#waiting.splice(0, nextBatchSize(this.#waiting, limits));
      const result = await this.#commit(batch.map(({ opened }) => opened));
      for (const { resolve } of batch) resolve(result);
    } while (
      this.#waiting.length > 0 &&
      (cutWhenIdle || this.#refuses !== undefined || isFull(this.#waiting, limits))
    );
  }

  async #commit(envelopes: readonly OpenedEnvelope[]): Promise<BroadcastResult> {
    if (this.#isBroken) return unavailable('the ledger could not be written');
    const { ledger, signer } = this.#options;
    const header = { number: ledger.height, previousHash: ledger.tip };
    const signatures = signBlock({ ...header, data: envelopes.map(({ bytes }) => bytes) }, signer);
    try {
      await ledger.commit({ ...header, envelopes, signatures });
      return { status: Status.SUCCESS, info: '' };
    } catch (error) {
      // Whether the disk has the batch is unknown. Only opening the ledger anew can tell.
      this.#isBroken = true;
      this.#refuses = unavailable('the ledger could not be written');
      this.#options.onFailure?.(error);
      return this.#refuses;
    }
  }
}

function unavailable(info: string): BroadcastResult {
  return { status: Status.SERVICE_UNAVAILABLE, info };
}
