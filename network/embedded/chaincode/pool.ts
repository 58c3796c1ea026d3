import type { peer } from '@hyperledger/fabric-protos';
import { ChaincodeStream, type ChaincodeStreamOptions } from './stream.js';
import type { TransactionContext } from './transaction-context.js';
import { messageOf } from '../../message-of.js';

/** Where a chaincode server answers. */
export interface ChaincodeServerAddress {
  /** `host:port`. */
  readonly address: string;
  /** PEM; without it the connection is not encrypted. */
  readonly tlsRootCerts?: string | undefined;
  /** What the peer shows to a server that wants to know who connects; PEM. */
  readonly clientTls?: { readonly cert: string; readonly key: string } | undefined;
  /** How it is reached where it is not by gRPC at the address. */
  readonly connect?: ChaincodeStreamOptions['connect'];
  readonly onEnd?: ChaincodeStreamOptions['onEnd'];
}

export interface ChaincodePoolOptions extends Omit<
  ChaincodeStreamOptions,
  keyof ChaincodeServerAddress | 'onReady'
> {
  /** At least one; a transaction goes to the one with the least to do. */
  readonly servers: readonly ChaincodeServerAddress[];
  /** How long a transaction waits for a server that is away. */
  readonly connectTimeoutMs: number;
}

/** One chaincode as one peer runs it: a stream to each of its servers. */
export class ChaincodePool {
  readonly #options: ChaincodePoolOptions;
  readonly #streams: readonly ChaincodeStream[];
  /** Transactions under way on any stream; Fabric refuses to run the same one twice at a time. */
  readonly #running = new Set<string>();
  readonly #waiting = new Set<() => void>();

  constructor(options: ChaincodePoolOptions) {
    this.#options = options;
    this.#streams = options.servers.map(
      (server) =>
        new ChaincodeStream({
          ...options,
          ...server,
          onReady: () => {
            for (const wake of [...this.#waiting]) wake();
          },
        }),
    );
  }

  /** Resolves when at least one server is ready, or with false when that takes too long. */
  async ready(timeoutMs: number = this.#options.connectTimeoutMs): Promise<boolean> {
    if (this.#streams.some(({ ready }) => ready)) return true;
    return new Promise((resolve) => {
      const finish = (ready: boolean): void => {
        this.#waiting.delete(wake);
        cancel();
        resolve(ready);
      };
      const wake = (): void => {
        finish(true);
      };
      const cancel = this.#options.clock.after(timeoutMs, () => {
        finish(false);
      });
      this.#waiting.add(wake);
    });
  }

  /**
   * Runs a transaction on the least busy server; see {@link ChaincodeStream.execute}.
   *
   * @throws Error in Fabric's words.
   */
  async execute(context: TransactionContext, input: Uint8Array): Promise<peer.ChaincodeMessage> {
    const stream = this.#leastBusy() ?? ((await this.ready()) ? this.#leastBusy() : undefined);
    if (!stream) throw new Error(this.#unreachable());
    const id = `${context.channel}/${context.txId}`;
    if (this.#running.has(id)) {
      throw new Error(`error sending: txid: ${context.txId}(${context.channel}) exists`);
    }
    this.#running.add(id);
    try {
      return await stream.execute(context, input);
    } catch (error) {
      throw new Error(`error sending: ${messageOf(error)}`, {
        cause: error,
      });
    } finally {
      this.#running.delete(id);
    }
  }

  close(): void {
    for (const stream of this.#streams) stream.close();
  }

  #leastBusy(): ChaincodeStream | undefined {
    let best: ChaincodeStream | undefined;
    for (const stream of this.#streams) {
      if (stream.ready && (!best || stream.load < best.load)) best = stream;
    }
    return best;
  }

  #unreachable(): string {
    const { ccid, servers } = this.#options;
    const addresses = servers.map(({ address }) => address).join(', ');
    return `could not launch chaincode ${ccid}: connection to ${ccid} failed: error cannot create connection for ${ccid}: error creating grpc connection to ${addresses}: context deadline exceeded`;
  }
}
