import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { TlsDoor } from '../doors/tls-door.js';
import type { CleanUps } from './clean-ups.js';

/** Longer than clients and proxies keep an idle connection, so that it is they who close it; announced to them. */
const keepAliveMs = 75_000;
/** The head of a request comes at once or not at all. */
const headersMs = 30_000;
/** A connection on which nothing moves for so long is nobody's any more. */
const silenceMs = 5 * 60_000;

export interface Door {
  readonly host: string;
  readonly port: number;
  /** How long requests have to finish when the gateway stops, milliseconds. */
  readonly drainMs: number;
  /** Absent where something before the gateway ends TLS. */
  readonly tls?: TlsDoor | undefined;
}

/**
 * Opens the HTTP door, with TLS where it has a certificate.
 *
 * @param ending Ends what never ends by itself, such as event streams.
 * @returns its address.
 * @throws Error when the port is taken.
 */
export async function listen(
  app: RequestListener,
  log: Logger,
  { host, port, drainMs, tls }: Door,
  ending: () => void,
  cleanUps: CleanUps,
): Promise<string> {
  const server = serverOf(app, tls, cleanUps);
  server.timeout = silenceMs;
  server.listen(port, host);
  await once(server, 'listening');
  // As when there are no more file descriptors: those who are connected are still answered.
  server.on('error', (error) => {
    log.error({ err: error }, 'a connection was not accepted');
  });
  cleanUps.add(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    ending();
    const impatience = setTimeout(() => {
      server.closeAllConnections();
    }, drainMs);
    await closed;
    clearTimeout(impatience);
  });
  const address = server.address() as AddressInfo;
  return `${tls === undefined ? 'http' : 'https'}://${host}:${address.port}`;
}

function serverOf(app: RequestListener, tls: TlsDoor | undefined, cleanUps: CleanUps): Server {
  // An import has no end of its own; who keeps a connection without sending is looked for where bodies are read.
  const patience = { keepAliveTimeout: keepAliveMs, headersTimeout: headersMs, requestTimeout: 0 };
  if (tls === undefined) return createServer(patience, app);
  const server = createTlsServer({ ...patience, ...tls.options }, app);
  tls.follow(server);
  cleanUps.add(() => {
    tls.stop();
  });
  return server;
}
