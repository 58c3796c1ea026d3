import { Client, credentials } from '@grpc/grpc-js';
import { common, orderer } from '@hyperledger/fabric-protos';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import type { Member } from './member.js';
import { seekEnvelope, statusName, type Seek } from './seek.js';

type Profile = Pick<ConnectionProfile, 'orderers'>;

/** Hands an envelope to the first orderer, past every peer. @returns the name of its answer, such as `SUCCESS`. */
export async function broadcast(profile: Profile, envelope: common.Envelope): Promise<string> {
  const client = connect(profile);
  const stream = client.makeBidiStreamRequest(
    '/orderer.AtomicBroadcast/Broadcast',
    (one: common.Envelope) => Buffer.from(one.serializeBinary()),
    (bytes: Buffer) => orderer.BroadcastResponse.deserializeBinary(bytes),
    { deadline: Date.now() + 30_000 },
  );
  try {
    stream.write(envelope);
    for await (const response of stream as AsyncIterable<orderer.BroadcastResponse>) {
      return statusName(response.getStatus());
    }
  } finally {
    stream.cancel();
    client.close();
  }
  throw new Error('the orderer ended the stream without an answer');
}

/** Blocks as the first orderer hands them out, and the status that ends them. */
export async function ordered(
  profile: Profile,
  member: Member,
  wanted: Seek,
): Promise<{ readonly blocks: readonly common.Block[]; readonly status: string }> {
  const request = await seekEnvelope(member, wanted);
  const client = connect(profile);
  const stream = client.makeBidiStreamRequest(
    '/orderer.AtomicBroadcast/Deliver',
    (one: common.Envelope) => Buffer.from(one.serializeBinary()),
    (bytes: Buffer) => orderer.DeliverResponse.deserializeBinary(bytes),
    { deadline: Date.now() + 10_000 },
  );
  const blocks: common.Block[] = [];
  try {
    stream.write(request);
    for await (const response of stream as AsyncIterable<orderer.DeliverResponse>) {
      const block = response.getBlock();
      if (block === undefined) return { blocks, status: statusName(response.getStatus()) };
      blocks.push(block);
    }
  } finally {
    stream.cancel();
    client.close();
  }
  throw new Error('the orderer ended the stream without a status');
}

function connect({ orderers }: Profile): Client {
  const [first] = orderers;
  if (!first) throw new Error('the profile names no orderer');
  return new Client(first.endpoint, credentials.createSsl(Buffer.from(first.tlsRootCerts)));
}
