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
  /** The question with the signed answers of two nodes; undefined where the own node alone was asked. */
  readonly signed?: Pick<Transaction, 'getBytes'>;
}

/** Functions that read what the own organisation's peer holds too. */
const ownRecords: ReadonlySet<LedgerFunction> = new Set(['readClaim', 'readClaimHistory', 'readOwnRecords']);

/**
 * Asks a bank's, insurer's, carrier's or portal's own node for the organisation's own records. Everything else is answered
 * by two of the government's nodes with their signatures, and where they differ the third decides: none is believed alone.
 *
 * @throws LedgerError when the chaincode refuses.
 * @throws CertificateRefusedError, NetworkUnavailableError, EndorsementError
 */
export async function evaluate(
  parts: EvaluateParts,
  signatory: Signatory,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
): Promise<Answered> {
  const { connections, circuit } = parts;
  const behind = new Set<string>();
  let cause: unknown;
  let failed: EndorsementError | undefined;
  for (const entry of connections.entries()) {
    for (const group of groups(parts, name)) {
      if (group.some((one) => behind.has(one))) continue;
      try {
        const answer = await askGroup(parts, { signatory, entry, group }, name, transientData);
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
  throw new NetworkUnavailableError('No two peers answer alike.', { cause });
}

/** One way to an answer: a group of nodes, reached through one of the peers. */
interface Way {
  readonly signatory: Signatory;
  readonly entry: string;
  readonly group: readonly string[];
}

async function askGroup(
  parts: EvaluateParts,
  { signatory, entry, group }: Way,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
): Promise<Answered> {
  const { heights, latestBlock, mspId, government, timeoutMs } = parts;
  await heights.reach({ signatory, entry }, group, latestBlock);
  const proposal = signatory
    .contract(entry)
    .newProposal(name, { transientData, endorsingOrganizations: [...group] });
  const isOwn = group.length === 1 && group[0] === mspId;
  const settling = { ...parts, signatory, entry, organisations: government };
  const transaction = isOwn ? undefined : await answerOfTwo(settling, group, name, proposal);
  const payload = transaction?.getResult() ?? (await proposal.evaluate({ deadline: Date.now() + timeoutMs }));
  return {
    payload,
    transactionId: proposal.getTransactionId(),
    ...(transaction && { signed: transaction }),
  };
}

function groups(
  { mspId, government, pairs }: EvaluateParts,
  name: LedgerFunction,
): readonly (readonly string[])[] {
  const inOrder = pairs.inOrder();
  if (!government.includes(mspId)) return ownRecords.has(name) ? [[mspId], ...inOrder] : inOrder;
  // The own node and another: a flipped byte in its database is found by what the other says.
  return [
    ...inOrder.filter((pair) => pair.includes(mspId)),
    ...inOrder.filter((pair) => !pair.includes(mspId)),
  ];
}
