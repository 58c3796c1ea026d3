import { Agent, request as plain } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { request as overTls } from 'node:https';
import { pipeline } from 'node:stream';
import type { Leader } from '../storage/postgres/seat.js';
import { PinnedAgent } from './pinned-agent.js';

/** Says that a replica has passed a request on; it is not passed on twice. */
const passedOn = 'x-pledgeonce-passed-on';
/** What concerns one connection only (RFC 9110, 7.6.1). */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
]);

/** Hands requests to the replica that leads, and its answers back, as they come. */
export class Forwarder {
  readonly #plain = new Agent({ keepAlive: true });
  #pinned: PinnedAgent | undefined;
  #to: string | undefined;

  /** @param unanswered Called where the leader has not begun to answer, and nothing was sent to the client. */
  pass(request: IncomingMessage, response: ServerResponse, leader: Leader, unanswered: () => void): void {
    if (request.headers[passedOn] !== undefined) {
      unanswered();
      return;
    }
    if (leader.address !== this.#to) this.breakOff();
    this.#to = leader.address;
    const { protocol, hostname, port } = new URL(leader.address);
    const { method, url: path } = request;
    const isTls = protocol === 'https:';
    const agent = isTls ? this.#agentFor(leader.certificate ?? '') : this.#plain;
    const place = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (isTls ? 443 : 80) : Number(port),
    };
    const passed = (isTls ? overTls : plain)({ ...place, method, path, agent, headers: headersOf(request) });
    passed.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
      response.flushHeaders();
      // An answer that breaks off in the middle breaks off for the client too: no one takes a half for the whole.
      pipeline(answer, response, () => undefined);
    });
    passed.once('error', () => {
      if (response.headersSent) response.destroy();
      else unanswered();
    });
    // Whoever goes away takes the request along.
    response.once('close', () => {
      if (!response.writableFinished) passed.destroy();
    });
    request.pipe(passed);
  }

  /** Whoever waits for an answer learns that another replica takes over. */
  breakOff(): void {
    this.#plain.destroy();
    this.#pinned?.destroy();
  }

  #agentFor(fingerprint: string): PinnedAgent {
    if (this.#pinned?.fingerprint !== fingerprint) {
      this.#pinned?.destroy();
      this.#pinned = new PinnedAgent(fingerprint);
    }
    return this.#pinned;
  }
}

/** What the client sent, and from where. */
function headersOf(request: IncomingMessage): OutgoingHttpHeaders {
  const before = request.headers['x-forwarded-for'];
  const address = request.socket.remoteAddress ?? '';
  const isTls = 'encrypted' in request.socket;
  return {
    ...withoutConnection(request.headers),
    ...(request.headers['transfer-encoding'] !== undefined && { 'transfer-encoding': 'chunked' }),
    'x-forwarded-for': before === undefined ? address : `${String(before)}, ${address}`,
    ...(isTls && { 'x-forwarded-proto': 'https' }),
    [passedOn]: '1',
  };
}

function withoutConnection(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
}
