import {
  GatewayError,
  type Proposal,
  type ProposalOptions,
  type Status,
  type Transaction,
} from '@hyperledger/fabric-gateway';
import { gateway as messages } from '@hyperledger/fabric-protos';
import { CUSTOMS, TAX } from '../definition.js';
import type { Answer, Step } from '../probe/steps.cjs';
import { serializeIdentity } from './identity.js';
import type { Member } from './member.js';
import { everyone } from './network.js';
import { codeName } from './validation-code.js';

export interface Options {
  readonly transient?: Record<string, string>;
  /** Whose peers endorse or evaluate; an empty list leaves the choice to the peer that is asked. */
  readonly peers?: readonly string[];
}

export interface Outcome {
  readonly txId: string;
  /** The name of Fabric's validation code, `VALID` for a success. */
  readonly code: string;
  readonly block: bigint;
  readonly answers: readonly Answer[];
}

/** Customs and Tax: enough of the probe chaincode's policy, and members of its collections. */
const ENDORSERS = [CUSTOMS, TAX];

/** A proposal that performs the steps. */
export function propose(
  member: Member,
  steps: readonly Step[],
  options: Options,
  peers: readonly string[],
): Proposal {
  const chosen = options.peers ?? peers;
  const proposal: ProposalOptions = {
    arguments: [JSON.stringify(steps)],
    ...(options.transient && { transientData: options.transient }),
    ...(chosen.length > 0 && { endorsingOrganizations: [...chosen] }),
  };
  return member.contract.newProposal('run', proposal);
}

/** Performs the steps on one peer, the member's own unless another is named, and keeps nothing. */
export async function evaluate(
  member: Member,
  steps: readonly Step[],
  options: Options = {},
): Promise<readonly Answer[]> {
  return answersOf(await propose(member, steps, options, [member.mspId]).evaluate());
}

/** As `evaluate`, for a single step. */
export async function ask(member: Member, step: Step, options: Options = {}): Promise<Answer> {
  const [answer] = await evaluate(member, [step], options);
  return answer ?? null;
}

/** Has Customs and Tax, or those named, endorse the steps; nothing is ordered yet. */
export async function endorse(
  member: Member,
  steps: readonly Step[],
  options: Options = {},
): Promise<Transaction> {
  return propose(member, steps, options, ENDORSERS).endorse();
}

/** Endorses, orders, and waits until the peers of everyone have the transaction. */
export async function submit(
  member: Member,
  steps: readonly Step[],
  options: Options = {},
): Promise<Outcome> {
  return commit(member, await endorse(member, steps, options));
}

/** As `submit`, for what a probe needs to be there: anything but VALID fails it. */
export async function arrange(
  member: Member,
  steps: readonly Step[],
  options: Options = {},
): Promise<Outcome> {
  const outcome = await submit(member, steps, options);
  if (outcome.code !== 'VALID') throw new Error(`the probe could not be arranged: ${outcome.code}`);
  return outcome;
}

/** Orders an endorsed transaction and waits until the peers of everyone have it. */
export async function commit(member: Member, transaction: Transaction): Promise<Outcome> {
  await order(transaction);
  const txId = transaction.getTransactionId();
  const own = await statusAt(member, txId);
  await Promise.all(everyone.map((other) => statusAt(other, txId)));
  return {
    txId,
    code: codeName(own.code),
    block: own.blockNumber,
    answers: answersOf(transaction.getResult()),
  };
}

/** Has the transaction ordered. Orderers that say they have it already, have it. */
export async function order(transaction: Transaction): Promise<void> {
  try {
    await transaction.submit();
  } catch (error) {
    const known =
      error instanceof GatewayError &&
      error.details.every(({ message }) => message.includes('request already'));
    if (!known) throw error;
  }
}

/** Asks the member's peer for the fate of a transaction; waits until it has one. */
export async function statusAt(
  { gateway, channel, mspId, certificate }: Member,
  txId: string,
): Promise<Status> {
  const request = new messages.CommitStatusRequest();
  request.setChannelId(channel.getName());
  request.setTransactionId(txId);
  request.setIdentity(serializeIdentity(mspId, certificate));
  const unsigned = new messages.SignedCommitStatusRequest();
  unsigned.setRequest(request.serializeBinary());
  return gateway.newCommit(unsigned.serializeBinary()).getStatus({ deadline: Date.now() + 30_000 });
}

function answersOf(result: Uint8Array): readonly Answer[] {
  return JSON.parse(Buffer.from(result).toString('utf8')) as readonly Answer[];
}
