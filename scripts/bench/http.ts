import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { paths } from '@pledgeonce/client';
import type { Client } from '../rest/client.js';

/** Fewer CPU cycles per request than `fetch`: on a small machine the load must not be what is measured. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What load is made of. */
type Loaded = '/claims' | '/claims/batch' | `/claims/${string}/${string}`;
/** As the generated client has it: the load asks for what the API describes, without the client's own cycles. */
type BodyOf<P extends Loaded> = P extends '/claims' | '/claims/batch'
  ? paths[P]['post']['requestBody']['content']['application/json']
  : object;
/** What reserves a claim. */
export type Claimed = BodyOf<'/claims'>;

/** Posts JSON under an idempotency key, a new one unless told, and returns status and body text. */
export async function post<P extends Loaded>(
  client: Client,
  path: P,
  body: BodyOf<P>,
  key: string = randomUUID(),
): Promise<Reply> {
  return send(client, path, JSON.stringify(body), key);
}

async function send(client: Client, path: string, payload: string, key: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${client.url}/api/v1${path}`,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${client.token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
          'idempotency-key': key,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
        });
      },
    );
    sent.on('error', (error) => {
      // The server may close a kept connection at the moment it is used again; the key makes repeating harmless.
      if (sent.reusedSocket) send(client, path, payload, key).then(resolve, reject);
      else reject(error);
    });
    sent.end(payload);
  });
}
