import { common, peer } from '@hyperledger/fabric-protos';
import { IdentityError, type Msps } from '../msp/identity.js';
import type { ValidationCode } from './ledger.js';
import type { OpenedEnvelope } from './open-envelope.js';

const { TxValidationCode: Code } = peer;

/** What an envelope is checked against before its chaincode's policies come into play. */
export interface EnvelopeContext {
  readonly channel: string;
  readonly msps: Msps;
  isCommitted(txId: string): boolean;
}

/**
 * Checks form, creator and signature, transaction id, channel and that the id is new, in the order in which Fabric
 * does, because the first fault names the code.
 *
 * @returns undefined when nothing is wrong.
 */
export function envelopeFault(opened: OpenedEnvelope, context: EnvelopeContext): ValidationCode | undefined {
  const { transaction } = opened;
  if (transaction === undefined) return opened.headerFault ?? Code.BAD_PAYLOAD;
  if (!isSignedByCreator(opened, context.msps)) return Code.BAD_CREATOR_SIGNATURE;
  if (opened.bodyFault !== undefined) return opened.bodyFault;
  if (transaction.channel !== context.channel) return Code.TARGET_CHAIN_NOT_FOUND;
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) return undefined;
  if (context.isCommitted(transaction.txId)) return Code.DUPLICATE_TXID;
  return opened.actionFault;
}

/**
 * True when a valid identity of a known organisation has signed the payload.
 *
 * @throws Error what is no fault of the identity.
 */
export function isSignedByCreator({ headers, payload, signature }: OpenedEnvelope, msps: Msps): boolean {
  if (headers === undefined) return false;
  try {
    const creator = msps.identity(headers.creator);
    msps.validate(creator);
    return msps.verify(creator, payload, signature);
  } catch (error) {
    if (error instanceof IdentityError) return false;
    throw error;
  }
}
