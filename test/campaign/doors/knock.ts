import { Agent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { Client, credentials, status as codes, type ServiceError } from '@grpc/grpc-js';
import type { ConnectionProfile, OrganisationProfile } from '@pledgeonce/network/connection-profile.js';
import type { ChaincodePlace } from './chaincode-doors.js';
import type { Door } from './door.js';

/** How long a door may say nothing to a request that has one answer. */
const answerLimitMs = 30_000;
/** Others may rightly wait for what comes: so long they are listened to. */
const listeningMs = 100;

/** What a door came to: the name of gRPC's code or the status of HTTP; `ANSWERED`, or `SILENT` where a stream waits. */
export type Verdict = string;
export const faultVerdict = 'FAULT OF OURS';

const asIs = (bytes: Buffer) => bytes;

/** Connections to one node of each kind, for requests that no client library would make. */
export class Knocker {
  readonly #clients: Readonly<Record<Exclude<Door['at'], 'authority'>, Client>>;
  readonly #authority: OrganisationProfile['ca'];
  readonly #agent: Agent;

  constructor(
    { orderers: [orderer] }: ConnectionProfile,
    { mspId, peer, ca }: OrganisationProfile,
    { address, roots, key, certificate }: ChaincodePlace,
  ) {
    if (peer === undefined || orderer === undefined) throw new Error(`There is no node of ${mspId}.`);
    const clientOf = ({ endpoint, tlsRootCerts }: typeof peer) =>
      new Client(endpoint, credentials.createSsl(Buffer.from(tlsRootCerts)));
    this.#clients = {
      peer: clientOf(peer),
      orderer: clientOf(orderer),
      chaincode: new Client(address, credentials.createSsl(roots, key, certificate)),
    };
    this.#authority = ca;
    this.#agent = new Agent({ ca: ca.tlsRootCerts });
  }

  async knock(door: Door, request: Buffer): Promise<Verdict> {
    const { at, method, answers } = door;
    if (at === 'authority') return this.#post(method, request, door.authorization?.(request) ?? '');
    const client = this.#clients[at];
    if (answers === 'stream') return this.#listen(client, method, [...(door.before ?? []), request]);
    if (answers === 'once') return this.#ask(client, method, request, answerLimitMs);
    const verdict = await this.#ask(client, method, request, listeningMs);
    return verdict === 'DEADLINE_EXCEEDED' ? 'SILENT' : verdict;
  }

  close(): void {
    for (const client of Object.values(this.#clients)) client.close();
    this.#agent.destroy();
  }

  async #post(path: string, body: Buffer, authorization: string): Promise<Verdict> {
    const options = { method: 'POST', agent: this.#agent, headers: { authorization } };
    return new Promise((resolve) => {
      const asked = httpsRequest(new URL(path, this.#authority.url), options, (answer) => {
        text(answer).then(
          // Fabric CA answers some of what it does not know with 500 and a reason; this reason is a fault of ours.
          (said) => {
            resolve(said.includes('Internal error') ? faultVerdict : `HTTP ${answer.statusCode ?? 0}`);
          },
          () => {
            resolve('CUT OFF');
          },
        );
      });
      asked.setTimeout(answerLimitMs, () => {
        resolve('DEADLINE_EXCEEDED');
        asked.destroy();
      });
      asked.once('error', (error: NodeJS.ErrnoException) => {
        resolve(error.code ?? error.name);
      });
      asked.end(body);
    });
  }

  async #ask(client: Client, method: string, request: Buffer, withinMs: number): Promise<Verdict> {
    const deadline = Date.now() + withinMs;
    return new Promise((resolve) => {
      client.makeUnaryRequest(method, asIs, asIs, request, { deadline }, (error) => {
        resolve(error === null ? 'ANSWERED' : nameOf(error));
      });
    });
  }

  async #listen(client: Client, method: string, requests: readonly Uint8Array[]): Promise<Verdict> {
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
      for (const request of requests) stream.write(Buffer.from(request));
    });
  }
}

function nameOf({ code }: Pick<ServiceError, 'code'>): string {
  return codes[code];
}
