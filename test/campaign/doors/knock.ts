import { Client, credentials, status as codes, type ServiceError } from '@grpc/grpc-js';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import type { Door } from './samples.js';

/** How long a door may say nothing to a request that has one answer. */
const answerLimitMs = 30_000;
/** Others may rightly wait for what comes: so long they are listened to. */
const listeningMs = 250;

/** What a door came to: the name of gRPC's code; `ANSWERED`, or `SILENT` where a stream waits. */
export type Verdict = string;

const asIs = (bytes: Buffer) => bytes;

/** Connections to one peer and one orderer, for requests that no client library would make. */
export class Knocker {
  readonly #clients: Readonly<Record<Door['at'], Client>>;

  constructor(profile: ConnectionProfile, mspId: string) {
    const peer = profile.organisations.find((one) => one.mspId === mspId)?.peer;
    const [orderer] = profile.orderers;
    if (peer === undefined || orderer === undefined) throw new Error(`There is no node of ${mspId}.`);
    const clientOf = ({ endpoint, tlsRootCerts }: typeof peer) =>
      new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts)));
    this.#clients = { peer: clientOf(peer), orderer: clientOf(orderer) };
  }

  async knock({ at, method, answers }: Door, request: Buffer): Promise<Verdict> {
    const client = this.#clients[at];
    if (answers === 'stream') return this.#listen(client, method, request);
    if (answers === 'once') return this.#ask(client, method, request, answerLimitMs);
    const verdict = await this.#ask(client, method, request, listeningMs);
    return verdict === 'DEADLINE_EXCEEDED' ? 'SILENT' : verdict;
  }

  close(): void {
    for (const client of Object.values(this.#clients)) client.close();
  }

  async #ask(client: Client, method: string, request: Buffer, withinMs: number): Promise<Verdict> {
    const deadline = Date.now() + withinMs;
    return new Promise((resolve) => {
      client.makeUnaryRequest(method, asIs, asIs, request, { deadline }, (error) => {
        resolve(error === null ? 'ANSWERED' : nameOf(error));
      });
    });
  }

  async #listen(client: Client, method: string, request: Buffer): Promise<Verdict> {
    const stream = client.makeBidiStreamRequest(method, asIs, asIs, { deadline: Date.now() + answerLimitMs });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        end('SILENT');
      }, listeningMs);
      const end = (verdict: Verdict) => {
        clearTimeout(timer);
        stream.cancel();
        resolve(verdict);
      };
      stream.on('data', () => {
        end('ANSWERED');
      });
      stream.on('end', () => {
        end('ENDED');
      });
      stream.on('error', (error: ServiceError) => {
        end(nameOf(error));
      });
      stream.write(request);
    });
  }
}

function nameOf({ code }: Pick<ServiceError, 'code'>): string {
  return codes[code];
}
