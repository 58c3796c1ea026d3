import { EndorseError } from '@hyperledger/fabric-gateway';
import type { Proposal, Transaction } from '@hyperledger/fabric-gateway';
import { gateway as protos } from '@hyperledger/fabric-protos';
import { LedgerError } from '@pledgeonce/chaincode/errors.js';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { settle } from './answers/settle.js';
import type { SettleParts } from './answers/settle.js';
import type { AnswerReader } from './answers/signed-answer.js';
import { backoffMs, pause } from './backoff.js';
import { classify, nodesDiffer } from './classify.js';
import type { Circuit } from './circuit.js';
import type { EndorserPairs } from './endorser-pairs.js';
import {
  CertificateRefusedError,
  ConflictError,
  EndorsementError,
  NetworkUnavailableError,
  UndeliveredError,
} from './errors.js';
import type { PeerConnections } from './peer-connections.js';
import { type PeerHeights, PeersBehindError, type Way } from './peer-heights.js';
import type { Signatory } from './signatory.js';

export interface EndorseParts {
  readonly government: readonly string[];
  readonly reader: AnswerReader;
  readonly contradicted: SettleParts['contradicted'];
  readonly connections: PeerConnections;
  readonly pairs: EndorserPairs;
  readonly circuit: Circuit;
  readonly heights: PeerHeights;
  /** The latest block that this gateway knows of: a refusal by peers that have not got it is not believed. */
  readonly latestBlock: number;
  readonly timeoutMs: number;
  readonly onPair: (pair: readonly string[]) => void;
  /** Whether an answer refuses something, so that peers that are behind are asked once more. */
  readonly refuses?: (transaction: Transaction) => boolean;
}

export interface Endorsed {
  readonly transaction: Transaction;
  /** The organisation whose peer took the request and will submit it. */
  readonly entry: string;
}

/** How the endorsers are chosen: one pair, with the authority of the fact, or everybody. */
export type Choice = { readonly required?: string } | 'all';

/**
 * Has a transaction endorsed, over another pair or another peer where one does not answer. Nothing is sent to the
 * orderers, so trying elsewhere, or again, is always safe.
 *
 * A Fabric peer says before it sends which other node has to confirm that it has the private data. Until the others notice
 * that a node is cut off, they go on choosing it every other time: then what helps is to ask again.
 *
 * @throws LedgerError when the chaincode refuses.
 * @throws CertificateRefusedError, NetworkUnavailableError, ConflictError, EndorsementError
 */
export async function endorse(
  parts: EndorseParts,
  signatory: Signatory,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
  choice: Choice,
): Promise<Endorsed> {
  const until = Date.now() + parts.timeoutMs;
  for (let round = 0; ; round++) {
    try {
      return await endorseByAny(parts, signatory, name, transientData, choice);
    } catch (error) {
      if (!(error instanceof UndeliveredError) || Date.now() >= until) throw error;
      await pause(backoffMs(round, 100, 1_000));
    }
  }
}

/** Asks the pairs one after the other until one endorses. */
async function endorseByAny(
  parts: EndorseParts,
  signatory: Signatory,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
  choice: Choice,
): Promise<Endorsed> {
  const { connections, pairs, circuit, onPair } = parts;
  const groups = choice === 'all' ? [pairs.all()] : pairs.inOrder(choice.required);
  const behind = new Set<string>();
  let failure: Error | undefined;
  let undelivered: Error | undefined;
  for (const entry of connections.reachable()) {
    for (const group of groups) {
      // Once is long enough to wait for a peer.
      if (group.some((organisation) => behind.has(organisation))) continue;
      const propose = () =>
        signatory.contract(entry).newProposal(name, { transientData, endorsingOrganizations: [...group] });
      try {
        const transaction = await endorseUpToDate(parts, { signatory, entry }, { name, group, propose });
        connections.answered(entry);
        group.forEach((organisation) => {
          circuit.answered(organisation);
        });
        onPair(group);
        return { transaction, entry };
      } catch (error) {
        if (error instanceof LedgerError) throw error;
        const { error: said, organisations } = failedOrThrow(error);
        failure = said;
        if (said instanceof UndeliveredError) undelivered = said;
        organisations.forEach((organisation) => {
          circuit.failed(organisation);
        });
        if (error instanceof PeersBehindError)
          organisations.forEach((organisation) => behind.add(organisation));
        if (organisations.length > 0) continue;
        connections.failed(entry);
        break;
      }
    }
    if (undelivered !== undefined) throw undelivered;
    // Another way to the same endorsers helps against silence only.
    if (failure instanceof EndorsementError) throw failure;
  }
  throw failure ?? new NetworkUnavailableError('None of the peers can be reached.');
}

/**
 * Asks a pair of endorsers, and once more when it refuses but may not have seen the latest block that this gateway knows
 * of: what it refuses may follow from what our own peer has committed already.
 */
async function endorseUpToDate(parts: EndorseParts, way: Way, asked: Asked): Promise<Transaction> {
  const { heights, latestBlock, refuses } = parts;
  const upToDate = heights.have(asked.group, latestBlock);
  try {
    const transaction = await endorseOnce(parts, way, asked);
    if (upToDate || refuses?.(transaction) !== true) return transaction;
  } catch (error) {
    if (upToDate || (!(error instanceof LedgerError) && classify(error).kind !== 'refused')) throw error;
  }
  await heights.reach(way, asked.group, latestBlock);
  return endorseOnce(parts, way, asked);
}

/** What is proposed to which organisations' nodes. */
interface Asked {
  readonly name: LedgerFunction;
  readonly group: readonly string[];
  readonly propose: () => Proposal;
}

/**
 * Where the nodes that were asked do not say the same, all are asked what they say to this proposal: what two refuse is
 * refused, and where two endorse it, theirs are the endorsements. A single node can neither refuse nor hinder anything.
 */
async function endorseOnce(
  { government, reader, contradicted, heights, timeoutMs }: EndorseParts,
  { signatory, entry }: Way,
  { name, group, propose }: Asked,
): Promise<Transaction> {
  const deadline = () => ({ deadline: Date.now() + timeoutMs });
  const proposal = propose();
  try {
    return await proposal.endorse(deadline());
  } catch (error) {
    if (!nodesDiffer(error, group)) throw error;
    const parts = { signatory, entry, organisations: government, reader, contradicted, heights, timeoutMs };
    const { alike } = await settle({ ...parts, rounds: 1 }, name, proposal);
    if (alike[0]?.kind === 'refusal') throw alike[0].refusal;
    if (alike.length === 0 || group.length > alike.length) throw error;
    const again = protos.ProposedTransaction.deserializeBinary(proposal.getBytes());
    again.setEndorsingOrganizationsList(alike.map(({ mspId }) => mspId));
    return signatory.gateway(entry).newProposal(again.serializeBinary()).endorse(deadline());
  }
}

/**
 * The organisations that another pair may do without: they did not answer, or something is wrong with their node, as
 * with one that has just come back and does not know yet to whom to hand private data. What every pair would answer is
 * thrown.
 */
function failedOrThrow(error: unknown): { readonly error: Error; readonly organisations: readonly string[] } {
  if (error instanceof PeersBehindError) {
    const { organisations } = error;
    return {
      error: new NetworkUnavailableError('The endorsers are behind.', { cause: error }),
      organisations,
    };
  }
  const failure = classify(error);
  switch (failure.kind) {
    case 'unavailable':
      return {
        error: new NetworkUnavailableError('No pair of endorsers answers.', { cause: error }),
        organisations: failure.organisations,
      };
    case 'undelivered':
      return {
        error: new UndeliveredError('The endorsers could not hand on the private data.', { cause: error }),
        organisations: failure.organisations,
      };
    case 'refused':
      throw failure.refusal;
    case 'certificate':
      throw new CertificateRefusedError('The peers refuse this certificate.', { cause: error });
    case 'disagreement':
      throw new ConflictError(error instanceof EndorseError ? error.transactionId : '', 'ENDORSERS_DISAGREE');
    case 'other': {
      const { organisations, words } = failure;
      const said = new EndorsementError(`The endorsers answered with neither result nor refusal: ${words}`, {
        cause: error,
      });
      if (organisations.length === 0) throw said;
      return { error: said, organisations };
    }
  }
}
