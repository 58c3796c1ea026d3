import {
  Channel,
  Client,
  connectivityState,
  credentials,
  status as codes,
  type ChannelCredentials,
  type ChannelInterface,
  type ServiceError,
} from '@grpc/grpc-js';

type Options = ConstructorParameters<typeof Channel>[2];
type Call = ReturnType<ChannelInterface['createCall']>;

/** How long a question waits before it is doubted that the node hears it, and how long the node has to say that it does. */
const patienceMs = 1_000;
/** No node has it, and each says so at once, however busy it is with what it was asked. */
const knownToNone = '/pledgeonce.Connection/Stands';
/** What gRPC says by itself, whether or not the node has said anything. */
const saidHere = new Set<number>([codes.DEADLINE_EXCEEDED, codes.CANCELLED, codes.UNAVAILABLE]);

/**
 * A channel to one node, made anew when its connection says nothing. Now and then gRPC is not told that a connection has
 * ended (the node was killed soon after it had been made), and every question there runs into its limit until gRPC's own
 * probe, after a minute. So where a question has waited for a second and nothing at all has come from the node meanwhile,
 * the node is asked for what no node has. One that says not even that within a second is not at the other end: the
 * connection is given up, and what else waits on it ends as after any connection that is lost. A node that is only slow
 * keeps it, and one that is only being connected to is left alone, however long that takes.
 */
export class RenewedChannel implements ChannelInterface {
  readonly #make: () => Channel;
  readonly #open = new Set<Call>();
  #channel: Channel;
  #heardAt = 0;
  #isDoubted = false;

  constructor(target: string, credentials: ChannelCredentials, options: Options) {
    // Channels that share connections would share the one that says nothing.
    const alone = { ...options, 'grpc.use_local_subchannel_pool': 1 };
    this.#make = () => new Channel(target, credentials, alone);
    this.#channel = this.#make();
  }

  createCall(...how: Parameters<ChannelInterface['createCall']>): Call {
    const [, deadline] = how;
    const channel = this.#channel;
    const call = channel.createCall(...how);
    const start = call.start.bind(call);
    call.start = (metadata, listener) => {
      const begunAt = performance.now();
      const doubt = () => {
        if (channel === this.#channel && this.#heardAt < begunAt) this.#doubt();
      };
      // What listens for good hears nothing for hours where nothing happens.
      const timer = deadline === Infinity ? undefined : setTimeout(doubt, patienceMs).unref();
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
          clearTimeout(timer);
          this.#open.delete(call);
          if (!saidHere.has(status.code)) this.#heardAt = performance.now();
          if (status.code === codes.DEADLINE_EXCEEDED) doubt();
          listener.onReceiveStatus(status);
        },
      });
    };
    return call;
  }

  /** Asks whether the node is there still, where it is thought to be. */
  #doubt(): void {
    const channel = this.#channel;
    if (this.#isDoubted || channel.getConnectivityState(false) !== connectivityState.READY) return;
    this.#isDoubted = true;
    const asker = new Client(channel.getTarget(), credentials.createInsecure(), { channelOverride: channel });
    const limit = { deadline: Date.now() + patienceMs };
    const judge = (error: ServiceError | null) => {
      this.#isDoubted = false;
      if (channel !== this.#channel) return;
      if (error?.code === codes.DEADLINE_EXCEEDED) this.#renew();
      else if (error === null || !saidHere.has(error.code)) this.#heardAt = performance.now();
    };
    asker.makeUnaryRequest(knownToNone, asIs, asIs, Buffer.alloc(0), limit, judge);
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

function asIs(bytes: Buffer): Buffer {
  return bytes;
}
