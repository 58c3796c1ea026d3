import type { Transaction } from '@hyperledger/fabric-gateway';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { answerOfTwo } from './answers/answer-of-two.js';
import type { SettleParts } from './answers/settle.js';
import type { AnswerReader } from './answers/signed-answer.js';
import { classify } from './classify.js';
import type { Circuit } from './circuit.js';
import type { EndorserPairs } from './endorser-pairs.js';
import { CertificateRefusedError, EndorsementError, NetworkUnavailableError } from './errors.js';
import type { PeerConnections } from './peer-connections.js';
import { type PeerHeights, PeersBehindError } from './peer-heights.js';
import type { Signatory } from './signatory.js';

export interface EvaluateParts {
  readonly mspId: string;
  readonly government: readonly string[];
  readonly connections: PeerConnections;
  readonly pairs: EndorserPairs;
  readonly circuit: Circuit;
  readonly heights: PeerHeights;
  readonly reader: AnswerReader;
  readonly contradicted: SettleParts['contradicted'];
  /** The latest block that this gateway knows of: who has not got it would answer of the past. */
  readonly latestBlock: number;
  readonly timeoutMs: number;
}

/** What the nodes have answered, sealed for the transaction id of the question. */
export interface Answered {
  readonly payload: Uint8Array;
  readonly transactionId: string;
  /** The question with the signed answers of two nodes; undefined where one alone was asked. */
  readonly signed?: Pick<Transaction, 'getBytes'>;
}

/**
 * How many of the government's nodes answer: two, and where they differ the third decides, so that none is believed alone;
 * one where the caller itself holds the answer against a hash; all where such an answer did not fit.
 */
export type Asking = 'one' | 'two' | 'all';

/**
 * Asks the government's nodes, over any of the peers.
 *
 * @throws LedgerError when the chaincode refuses.
 * @throws CertificateRefusedError, NetworkUnavailableError, EndorsementError
 */
export async function evaluate(
  parts: EvaluateParts,
  signatory: Signatory,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
  asking: Asking = 'two',
): Promise<Answered> {
  const { connections, circuit } = parts;
  const behind = new Set<string>();
  let cause: unknown;
  let failed: EndorsementError | undefined;
  for (const entry of connections.reachable()) {
    for (const group of groups(parts, asking)) {
      if (group.some((one) => behind.has(one))) continue;
      try {
        const answer = await askGroup(parts, { signatory, entry, group, asking }, name, transientData);
        connections.answered(entry);
        for (const one of group) circuit.answered(one);
        return answer;
      } catch (error) {
        // What two nodes refuse, and that no two say the same, other ways would not change.
        if (error instanceof LedgerError || error instanceof NetworkUnavailableError) throw error;
        cause = error;
        if (error instanceof PeersBehindError) {
          for (const one of error.organisations) {
            behind.add(one);
            circuit.failed(one);
          }
          continue;
        }
        const failure = classify(error);
        if (failure.kind === 'refused') throw failure.refusal;
        if (failure.kind === 'certificate') {
          throw new CertificateRefusedError('The peers refuse this certificate.', { cause });
        }
        if (failure.kind !== 'unavailable') {
          failed = new EndorsementError('The peers answered with neither result nor refusal.', { cause });
          continue;
        }
        if (failure.organisations.length === 0 && !group.includes(entry)) {
          connections.failed(entry);
          break;
        }
        const silent = failure.organisations.length === 0 ? group : failure.organisations;
        for (const one of silent) circuit.failed(one);
      }
    }
    // Another way to the same nodes helps against silence only.
    if (failed !== undefined) throw failed;
  }
  if (cause === undefined) throw new NetworkUnavailableError('None of the peers can be reached.');
  throw new NetworkUnavailableError('No two peers answer alike.', { cause });
}

/** One way to an answer: a group of nodes, reached through one of the peers. */
interface Way {
  readonly signatory: Signatory;
  readonly entry: string;
  readonly group: readonly string[];
  readonly asking: Asking;
}

async function askGroup(
  parts: EvaluateParts,
  { signatory, entry, group, asking }: Way,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
): Promise<Answered> {
  const { heights, latestBlock, government, timeoutMs } = parts;
  await heights.reach({ signatory, entry }, group, latestBlock);
  const proposal = signatory
    .contract(entry)
    .newProposal(name, { transientData, endorsingOrganizations: [...group] });
  const settling = { ...parts, signatory, entry, organisations: government };
  const transaction =
    asking === 'one' ? undefined : await answerOfTwo(settling, group, name, proposal, asking === 'all');
  const payload = transaction?.getResult() ?? (await proposal.evaluate({ deadline: Date.now() + timeoutMs }));
  return {
    payload,
    transactionId: proposal.getTransactionId(),
    ...(transaction && { signed: transaction }),
  };
}

function groups({ mspId, government, pairs }: EvaluateParts, asking: Asking): readonly (readonly string[])[] {
  const inOrder = pairs.inOrder();
  if (asking === 'one') return [...new Set(inOrder.flat())].map((one) => [one]);
  if (!government.includes(mspId)) return inOrder;
  // The own node and another: a flipped byte in its database is found by what the other says.
  return [
    ...inOrder.filter((pair) => pair.includes(mspId)),
    ...inOrder.filter((pair) => !pair.includes(mspId)),
  ];
}
