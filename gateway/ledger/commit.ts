import { GatewayError, StatusCode } from '@hyperledger/fabric-gateway';
import type { SubmittedTransaction, Transaction } from '@hyperledger/fabric-gateway';
import { status } from '@grpc/grpc-js';
import { traced } from '@pledgeonce/chaincode/tracing/spans.js';
import type { Commit, CommitWatcher } from './commit-watcher.js';
import { validCode } from './commit-watcher.js';
import { CommitRefusedError, ConflictError, NetworkUnavailableError } from './errors.js';
import { validationCodeName } from './validation-code.js';

export interface CommitLimits {
  readonly submitTimeoutMs: number;
  /** How long the caller waits for the block before they are told to ask later. */
  readonly commitTimeoutMs: number;
}

/** Codes with which the gateway service says that no orderer took the transaction. */
const rejections: readonly number[] = [status.ABORTED, status.INVALID_ARGUMENT, status.PERMISSION_DENIED];
/** What a peer may take that is asked after our own block stream has told nothing. */
const lastQuestionMs = 1_000;
const conflicts: readonly number[] = [StatusCode.MVCC_READ_CONFLICT, StatusCode.PHANTOM_READ_CONFLICT];

/**
 * Sends an endorsed transaction to the orderers and waits for the network's verdict.
 *
 * @returns undefined when no verdict came in time: the transaction may commit yet.
 * @throws ConflictError, CommitRefusedError
 */
export async function commit(
  transaction: Transaction,
  watcher: CommitWatcher,
  limits: CommitLimits,
): Promise<Commit | undefined> {
  const id = transaction.getTransactionId();
  const submitted = await traced('submit', {}, () => send(transaction, limits.submitTimeoutMs));
  const verdict = await traced('commit-wait', {}, async (span) => {
    const found = await verdictOn(id, submitted, watcher, limits.commitTimeoutMs);
    if (found !== undefined) span.note({ validationCode: validationCodeName(found.code) });
    return found;
  });
  if (verdict === undefined || verdict.code === validCode) return verdict;
  const reason = validationCodeName(verdict.code);
  throw conflicts.includes(verdict.code) ? new ConflictError(id, reason) : new CommitRefusedError(id, reason);
}

/**
 * Sends once more what was sent before, by this process or a former one, over the first peer that takes it. That an orderer
 * does not take it says nothing about the first time: only a block does.
 *
 * @param ways The same transaction over different peers.
 * @returns undefined when no verdict came in time.
 */
export async function commitAgain(
  transactionId: string,
  ways: readonly (() => Transaction)[],
  watcher: CommitWatcher,
  limits: CommitLimits,
): Promise<Commit | undefined> {
  let submitted: SubmittedTransaction | undefined;
  for (const way of ways) {
    try {
      submitted = await way().submit({ deadline: Date.now() + limits.submitTimeoutMs });
      break;
    } catch {
      // Another peer may reach an orderer; and the watcher may know the verdict all the same.
    }
  }
  return verdictOn(transactionId, submitted, watcher, limits.commitTimeoutMs);
}

/**
 * @returns undefined when the orderers' answer leaves open whether they have the transaction. SmartBFT, for one,
 * answers UNAVAILABLE "request already processed" about transactions that commit.
 */
async function send(transaction: Transaction, timeoutMs: number): Promise<SubmittedTransaction | undefined> {
  try {
    return await transaction.submit({ deadline: Date.now() + timeoutMs });
  } catch (error) {
    if (error instanceof GatewayError && rejections.includes(error.code)) {
      throw new NetworkUnavailableError('The orderers rejected the transaction.', { cause: error });
    }
    return undefined;
  }
}

/** Our block stream tells first; while it is broken, the peer that submitted is asked, which is another than our own. */
async function verdictOn(
  id: string,
  submitted: SubmittedTransaction | undefined,
  watcher: CommitWatcher,
  timeoutMs: number,
): Promise<Commit | undefined> {
  // The watcher remembers recent commits, so a block that was faster than the orderers' answer is not missed.
  const seen = watcher.connected ? await watcher.wait(id, timeoutMs) : watcher.find(id);
  if (seen !== undefined) return seen;
  if (submitted === undefined) return watcher.connected ? undefined : watcher.wait(id, timeoutMs);
  return askPeer(submitted, watcher.connected ? lastQuestionMs : timeoutMs);
}

/** @returns undefined when the peer does not learn the verdict in time either. */
async function askPeer(submitted: SubmittedTransaction, timeoutMs: number): Promise<Commit | undefined> {
  try {
    const found = await submitted.getStatus({ deadline: Date.now() + timeoutMs });
    return { code: found.code, blockNumber: Number(found.blockNumber) };
  } catch {
    return undefined;
  }
}
