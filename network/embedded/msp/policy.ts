import type { common } from '@hyperledger/fabric-protos';
import type { Identity } from './identity.js';

/** A signature policy ready to be asked; compile once, evaluate often. */
export interface Policy {
  /** The policy as Fabric writes it to the ledger. */
  readonly envelope: common.SignaturePolicyEnvelope;
  /**
   * Whether these identities, whose signatures have been verified, satisfy the policy. Each counts once however often
   * it is given, and each can stand for one principal only, in the order given: as Fabric's evaluator decides.
   */
  satisfiedBy(identities: readonly Identity[]): boolean;
}
