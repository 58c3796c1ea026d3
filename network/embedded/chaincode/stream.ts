import { credentials, type ChannelCredentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { Logger } from 'pino';
import { messageOf } from '../../message-of.js';
import type { Clock } from '../ledger/clock.js';
import { requestHandlers, type RequestHandler } from './requests.js';
import type { TransactionContext } from './transaction-context.js';

type ChaincodeMessage = peer.ChaincodeMessage;
const { ChaincodeMessage } = peer;
const { Type } = ChaincodeMessage;

/** Ends every error message of a call whose stream broke; Fabric's gateway looks for it. */
const streamTerminated = 'chaincode stream terminated';
const executionTimeout = 'timeout expired while executing transaction';

const maxMessageBytes = 100 * 1024 * 1024;
const firstRetryMs = 100;
const lastRetryMs = 500;

const typeNames = new Map(Object.entries(Type).map(([name, type]) => [type as number, name]));

export interface ChaincodeStreamOptions {
  /** What the server must register as, `<name>:<version>`. */
  readonly ccid: string;
  /** `host:port` of a chaincode server. */
  readonly address: string;
  /** PEM; without it the connection is not encrypted. */
  readonly tlsRootCerts?: string | undefined;
  /** What the peer shows to a server that wants to know who connects; PEM. */
  readonly clientTls?: { readonly cert: string; readonly key: string } | undefined;
  /** Opens the stream, where it is not one of gRPC to the address: to a server in the same process. */
  readonly connect?: (() => ClientDuplexStream<ChaincodeMessage, ChaincodeMessage>) | undefined;
  /** Has the listener called whenever the server's program has ended, where whoever runs it knows. */
  readonly onEnd?: ((listener: () => void) => void) | undefined;
  /** Answers INVOKE_CHAINCODE: the payload of the RESPONSE. */
  readonly invokeChaincode: RequestHandler;
  readonly executeTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called whenever the stream has become ready. */
  readonly onReady: () => void;
}

interface Execution {
  readonly context: TransactionContext;
  /** A chaincode may have one request under way per transaction. */
  requesting: boolean;
  readonly settle: (outcome: ChaincodeMessage | Error) => void;
}

/**
 * The peer's side of one stream to one chaincode server: sends transactions, answers what the chaincode asks about
 * state, and comes back when the stream breaks. Many transactions run on it at the same time.
 */
export class ChaincodeStream {
  readonly #options: ChaincodeStreamOptions;
  /** Undefined where the stream is opened otherwise. */
  #client: peer.ChaincodeClient | undefined;
  readonly #executions = new Map<string, Execution>();
  #stream: ClientDuplexStream<ChaincodeMessage, ChaincodeMessage> | undefined;
  #ready = false;
  #closed = false;
  /** Messages that have come, ever. */
  #heard = 0;
  #retryMs = firstRetryMs;
  #cancelRetry: (() => void) | undefined;

  constructor(options: ChaincodeStreamOptions) {
    this.#options = options;
    this.#client = options.connect === undefined ? clientOf(options) : undefined;
    options.onEnd?.(() => {
      this.#lost();
    });
    this.#connect();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Transactions under way. */
  get load(): number {
    return this.#executions.size;
  }

  /**
   * Runs a transaction and resolves with the message that ended it, COMPLETED or ERROR.
   *
   * @throws Error in Fabric's words when the chaincode takes too long or the stream breaks.
   */
  execute(context: TransactionContext, input: Uint8Array): Promise<ChaincodeMessage> {
    const message = frameOf(context, Type.TRANSACTION, input);
    message.setProposal(context.signedProposal);
    const id = idOf(message);
    const heard = this.#heard;
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#options.clock.after(this.#options.executeTimeoutMs, () => {
        settle(new Error(executionTimeout));
        if (heard === this.#heard) this.#lost();
      });
      const settle = (outcome: ChaincodeMessage | Error): void => {
        this.#executions.delete(id);
        cancelTimeout();
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.#executions.set(id, { context, requesting: false, settle });
      if (this.#ready) this.#stream?.write(message);
      else settle(new Error(streamTerminated));
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#stream?.cancel();
    this.#terminated();
    this.#client?.close();
  }

  #connect(): void {
    const stream = this.#client?.connect() ?? this.#options.connect?.();
    if (stream === undefined) return;
    this.#stream = stream;
    stream.on('data', (message: ChaincodeMessage) => {
      if (this.#stream === stream) this.#receive(message);
    });
    stream.on('error', (error) => {
      this.#options.log.debug(
        { address: this.#options.address, reason: error.message },
        'chaincode stream broke',
      );
    });
    stream.on('end', () => {
      stream.end();
    });
    stream.on('status', () => {
      if (this.#stream === stream && !this.#closed) this.#reconnectLater();
    });
  }

  /** A connection whose other end was killed may never say that it is broken: it is given up, and another one made. */
  #lost(): void {
    const stream = this.#stream;
    if (stream === undefined || this.#closed) return;
    this.#reconnectLater();
    stream.cancel();
    if (this.#client === undefined) return;
    this.#client.close();
    this.#client = clientOf(this.#options);
  }

  #reconnectLater(): void {
    if (this.#ready)
      this.#options.log.warn({ address: this.#options.address }, 'lost the chaincode server, reconnecting');
    this.#terminated();
    this.#cancelRetry = this.#options.clock.after(this.#retryMs, () => {
      this.#connect();
    });
    this.#retryMs = Math.min(this.#retryMs * 2, lastRetryMs);
  }

  #terminated(): void {
    this.#ready = false;
    this.#stream = undefined;
    for (const { settle } of [...this.#executions.values()]) settle(new Error(streamTerminated));
  }

  #receive(message: ChaincodeMessage): void {
    this.#heard += 1;
    const type = message.getType();
    if (type === Type.KEEPALIVE) return;
    if (!this.#ready) {
      this.#register(message);
    } else if (type === Type.COMPLETED || type === Type.ERROR) {
      // An answer that comes after its timeout finds nobody waiting and is dropped.
      this.#executions.get(idOf(message))?.settle(message);
    } else {
      void this.#answer(message);
    }
  }

  #register(message: ChaincodeMessage): void {
    const { ccid, address, log } = this.#options;
    const registered =
      message.getType() === Type.REGISTER
        ? peer.ChaincodeID.deserializeBinary(message.getPayload_asU8()).getName()
        : undefined;
    if (registered !== ccid) {
      log.error({ address, ccid, registered }, 'this is not the chaincode server that was configured');
      this.#stream?.cancel();
      return;
    }
    const welcome = new ChaincodeMessage();
    welcome.setType(Type.REGISTERED);
    this.#stream?.write(welcome);
    const ready = new ChaincodeMessage();
    ready.setType(Type.READY);
    ready.setPayload(offer().serializeBinary());
    this.#stream?.write(ready);
    this.#ready = true;
    this.#retryMs = firstRetryMs;
    log.debug({ address, ccid }, 'chaincode is ready');
    this.#options.onReady();
  }

  async #answer(request: ChaincodeMessage): Promise<void> {
    const type = request.getType();
    const execution = this.#executions.get(idOf(request));
    if (execution?.requesting) {
      this.#options.log.error(
        { txId: request.getTxid() },
        'another request of the same transaction is pending, dropped',
      );
      return;
    }
    const handler =
      type === Type.INVOKE_CHAINCODE ? this.#options.invokeChaincode : requestHandlers.get(type);
    if (!handler) {
      this.#options.log.error({ type }, 'a message that no chaincode may send, closing its stream');
      this.#stream?.cancel();
      return;
    }
    const stream = this.#stream;
    let answer: ChaincodeMessage;
    try {
      if (!execution) throw new Error('no ledger context');
      execution.requesting = true;
      const outcome = handler(request.getPayload_asU8(), execution.context);
      answer = answerTo(request, Type.RESPONSE, outcome instanceof Uint8Array ? outcome : await outcome);
    } catch (error) {
      const reason = messageOf(error);
      const text = `${typeNames.get(type) ?? type} failed: transaction ID: ${request.getTxid()}: ${reason}`;
      answer = answerTo(request, Type.ERROR, Buffer.from(text));
    }
    if (execution) execution.requesting = false;
    stream?.write(answer);
  }
}

/** What a chaincode may ask beyond the protocol of Fabric 2, in the numbers of Fabric's sample configuration. */
function offer(): peer.ChaincodeAdditionalParams {
  const params = new peer.ChaincodeAdditionalParams();
  params.setUseWriteBatch(true);
  params.setMaxSizeWriteBatch(1000);
  params.setUseGetMultipleKeys(true);
  params.setMaxSizeGetMultipleKeys(1000);
  return params;
}

function clientOf(options: ChaincodeStreamOptions): peer.ChaincodeClient {
  return new peer.ChaincodeClient(options.address, credentialsOf(options), {
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': maxMessageBytes,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': firstRetryMs,
    'grpc.min_reconnect_backoff_ms': firstRetryMs,
    'grpc.max_reconnect_backoff_ms': lastRetryMs,
    // Else each connection asks the DNS for a text about the server, which none has.
    'grpc.service_config_disable_resolution': 1,
  });
}

function credentialsOf({ tlsRootCerts, clientTls }: ChaincodeStreamOptions): ChannelCredentials {
  if (tlsRootCerts === undefined) return credentials.createInsecure();
  return credentials.createSsl(
    Buffer.from(tlsRootCerts),
    clientTls ? Buffer.from(clientTls.key) : null,
    clientTls ? Buffer.from(clientTls.cert) : null,
  );
}

function idOf(message: ChaincodeMessage): string {
  return `${message.getChannelId()}/${message.getTxid()}`;
}

function frameOf(
  { channel, txId }: TransactionContext,
  type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap],
  payload: Uint8Array,
): ChaincodeMessage {
  const message = new ChaincodeMessage();
  message.setType(type);
  message.setTxid(txId);
  message.setChannelId(channel);
  message.setPayload(payload);
  return message;
}

function answerTo(
  request: ChaincodeMessage,
  type: peer.ChaincodeMessage.TypeMap[keyof peer.ChaincodeMessage.TypeMap],
  payload: Uint8Array,
): ChaincodeMessage {
  const message = new ChaincodeMessage();
  message.setType(type);
  message.setTxid(request.getTxid());
  message.setChannelId(request.getChannelId());
  message.setPayload(payload);
  return message;
}
