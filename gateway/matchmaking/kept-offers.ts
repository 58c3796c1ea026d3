import { termsSchema } from '@pledgeonce/chaincode/offers/api.js';
import type { OfferTerms } from '@pledgeonce/chaincode/offers/api.js';
import { z } from 'zod';
import { seal, unseal } from '../people/seal.js';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'sealed-offer/';
const keptSchema = z.strictObject({ salt: z.string(), terms: termsSchema });

/** What opens a commitment. */
export interface Opening {
  readonly salt: string;
  readonly terms: OfferTerms;
}

/** What an open offer of the own bank was before the deadline: encrypted, on disk before the commitment is sent. */
export class KeptOffers {
  readonly #store: DurableStore;
  readonly #masterKey: Uint8Array;

  constructor(store: DurableStore, masterKey: Uint8Array) {
    this.#store = store;
    this.#masterKey = masterKey;
  }

  /** @param commitment hexadecimal; a replaced offer keeps its own entry until it is sure that it was replaced. */
  async keep(request: string, commitment: string, opening: Opening): Promise<void> {
    const name = nameOf(request, commitment);
    const sealed = await seal(Buffer.from(JSON.stringify(opening)), this.#masterKey, '', name);
    await this.#store.put(name, sealed.toString('base64'));
  }

  /** @returns undefined when this gateway did not make the commitment. */
  async find(request: string, commitment: string): Promise<Opening | undefined> {
    const name = nameOf(request, commitment);
    const stored = z
      .base64()
      .optional()
      .parse(await this.#store.get(name));
    if (stored === undefined) return undefined;
    const plain = await unseal(Buffer.from(stored, 'base64'), this.#masterKey, '', name);
    return keptSchema.parse(JSON.parse(plain.toString('utf8')));
  }

  /** Forgets everything kept for a request: its offers are open, or over. */
  async forget(request: string): Promise<void> {
    for await (const [name] of this.#store.entries(`${prefix}${request}/`)) await this.#store.delete(name);
  }

  /** The requests for which something is kept. */
  async requests(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const [name] of this.#store.entries(prefix)) found.add(name.split('/')[1] ?? '');
    return found;
  }
}

function nameOf(request: string, commitment: string): string {
  return `${prefix}${request}/${commitment}`;
}
