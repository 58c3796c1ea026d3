import { X509Certificate } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server, ServerOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';

/** How often it is looked whether somebody has put another certificate in place. */
const lookEveryMs = 5_000;

/** Where TLS at the door comes from; PEM. */
export interface TlsFiles {
  /** The certificate, and those of intermediate authorities after it. */
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Authorities whose certificates clients show. */
  readonly clientCaFile?: string | undefined;
  /** Certificates that those authorities have taken back. */
  readonly clientCrlFile?: string | undefined;
  /** `required`: nobody without a certificate gets in; `asked`: whoever shows one is known by it. */
  readonly clientCertificates: 'none' | 'asked' | 'required';
}

interface Credentials {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly crl?: string;
}

/**
 * TLS at the gateway's own door. A certificate that is put in the place of the present one is taken without a restart;
 * connections that are open go on.
 */
export class TlsDoor {
  readonly #files: TlsFiles;
  readonly #log: Logger;
  readonly #everyMs: number;
  #credentials: Credentials;
  #watched: readonly string[] = [];

  private constructor(files: TlsFiles, credentials: Credentials, log: Logger, everyMs: number) {
    this.#files = files;
    this.#credentials = credentials;
    this.#log = log;
    this.#everyMs = everyMs;
  }

  /** @throws Error when a file cannot be read, or key and certificate do not belong together. */
  static async open(files: TlsFiles, log: Logger, everyMs = lookEveryMs): Promise<TlsDoor> {
    return new TlsDoor(files, await read(files), log, everyMs);
  }

  /** What the server begins with. */
  get options(): ServerOptions {
    const { clientCertificates } = this.#files;
    return {
      ...this.#credentials,
      minVersion: 'TLSv1.2',
      requestCert: clientCertificates !== 'none',
      rejectUnauthorized: clientCertificates === 'required',
    };
  }

  /** When the certificate ends. */
  get endsAt(): Date {
    return new Date(new X509Certificate(this.#credentials.cert).validTo);
  }

  /** SHA-256 fingerprint of the certificate that is shown now. */
  get fingerprint(): string {
    return new X509Certificate(this.#credentials.cert).fingerprint256;
  }

  /** From now on the server shows what lies in the files. */
  follow(server: Pick<Server, 'setSecureContext'>): void {
    const { certificateFile, keyFile, clientCaFile, clientCrlFile } = this.#files;
    this.#watched = [certificateFile, keyFile, clientCaFile, clientCrlFile].filter(
      (one) => one !== undefined,
    );
    for (const file of this.#watched) {
      // Asks for the file behind a link, which is what is exchanged where secrets are mounted.
      watchFile(file, { interval: this.#everyMs, persistent: false }, () => void this.#look(server));
    }
  }

  stop(): void {
    for (const file of this.#watched) unwatchFile(file);
    this.#watched = [];
  }

  /** Certificate and key are written one after the other: until they fit, the present ones serve. */
  async #look(server: Pick<Server, 'setSecureContext'>): Promise<void> {
    try {
      const credentials = await read(this.#files);
      if (JSON.stringify(credentials) === JSON.stringify(this.#credentials)) return;
      server.setSecureContext({ ...credentials, minVersion: 'TLSv1.2' });
      this.#credentials = credentials;
      this.#log.info({ endsAt: this.endsAt }, 'another TLS certificate is in force');
    } catch (error) {
      this.#log.warn({ err: error }, 'TLS certificate not taken; the present one serves');
    }
  }
}

async function read({
  certificateFile,
  keyFile,
  clientCaFile,
  clientCrlFile,
}: TlsFiles): Promise<Credentials> {
  const [cert, key, ca, crl] = await Promise.all(
    [certificateFile, keyFile, clientCaFile, clientCrlFile].map((file) =>
      file === undefined ? Promise.resolve(undefined) : readFile(file, 'utf8'),
    ),
  );
  if (cert === undefined || key === undefined) throw new TypeError('TLS needs a certificate and its key.');
  const credentials = { cert, key, ...(ca !== undefined && { ca }), ...(crl !== undefined && { crl }) };
  try {
    // Also says when the key is another certificate's.
    createSecureContext(credentials);
  } catch (error) {
    throw new Error(`${certificateFile} and ${keyFile} do not give TLS: ${String(error)}`, { cause: error });
  }
  return credentials;
}
