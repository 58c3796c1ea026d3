import type { ServerDuplexStream, UntypedServiceImplementation } from '@grpc/grpc-js';
import { peer, type common } from '@hyperledger/fabric-protos';
import type { Collections } from '../collections.js';
import { ConcurrencyLimit } from '../concurrency.js';
import { toServiceError } from '../rpc-error.js';
import { writeTo } from '../write-to.js';
import { deliverBlocks, type Delivery, type DeliverOptions } from './deliver-blocks.js';
import { filtered, wholeBlock, withPrivateData } from './responses.js';

/** Fabric's limit of deliver streams per peer. */
export const maxStreams = 2_500;

export type DeliverStream = ServerDuplexStream<common.Envelope, Buffer>;
const { deliver, deliverFiltered, deliverWithPrivateData } = peer.DeliverService;
const responseSerialize = (bytes: Buffer): Buffer => bytes;

/** The `protos.Deliver` service with responses that are serialized already. */
export const deliverServiceDefinition = {
  deliver: { ...deliver, responseSerialize },
  deliverFiltered: { ...deliverFiltered, responseSerialize },
  deliverWithPrivateData: { ...deliverWithPrivateData, responseSerialize },
};

/** Block events of one organisation's peer. */
export function deliverService(
  options: DeliverOptions,
  organisation: string,
  collections: Collections,
): UntypedServiceImplementation {
  const limit = new ConcurrencyLimit('/protos.Deliver', maxStreams);
  const serve = (delivery: Delivery) => delivering(limit, delivery, options);
  return {
    deliver: serve({ respond: wholeBlock, policy: 'BlockEvents' }),
    deliverFiltered: serve({ respond: filtered(options.ledger.definition.channel), policy: 'Readers' }),
    deliverWithPrivateData: serve({
      respond: withPrivateData(options.ledger, organisation, collections),
      policy: 'BlockEvents',
    }),
  };
}

/** A service that delivers in one way. */
export function delivering(
  limit: ConcurrencyLimit,
  delivery: Delivery,
  options: DeliverOptions,
): (stream: DeliverStream) => void {
  return (stream) => {
    limit
      .run(() => serveStream(stream, delivery, options))
      .catch((error: unknown) => {
        stream.emit('error', toServiceError(error));
      });
  };
}

/** Serves one seek after the other: a client may seek again on the same stream. Resolves when the stream is over. */
function serveStream(stream: DeliverStream, delivery: Delivery, options: DeliverOptions): Promise<void> {
  const abort = new AbortController();
  const send = (response: Buffer): Promise<void> => writeTo(stream, response, abort.signal);
  return new Promise((resolve, reject) => {
    let over = false;
    let served = Promise.resolve();
    const finish = (): void => {
      if (!over) stream.end();
      over = true;
      resolve();
    };
    stream.on('data', (envelope: common.Envelope) => {
      served = served
        .then(async () => {
          if (over || (await deliverBlocks(envelope, delivery, send, abort.signal, options))) return;
          finish();
        })
        .catch(reject);
    });
    stream.on('end', () => {
      void served.then(finish);
    });
    stream.on('cancelled', () => {
      over = true;
      abort.abort();
      resolve();
    });
  });
}
