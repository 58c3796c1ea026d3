import { createHash, randomBytes } from 'node:crypto';
import type { DurableStore } from '../storage/durable-store.js';
import { certificateSchema } from './certificate.js';
import type { Certificate } from './certificate.js';

const prefix = 'certificate/';

/** Names what a certificate is about and when it is found: the newest first. */
type New<T> = T extends Certificate ? Omit<T, 'id' | 'code' | 'withdrawnAt'> : never;

/** The certificates that an organisation has issued. */
export class CertificateStore {
  readonly #store: Pick<DurableStore, 'get' | 'put' | 'entries'>;

  constructor(store: Pick<DurableStore, 'get' | 'put' | 'entries'>) {
    this.#store = store;
  }

  /** Keeps a new certificate, under a code that nobody guesses. */
  async issue(content: New<Certificate>): Promise<Certificate> {
    const code = randomBytes(16).toString('base64url');
    const certificate = certificateSchema.parse({ ...content, code, id: idOf(code) });
    await this.#store.put(prefix + certificate.id, certificate);
    return certificate;
  }

  async get(id: string): Promise<Certificate | undefined> {
    return certificateSchema.optional().parse(await this.#store.get(prefix + id));
  }

  /** By what stands in the address of the public page. */
  byCode(code: string): Promise<Certificate | undefined> {
    return this.get(idOf(code));
  }

  /** Those of one claim, or all of them. */
  async list(claim?: string): Promise<Certificate[]> {
    const found: Certificate[] = [];
    for await (const [, value] of this.#store.entries(prefix)) {
      const certificate = certificateSchema.parse(value);
      if (claim === undefined || (certificate.kind === 'claim' && certificate.claim.id === claim))
        found.push(certificate);
    }
    return found.sort((a, b) => b.at.localeCompare(a.at));
  }

  /** From now on the public page shows nothing more; done twice it is done once. */
  async withdraw(certificate: Certificate, at: Date): Promise<Certificate> {
    const withdrawn = { ...certificate, withdrawnAt: certificate.withdrawnAt ?? at.toISOString() };
    await this.#store.put(prefix + certificate.id, withdrawn);
    return withdrawn;
  }
}

function idOf(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 32);
}
