import {
  Channel,
  connectivityState,
  status as codes,
  type ChannelCredentials,
  type ChannelInterface,
} from '@grpc/grpc-js';

type Options = ConstructorParameters<typeof Channel>[2];
type Call = ReturnType<ChannelInterface['createCall']>;

/** What gRPC says by itself, whether or not the node has said anything. */
const saidHere = new Set<number>([codes.DEADLINE_EXCEEDED, codes.CANCELLED, codes.UNAVAILABLE]);

/**
 * A channel to one node, made anew when its connection says nothing. Now and then gRPC is not told that a connection has
 * ended (the node was killed soon after it had been made), and every question there runs into its limit until gRPC's own
 * probe, after a minute. So where a call on a connection that stood already runs into its limit, and nothing at all has come
 * from the node meanwhile, the connection is given up: what else waits on it ends as after any connection that is lost. One
 * that is only being made is left alone, however long that takes.
 */
export class RenewedChannel implements ChannelInterface {
  readonly #make: () => Channel;
  readonly #open = new Set<Call>();
  #channel: Channel;
  #heardAt = 0;

  constructor(target: string, credentials: ChannelCredentials, options: Options) {
    // Channels that share connections would share the one that says nothing.
    const alone = { ...options, 'grpc.use_local_subchannel_pool': 1 };
    this.#make = () => new Channel(target, credentials, alone);
    this.#channel = this.#make();
  }

  createCall(...how: Parameters<ChannelInterface['createCall']>): Call {
    const channel = this.#channel;
    const call = channel.createCall(...how);
    const start = call.start.bind(call);
    call.start = (metadata, listener) => {
      const begunAt = performance.now();
      const stood = channel.getConnectivityState(false) === connectivityState.READY;
      this.#open.add(call);
      start(metadata, {
        onReceiveMetadata: (received) => {
          this.#heardAt = performance.now();
          listener.onReceiveMetadata(received);
        },
        onReceiveMessage: (message) => {
          this.#heardAt = performance.now();
          listener.onReceiveMessage(message);
        },
        onReceiveStatus: (status) => {
          this.#open.delete(call);
          if (!saidHere.has(status.code)) this.#heardAt = performance.now();
          const isSilent = status.code === codes.DEADLINE_EXCEEDED && stood && this.#heardAt < begunAt;
          if (isSilent && channel === this.#channel) this.#renew();
          listener.onReceiveStatus(status);
        },
      });
    };
    return call;
  }

  #renew(): void {
    const [former, waiting] = [this.#channel, [...this.#open]];
    this.#channel = this.#make();
    for (const call of waiting) call.cancelWithStatus(codes.UNAVAILABLE, 'The connection says nothing');
    former.close();
  }

  close(): void {
    this.#channel.close();
  }

  getTarget(): string {
    return this.#channel.getTarget();
  }

  getConnectivityState(tryToConnect: boolean): ReturnType<ChannelInterface['getConnectivityState']> {
    return this.#channel.getConnectivityState(tryToConnect);
  }

  watchConnectivityState(...how: Parameters<ChannelInterface['watchConnectivityState']>): void {
    this.#channel.watchConnectivityState(...how);
  }

  getChannelzRef(): ReturnType<ChannelInterface['getChannelzRef']> {
    return this.#channel.getChannelzRef();
  }
}
