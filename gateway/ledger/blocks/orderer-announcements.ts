import { common, orderer } from '@hyperledger/fabric-protos';
import type { ConnectionProfile } from '../connection-profile.js';
import { nodeClient } from '../node-client.js';
import type { Signatory } from '../signatory.js';
import type { Announcements } from './bell.js';
import { seekHeaders } from './seek-headers.js';

type Orderer = ConnectionProfile['orderers'][number];

/** Follows the headers of blocks at one orderer. The connection is closed with the stream. */
export async function orderersAnnouncements(
  from: Orderer,
  signatory: Signatory,
  channel: string,
): Promise<Announcements> {
  const request = await seekHeaders(
    {
      mspId: signatory.mspId,
      certificate: signatory.certificate,
      sign: (message) => signatory.signInPassing(message),
    },
    channel,
  );
  const client = nodeClient(from);
  const stream = client.makeBidiStreamRequest(
    '/orderer.AtomicBroadcast/Deliver',
    (envelope: common.Envelope) => Buffer.from(envelope.serializeBinary()),
    (bytes: Buffer) => orderer.DeliverResponse.deserializeBinary(bytes),
  );
  // Whoever reads the stream learns of its end; an error after that must not end the process.
  stream.on('error', () => undefined);
  stream.write(request);
  return {
    close: () => {
      stream.cancel();
      client.close();
    },
    [Symbol.asyncIterator]: async function* () {
      for await (const response of stream as AsyncIterable<orderer.DeliverResponse>) {
        const block = response.getBlock();
        if (block === undefined) {
          throw new Error(`${from.endpoint} ends its stream with status ${response.getStatus()}.`);
        }
        yield block.getHeader()?.getNumber() ?? 0;
      }
    },
  };
}
