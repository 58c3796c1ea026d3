import { Client, credentials, status, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import { orderer } from '@hyperledger/fabric-protos';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { junkOf, wellFormedJunk } from '../../conformance/harness/junk.js';
import { statusName } from '../../conformance/harness/seek.js';
import type { Member } from '../../conformance/harness/member.js';

/** What a member does to every door at once. */
export interface Flood {
  /** Streams to each door. */
  readonly streams: number;
  /** Bytes of each envelope; without them nothing is ever sent on a stream. */
  readonly bytes?: number;
}

/** How often each door answered what. */
export type Answers = Readonly<Record<string, number>>;

/**
 * Lets a member's client hand in well-formed junk, each envelope signed anew, as fast as the doors answer.
 *
 * @param forMs it ends by itself then, milliseconds.
 */
export async function flood(
  profile: Pick<ConnectionProfile, 'orderers'>,
  member: Member,
  { streams, bytes }: Flood,
  forMs: number,
): Promise<Answers> {
  const until = Date.now() + forMs;
  const answers: Record<string, number> = {};
  const note = (answer: string) => (answers[answer] = (answers[answer] ?? 0) + 1);
  const clients = profile.orderers.map(
    ({ endpoint, tlsRootCerts }) => new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts))),
  );
  await Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: streams }, async () => {
        while (Date.now() < until) await holdStream(client, member, bytes, until, note);
      }),
    ),
  );
  for (const client of clients) client.close();
  return answers;
}

async function holdStream(
  client: Client,
  member: Member,
  bytes: number | undefined,
  until: number,
  note: (answer: string) => number,
): Promise<void> {
  const stream: ClientDuplexStream<Uint8Array, orderer.BroadcastResponse> = client.makeBidiStreamRequest(
    '/orderer.AtomicBroadcast/Broadcast',
    (envelope: Uint8Array) => Buffer.from(envelope),
    (answer: Buffer) => orderer.BroadcastResponse.deserializeBinary(answer),
    { deadline: until },
  );
  const send = async () => {
    const { envelope } = await junkOf(member, wellFormedJunk(bytes ?? 0));
    stream.write(envelope.serializeBinary());
  };
  try {
    if (bytes !== undefined) await send();
    for await (const answer of stream as AsyncIterable<orderer.BroadcastResponse>) {
      note(statusName(answer.getStatus()));
      await send();
    }
  } catch (error) {
    note(`ended with ${status[(error as ServiceError).code]}`);
  }
}
