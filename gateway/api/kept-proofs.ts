import type { ClaimInput, DocumentReference, PartyId } from '@pledgeonce/chaincode/api.js';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import { documentKey, keyText, withoutIssuer } from '@pledgeonce/chaincode/rules/document-keys.js';
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
    for (const name of namesOf(document, enterprise)) await this.#store.put(name, proof);
  }

  /** That of one document, where there is one. */
  async ofDocument(document: DocumentReference, enterprise: PartyId): Promise<string | undefined> {
    for (const name of namesOf(document, enterprise)) {
      const proof = z
        .string()
        .optional()
        .parse(await this.#store.get(name));
      if (proof !== undefined) return proof;
    }
    return undefined;
  }

  /** Those of the documents that a claim names. */
  async of({
    enterprise,
    lines,
    cover = [],
    collateral = [],
  }: Pick<ClaimInput, 'enterprise'> &
    Partial<Pick<ClaimInput, 'cover' | 'collateral'>> & {
      readonly lines: readonly Pick<ClaimInput['lines'][number], 'document'>[];
    }): Promise<string[]> {
    const documents = [...lines, ...cover, ...collateral].map(({ document }) => document);
    const proofs = await Promise.all(documents.map((document) => this.ofDocument(document, enterprise)));
    return [...new Set(proofs.flatMap((proof) => proof ?? []))];
  }
}

/**
 * By the hard key, so that another spelling is the same document, and by the key that names no member as its issuer, as a
 * claim may name it; nothing for what cannot be one.
 */
function namesOf(document: DocumentReference, enterprise: PartyId): readonly string[] {
  try {
    const key = documentKey(document, canonicalParty(enterprise, 'enterprise'), 'document.');
    return [...new Set([key, withoutIssuer(key)].map((one) => prefix + digest(keyText(one))))];
  } catch (error) {
    if (error instanceof LedgerError) return [];
    throw error;
  }
}
