import type { Proposal, Transaction } from '@hyperledger/fabric-gateway';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { nodesDiffer } from '../classify.js';
import { NetworkUnavailableError } from '../errors.js';
import { settle } from './settle.js';
import type { SettleParts } from './settle.js';

/**
 * Has a question answered by the nodes of two organisations, and by all where these two do not say the same.
 *
 * @param proposal names the two as its endorsers.
 * @param all whether all are asked although the two agree: somebody has said what cannot be, and is to be named.
 * @returns the transaction with the answer that two nodes have signed.
 * @throws LedgerError that two nodes say; NetworkUnavailableError when no two say the same; the gateway's error when one
 *   of the two does not answer.
 */
export async function answerOfTwo(
  parts: SettleParts,
  two: readonly string[],
  name: LedgerFunction,
  proposal: Proposal,
  all = false,
): Promise<Transaction> {
  try {
    const transaction = await proposal.endorse({ deadline: Date.now() + parts.timeoutMs });
    const signed = parts.reader.read(transaction).filter(({ mspId }) => two.includes(mspId));
    if (!all && signed.length === two.length) return transaction;
  } catch (error) {
    if (!nodesDiffer(error, two)) throw error;
  }
  const { alike } = await settle(parts, name, proposal);
  const [first] = alike;
  if (first?.kind === 'answer') return first.transaction;
  if (first?.kind === 'refusal') throw first.refusal;
  throw new NetworkUnavailableError('No two government nodes say the same.');
}
