import type { ServiceError } from '@grpc/grpc-js';
import type { Member } from './member.js';

interface Message {
  serializeBinary(): Uint8Array;
}

/**
 * Calls a method of the member's peer directly, for requests that the client library would not make.
 *
 * @throws ServiceError of gRPC when the peer refuses.
 */
export async function callUnary<Reply>(
  { grpc }: Member,
  method: string,
  request: Message,
  read: (bytes: Uint8Array) => Reply,
): Promise<Reply> {
  const deadline = Date.now() + 30_000;
  return new Promise((resolve, reject) => {
    grpc.makeUnaryRequest(
      method,
      write,
      read,
      request,
      { deadline },
      (error: ServiceError | null, reply?: Reply) => {
        if (reply === undefined) reject(error ?? new Error('no reply'));
        else resolve(reply);
      },
    );
  });
}

function write(message: Message): Buffer {
  return Buffer.from(message.serializeBinary());
}
