import { status, type Client, type ClientDuplexStream } from '@grpc/grpc-js';
import { orderer } from '@hyperledger/fabric-protos';
import type { BroadcastResult } from '../embedded/orderer/orderer.js';
import type { Admitted } from './admission.js';
import type { DoorStream, Visits } from './visit.js';

/** Envelopes of one stream that wait for the orderer's answer; whoever sends more waits too. */
const mostWaiting = 64;
const path = '/orderer.AtomicBroadcast/Broadcast';
const asIs = (bytes: Buffer): Buffer => bytes;

/** What a stream of envelopes goes through. */
export interface BroadcastDoor {
  readonly visits: Visits;
  readonly orderer: Client;
  readonly admit: (bytes: Buffer) => Admitted;
}

/** Hands on what is admitted. Each envelope is answered once, in their order, by the door or by the orderer. */
export function broadcastThrough({ visits, orderer: behind, admit }: BroadcastDoor) {
  return (stream: DoorStream): void => {
    const visit = visits.begin(stream);
    const waiting: ((answer: Buffer) => void)[] = [];
    let inner: ClientDuplexStream<Buffer, Buffer> | undefined;
    let answered = Promise.resolve();
    let pending = 0;

    const open = (): ClientDuplexStream<Buffer, Buffer> => {
      const opened = behind.makeBidiStreamRequest(path, asIs, asIs);
      opened.on('data', (answer: Buffer) => waiting.shift()?.(answer));
      // Whether the orderer has taken what it did not answer, nobody knows: the stream ends as the orderer's own would.
      opened.on('error', () => {
        visit.refuse(status.UNAVAILABLE, 'the orderer does not answer');
      });
      return opened;
    };
    const leave = (): void => {
      visit.end();
      inner?.cancel();
    };

    stream.on('data', (bytes: Buffer) => {
      const { mspId, refusal } = admit(bytes);
      if (mspId !== undefined && !visit.belongsTo(mspId)) return;
      const answer =
        refusal === undefined
          ? new Promise<Buffer>((resolve) => {
              waiting.push(resolve);
              (inner ??= open()).write(bytes);
            })
          : Promise.resolve(encoded(refusal));
      if (++pending >= mostWaiting) stream.pause();
      answered = answered.then(async () => {
        stream.write(await answer);
        if (--pending < mostWaiting) stream.resume();
      });
    });
    stream.on('end', () => {
      void answered.then(() => {
        stream.end();
        leave();
      });
    });
    stream.on('cancelled', leave);
    stream.on('error', leave);
  };
}

function encoded({ status: code, info }: BroadcastResult): Buffer {
  const response = new orderer.BroadcastResponse();
  response.setStatus(code);
  response.setInfo(info);
  return Buffer.from(response.serializeBinary());
}
