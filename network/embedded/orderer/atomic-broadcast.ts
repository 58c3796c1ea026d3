import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { common, orderer as protos } from '@hyperledger/fabric-protos';
import type { DeliverOptions } from '../peer/deliver/deliver-blocks.js';
import { orderedBlock } from '../peer/deliver/responses.js';
import { ConcurrencyLimit } from '../peer/concurrency.js';
import { delivering, maxStreams } from '../peer/deliver/service.js';
import type { Orderer } from './orderer.js';

const { broadcast, deliver } = protos.AtomicBroadcastService;

/** The `orderer.AtomicBroadcast` service with blocks that are serialized already. */
export const atomicBroadcastDefinition = {
  broadcast,
  deliver: { ...deliver, responseSerialize: (bytes: Buffer): Buffer => bytes },
};

type BroadcastStream = ServerDuplexStream<common.Envelope, protos.BroadcastResponse>;

/** What clients reach at an orderer: they hand in envelopes of any kind, and follow what has been ordered. */
export function atomicBroadcast(orderer: Orderer, options: DeliverOptions): UntypedServiceImplementation {
  return {
    broadcast: (stream: BroadcastStream) => {
      serveBroadcast(stream, orderer);
    },
    deliver: delivering(
      new ConcurrencyLimit('/orderer.AtomicBroadcast', maxStreams),
      { respond: orderedBlock, policy: 'Readers' },
      options,
    ),
  };
}

/** One answer to each envelope, in their order. */
function serveBroadcast(stream: BroadcastStream, orderer: Orderer): void {
  let answered = Promise.resolve();
  stream.on('data', (envelope: common.Envelope) => {
    const outcome = orderer.broadcast(envelope.serializeBinary());
    answered = answered.then(async () => {
      const { status, info } = await outcome;
      const response = new protos.BroadcastResponse();
      response.setStatus(status);
      response.setInfo(info);
      stream.write(response);
    });
    answered.catch((error: unknown) => {
      stream.emit('error', error instanceof Error ? error : new Error(String(error)));
    });
  });
  stream.on('end', () => {
    void answered.finally(() => {
      stream.end();
    });
  });
}
