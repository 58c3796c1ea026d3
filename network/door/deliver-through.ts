import { status, type Client, type ClientDuplexStream } from '@grpc/grpc-js';
import { common } from '@hyperledger/fabric-protos';
import { writeTo } from '../embedded/peer/write-to.js';
import { statusResponse } from '../embedded/peer/deliver/responses.js';
import type { DoorStream, Visits } from './visit.js';

const path = '/orderer.AtomicBroadcast/Deliver';
const asIs = (bytes: Buffer): Buffer => bytes;

/** What a stream of blocks goes through. */
export interface DeliverDoor {
  readonly visits: Visits;
  readonly orderer: Client;
  /** The member who has signed what asks for blocks. */
  readonly memberBehind: (bytes: Buffer) => string | undefined;
}

/** Lets members follow what has been ordered, at the pace at which they read. */
export function deliverThrough({ visits, orderer: behind, memberBehind }: DeliverDoor) {
  return (stream: DoorStream): void => {
    const visit = visits.begin(stream);
    let inner: ClientDuplexStream<Buffer, Buffer> | undefined;
    const over = new AbortController();

    const open = (): ClientDuplexStream<Buffer, Buffer> => {
      const opened = behind.makeBidiStreamRequest(path, asIs, asIs);
      void passOn(opened, stream, over.signal).catch(() => {
        visit.refuse(status.UNAVAILABLE, 'the orderer does not answer');
      });
      return opened;
    };
    const leave = (): void => {
      visit.end();
      over.abort();
      inner?.cancel();
    };

    stream.on('data', (bytes: Buffer) => {
      const member = memberBehind(bytes);
      if (member === undefined) {
        stream.write(statusResponse(common.Status.FORBIDDEN));
        stream.end();
        leave();
      } else if (visit.belongsTo(member)) {
        (inner ??= open()).write(bytes);
      }
    });
    stream.on('end', () => {
      if (inner === undefined) stream.end();
      else inner.end();
    });
    stream.on('cancelled', leave);
    stream.on('error', leave);
    stream.on('finish', leave);
  };
}

/** @throws Error when the orderer is not there, or goes. */
async function passOn(
  from: ClientDuplexStream<Buffer, Buffer>,
  to: DoorStream,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const response of from as AsyncIterable<Buffer>) await writeTo(to, response, signal);
    to.end();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
