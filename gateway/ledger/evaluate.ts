import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { classify } from './classify.js';
import type { Circuit } from './circuit.js';
import type { EndorserPairs } from './endorser-pairs.js';
import { CertificateRefusedError, EndorsementError, NetworkUnavailableError } from './errors.js';
import type { PeerConnections } from './peer-connections.js';
import type { Signatory } from './signatory.js';

export interface EvaluateParts {
  readonly mspId: string;
  readonly government: readonly string[];
  readonly connections: PeerConnections;
  readonly pairs: EndorserPairs;
  readonly circuit: Circuit;
  readonly timeoutMs: number;
}

/** Functions that read what the own organisation's peer holds too. */
const ownRecords: ReadonlySet<LedgerFunction> = new Set(['readClaim', 'readClaimHistory', 'readOwnRecords']);

/**
 * Asks one node: the own one for own records, a government node for what only those hold, another when it is silent.
 *
 * @throws LedgerError when the chaincode refuses.
 * @throws CertificateRefusedError, NetworkUnavailableError, EndorsementError
 */
export async function evaluate(
  parts: EvaluateParts,
  signatory: Signatory,
  name: LedgerFunction,
  transientData: Record<string, Uint8Array>,
): Promise<Uint8Array> {
  const { connections, circuit, timeoutMs } = parts;
  let cause: unknown;
  for (const entry of connections.entries()) {
    for (const target of targets(parts, name)) {
      try {
        const proposal = signatory
          .contract(entry)
          .newProposal(name, { transientData, endorsingOrganizations: [target] });
        const payload = await proposal.evaluate({ deadline: Date.now() + timeoutMs });
        connections.answered(entry);
        circuit.answered(target);
        return payload;
      } catch (error) {
        cause = error;
        const failure = classify(error);
        if (failure.kind === 'refused') throw failure.refusal;
        if (failure.kind === 'certificate') {
          throw new CertificateRefusedError('The peers refuse this certificate.', { cause });
        }
        if (failure.kind !== 'unavailable') {
          throw new EndorsementError('The peer answered with neither result nor refusal.', { cause });
        }
        if (failure.organisations.length === 0 && target !== entry) {
          connections.failed(entry);
          break;
        }
        circuit.failed(target);
      }
    }
  }
  throw new NetworkUnavailableError('No peer answers.', { cause });
}

function targets({ mspId, government, pairs }: EvaluateParts, name: LedgerFunction): readonly string[] {
  const isOwn = ownRecords.has(name) || government.includes(mspId);
  const others = pairs.readersInOrder();
  return isOwn ? [mspId, ...others.filter((other) => other !== mspId)] : others;
}
