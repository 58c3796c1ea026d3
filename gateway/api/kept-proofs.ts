import type { ClaimInput, DocumentReference, PartyId } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { documentKey, keyText } from '@pledgeonce/chaincode/rules/document-keys.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { canonicalParty } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'proof/';

/** What the registry has handed out for verifications of this organisation: its claims bring them along. */
export class KeptProofs {
  readonly #store: DurableStore;

  constructor(store: DurableStore) {
    this.#store = store;
  }

  async keep(document: DocumentReference, enterprise: PartyId, proof: string): Promise<void> {
    const name = nameOf(document, enterprise);
    if (name !== undefined) await this.#store.put(name, proof);
  }

  /** That of one document, where there is one. */
  async ofDocument(document: DocumentReference, enterprise: PartyId): Promise<string | undefined> {
    const name = nameOf(document, enterprise);
    if (name === undefined) return undefined;
    return z
      .string()
      .optional()
      .parse(await this.#store.get(name));
  }

  /** Those of the documents that a claim names. */
  async of({
    enterprise,
    lines,
    cover = [],
    collateral = [],
  }: Omit<ClaimInput, 'idempotencyKey'>): Promise<string[]> {
    const documents = [...lines, ...cover, ...collateral].map(({ document }) => document);
    const proofs = await Promise.all(documents.map((document) => this.ofDocument(document, enterprise)));
    return [...new Set(proofs.flatMap((proof) => proof ?? []))];
  }
}

/** By the hard key, so that another spelling is the same document; nothing for what cannot be one. */
function nameOf(document: DocumentReference, enterprise: PartyId): string | undefined {
  try {
    const seller = canonicalParty(enterprise, 'enterprise');
    return prefix + digest(keyText(documentKey(document, seller, 'document.')));
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}
