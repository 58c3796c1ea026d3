import { common } from '@hyperledger/fabric-protos';
import { IdentityError, UnknownIssuerError, type Identity, type Msps } from '../msp/identity.js';
import { transactionId, type Proposal } from './proposal.js';

const { HeaderType } = common;

/**
 * Checks, as every endorser does before it runs anything, that a proposal is well formed and that its creator is a
 * valid member of the channel and has signed it.
 *
 * @returns the creator.
 * @throws Error in the words of Fabric's endorser.
 */
export function checkProposal(proposal: Proposal, msps: Msps): Identity {
  const fault = faultOf(proposal);
  if (fault !== undefined) throw new Error(`error validating proposal: ${fault}`);
  const creator = openCreator(proposal, msps);
  try {
    msps.validate(creator);
  } catch (error) {
    if (error instanceof UnknownIssuerError) throw malformedCreator(proposal, error);
    if (error instanceof IdentityError) throw accessDenied(proposal, creator);
    throw error;
  }
  if (!msps.verify(creator, proposal.bytes, proposal.signature)) throw accessDenied(proposal, creator);
  return creator;
}

function faultOf({ type, epoch, nonce, creator, txId, signature }: Proposal): string | undefined {
  if (type !== HeaderType.ENDORSER_TRANSACTION && type !== HeaderType.CONFIG) {
    const name = Object.entries(HeaderType).find(([, value]) => (value as number) === type)?.[0];
    return `invalid header type ${name ?? type}`;
  }
  if (epoch !== 0) return 'epoch is non-zero';
  if (nonce.length === 0) return 'nonce is empty';
  if (creator.length === 0) return 'creator is empty';
  const expected = transactionId(nonce, creator);
  if (txId !== expected) return `incorrectly computed txid '${txId}' -- expected '${expected}'`;
  return signature.length === 0 ? 'empty signature bytes' : undefined;
}

function openCreator(proposal: Proposal, msps: Msps): Identity {
  try {
    return msps.identity(proposal.creator);
  } catch (error) {
    throw error instanceof IdentityError ? malformedCreator(proposal, error) : error;
  }
}

function malformedCreator({ channel }: Proposal, cause: IdentityError): Error {
  const reason = `access denied: channel [${channel}] creator org unknown, creator is malformed`;
  return new Error(`error validating proposal: ${reason}`, { cause });
}

function accessDenied({ channel }: Proposal, { mspId }: Identity): Error {
  return new Error(`error validating proposal: access denied: channel [${channel}] creator org [${mspId}]`);
}
