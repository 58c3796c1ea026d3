import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';
import { certificateSchema } from './certificate.js';
import type { Certificate } from './certificate.js';

const prefix = 'certificate/';
/** Where a list finds the ids, in the order of time: of all, and of one claim. */
const listOfAll = 'certificates/';
const listOf = (claim: string) => `certificates-of/${claim}/`;
/** Certificates of one millisecond that keep their order. */
const eachMillisecond = 100;

/** Names what a certificate is about and when it is found: the newest first. */
type New<T> = T extends Certificate ? Omit<T, 'id' | 'code' | 'withdrawnAt'> : never;

interface PageQuery {
  readonly claim?: string | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The certificates that an organisation has issued. */
export class CertificateStore {
  readonly #store: Pick<DurableStore, 'get' | 'put' | 'entries'>;
  #issued = 0;

  constructor(store: Pick<DurableStore, 'get' | 'put' | 'entries'>) {
    this.#store = store;
  }

  /** Keeps a new certificate, under a code that nobody guesses. */
  async issue(content: New<Certificate>): Promise<Certificate> {
    const code = randomBytes(16).toString('base64url');
    const certificate = certificateSchema.parse({ ...content, code, id: idOf(code) });
    const place = Date.parse(certificate.at) * eachMillisecond + (this.#issued++ % eachMillisecond);
    const lists = certificate.kind === 'claim' ? [listOfAll, listOf(certificate.claim.id)] : [listOfAll];
    for (const list of lists) await this.#store.put(`${list}${place}/${certificate.id}`, certificate.id);
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

  /**
   * Those of one claim or of all, the latest first.
   *
   * @param before where the page before ended.
   */
  async page({ claim, before, limit }: PageQuery): Promise<{ items: Certificate[]; next?: number }> {
    const list = claim === undefined ? listOfAll : listOf(claim);
    const items: Certificate[] = [];
    const below = before === undefined ? undefined : `${list}${before}`;
    let last = 0;
    for await (const [key, id] of this.#store.entries(list, { reverse: true, before: below })) {
      if (items.length === limit) return { items, next: last };
      const certificate = await this.get(z.string().parse(id));
      // A crash between the two leaves a place without its certificate.
      if (certificate !== undefined) items.push(certificate);
      last = Number(key.slice(list.length).split('/')[0]);
    }
    return { items };
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
