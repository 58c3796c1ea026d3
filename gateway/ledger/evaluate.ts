import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
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
  /** The latest block that this gateway knows of: who has not got it would answer of the past. */
  readonly latestBlock: number;
  readonly timeoutMs: number;
}

/** What a node has answered, sealed for the transaction id of the question. */
export interface Answered {
  readonly payload: Uint8Array;
  readonly transactionId: string;
}

/** Functions that read what the own organisation's peer holds too. */
const ownRecords: ReadonlySet<LedgerFunction> = new Set(['readClaim', 'readClaimHistory', 'readOwnRecords']);

/**
 * Asks one node: the own one for own records, a government node for what only those hold, another when it is silent or
 * has not caught up with what this gateway knows.
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
  const { connections, circuit, heights, latestBlock, timeoutMs } = parts;
  const behind = new Set<string>();
  let cause: unknown;
  let failed: EndorsementError | undefined;
  for (const entry of connections.entries()) {
    for (const target of targets(parts, name)) {
      if (behind.has(target)) continue;
      try {
        await heights.reach({ signatory, entry }, [target], latestBlock);
        const proposal = signatory
          .contract(entry)
          .newProposal(name, { transientData, endorsingOrganizations: [target] });
        const payload = await proposal.evaluate({ deadline: Date.now() + timeoutMs });
        connections.answered(entry);
        circuit.answered(target);
        return { payload, transactionId: proposal.getTransactionId() };
      } catch (error) {
        cause = error;
        if (error instanceof PeersBehindError) {
          behind.add(target);
          circuit.failed(target);
          continue;
        }
        const failure = classify(error);
        if (failure.kind === 'refused') throw failure.refusal;
        if (failure.kind === 'certificate') {
          throw new CertificateRefusedError('The peers refuse this certificate.', { cause });
        }
        if (failure.kind !== 'unavailable') {
          failed = new EndorsementError('The peer answered with neither result nor refusal.', { cause });
          continue;
        }
        if (failure.organisations.length === 0 && target !== entry) {
          connections.failed(entry);
          break;
        }
        circuit.failed(target);
      }
    }
    // Another way to the same nodes helps against silence only.
    if (failed !== undefined) throw failed;
  }
  throw new NetworkUnavailableError('No peer answers.', { cause });
}

function targets({ mspId, government, pairs }: EvaluateParts, name: LedgerFunction): readonly string[] {
  const isOwn = ownRecords.has(name) || government.includes(mspId);
  const others = pairs.readersInOrder();
  return isOwn ? [mspId, ...others.filter((other) => other !== mspId)] : others;
}
