import type { Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway } from '@hyperledger/fabric-protos';
import { CertifiedSigner } from '../../evidence/certified-signer.js';
import type { Authorities } from '../../evidence/authorities.js';
import { openAction } from '../../evidence/endorsed-transaction.js';
import { EvidenceError } from '../../evidence/evidence-error.js';
import { authoritiesOf } from '../../evidence/profile-authorities.js';
import type { ConnectionProfile } from '../connection-profile.js';

/** What one organisation's node answered to a proposal, and its signature on it. */
export interface SignedAnswer {
  readonly mspId: string;
  /** Serialized `ProposalResponsePayload`: the proposal's hash, the answer, what was read and written. */
  readonly response: Uint8Array;
  /** Serialized identity of the node. */
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** More certificates of nodes than any consortium uses at a time: those that were replaced are forgotten. */
const knownAtMost = 1_000;

/** Checks the signatures of nodes, as a gateway does itself before it believes an answer. */
export class AnswerReader {
  readonly #authorities: ReadonlyMap<string, Authorities>;
  readonly #known = new Map<string, CertifiedSigner>();

  constructor(profile: Pick<ConnectionProfile, 'organisations'>) {
    this.#authorities = authoritiesOf(profile);
  }

  /**
   * The answers that an endorsed transaction carries, one for each organisation whose node signed it. What is not signed
   * by a node of a member is left out.
   *
   * @throws EvidenceError when it answers another proposal.
   */
  read(transaction: Pick<Transaction, 'getBytes'>): SignedAnswer[] {
    const prepared = gateway.PreparedTransaction.deserializeBinary(transaction.getBytes());
    const payload = common.Payload.deserializeBinary(
      prepared.getEnvelope()?.getPayload_asU8() ?? new Uint8Array(),
    );
    const { response, endorsements } = openAction(payload);
    const answers = new Map<string, SignedAnswer>();
    for (const endorsement of endorsements) {
      const endorser = endorsement.getEndorser_asU8();
      const signature = endorsement.getSignature_asU8();
      const signer = this.#nodeOf(endorser);
      if (signer?.signed(Buffer.concat([response, endorser]), signature) !== true) continue;
      answers.set(signer.mspId, { mspId: signer.mspId, response, endorser, signature });
    }
    return [...answers.values()];
  }

  /** Undefined for who is no node of a member. As for Fabric's own validation, its certificate may have ended. */
  #nodeOf(endorser: Uint8Array): CertifiedSigner | undefined {
    const name = Buffer.from(endorser).toString('base64');
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    try {
      const signer = CertifiedSigner.ofIdentity({ authorities: this.#authorities }, endorser);
      if (!signer.has('peer')) return undefined;
      if (this.#known.size >= knownAtMost) this.#known.clear();
      this.#known.set(name, signer);
      return signer;
    } catch (error) {
      if (error instanceof EvidenceError) return undefined;
      throw error;
    }
  }
}
