import { mkdirSync } from 'node:fs';
import { type Server, createServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { join } from 'node:path';
import express, {
  type ErrorRequestHandler,
  type Express,
  type NextFunction,
  type Request,
  type Response,
} from 'express';
import type { Logger } from 'pino';
import type { Authority } from './authority.js';
import { CODES, CaError } from './errors.js';
import type { CertificateAuthority, CertificateAuthorityOptions } from './options.js';
import type { CaRequest } from './request.js';
import { announceKnownRevocations, revocationList } from './revocation.js';
import { ROUTES } from './routes.js';
import { seed } from './seed.js';
import { Store } from './store.js';
import { Turns } from './turns.js';

const BODY_LIMIT = '128kb';
const YEAR_DAYS = 365;
/** A client that sends its request more slowly than this is cut off. */
const REQUEST_TIMEOUT_MS = 15_000;

/** The name under which an organisation's certificate authority answers. */
export function certificateAuthorityName(organisation: { readonly name: string }): string {
  return `ca-${organisation.name}`;
}

/**
 * Starts one organisation's certificate authority: Fabric CA's REST API over HTTPS on the loopback address.
 *
 * @throws Error when the port is taken or the store is in use by another process.
 */
export async function startCertificateAuthority(
  options: CertificateAuthorityOptions,
): Promise<CertificateAuthority> {
  const { authority, server, close } = await openCertificateAuthority(options);
  try {
    await listening(server, options.port, options.host);
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return { ...placeOf(options, port), crl: () => revocationList(authority), close };
}

/** A certificate authority that listens nowhere yet. */
interface OpenedAuthority {
  readonly authority: Authority;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/**
 * Opens an authority's store and registers who is to be registered.
 *
 * @throws Error when the store is in use by another process.
 */
export async function openCertificateAuthority(
  options: CertificateAuthorityOptions,
): Promise<OpenedAuthority> {
  mkdirSync(options.stateDir, { recursive: true, mode: 0o700 });
  const store = await Store.open(join(options.stateDir, 'store'));
  const authority: Authority = {
    name: options.name,
    issuer: options.issuer,
    store,
    turns: new Turns(),
    clock: options.clock ?? (() => new Date()),
    certificateDays: options.certificateDays ?? YEAR_DAYS,
    log: options.log,
    onRevocation: options.onRevocation ?? (() => undefined),
  };
  try {
    await seed(authority, options);
    await announceKnownRevocations(authority);
    const { cert, key } = await options.tls();
    const server = createServer({ cert, key, minVersion: 'TLSv1.2' }, application(authority));
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    return {
      authority,
      server,
      close: async () => {
        if (server.listening) await closed(server);
        else server.closeAllConnections();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** How a certificate authority is found. */
export function placeOf(
  { name }: CertificateAuthorityOptions,
  port: number,
): Pick<CertificateAuthority, 'name' | 'url' | 'port'> {
  return { name, url: `https://localhost:${port}`, port };
}

function application(authority: Authority): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((_request: Request, response: Response, next: NextFunction) => {
    // Calls are rare and fabric-ca-client never repeats one: it must not meet a connection that idled too long.
    response.setHeader('connection', 'close');
    next();
  });
  app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  for (const [path, operations] of Object.entries(ROUTES)) {
    // fabric-ca-client for Node uses the one, the command-line client the other.
    app.all([`/api/v1/${path}`, `/${path}`], async (request, response) => {
      const operation = operations[request.method];
      if (!operation) {
        throw new CaError(405, CODES.methodNotAllowed, `Method ${request.method} is not allowed`);
      }
      const { result, location } = await operation.endpoint(authority, requestOf(request));
      if (location !== undefined) response.setHeader('location', location);
      response.status(operation.status).json({ result, errors: [], messages: [], success: true });
    });
  }
  app.use((request: Request) => {
    throw new CaError(404, CODES.request, `There is no ${request.path}`);
  });
  app.use(refuse(authority.log));
  return app;
}

function requestOf(request: Request): CaRequest {
  const { searchParams } = new URL(request.originalUrl, 'https://localhost');
  const { subject } = request.params;
  return {
    method: request.method,
    uri: request.originalUrl,
    authorization: request.headers.authorization,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    query: new Map(searchParams),
    subject: typeof subject === 'string' ? subject : '',
  };
}

/** Answers a failure as Fabric CA does. What is not a refusal is a fault of ours: logged, and told to nobody. */
function refuse(log: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next) => {
    const refusal = error instanceof CaError ? error : unexpected(error);
    const entry = { method: request.method, path: request.path, code: refusal.code, reason: refusal.reason };
    if (refusal.status >= 500) log.error({ ...entry, err: error }, 'request failed');
    else log.info(entry, 'request refused');
    const { status, code, message } = refusal;
    response.status(status).json({ result: '', errors: [{ code, message }], messages: [], success: false });
  };
}

function unexpected(error: unknown): CaError {
  const status =
    typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) {
    return new CaError(status, CODES.readingBody, 'Failed reading request body', (error as Error).message);
  }
  return new CaError(500, CODES.unknown, 'Internal error', String(error));
}

/** Waits until a server listens, on the loopback address unless another is named. */
export function listening(server: NetServer, port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}
