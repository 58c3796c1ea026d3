import { status } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
import { TurnedAway, type EndorserTask } from '../endorser.js';
import type { Proposal } from '../proposal.js';
import type { NodeError } from '../rpc-error.js';
import type { Interest } from '../simulation/interest.js';
import type { EndorsingPeer } from './nodes.js';
import { messageOf } from '../../../message-of.js';

/** What a peer made of a proposal, seen as the gateway sees it. */
export type Outcome =
  | {
      readonly ok: true;
      readonly response: peer.ProposalResponse;
      readonly interests: readonly Interest[];
    }
  | {
      readonly ok: false;
      readonly code: status;
      readonly error: NodeError;
      /** Another peer may do better: it was the peer that failed, not the client or the chaincode. */
      readonly retry: boolean;
    };

/** Lets a peer process a proposal and sorts out whose fault a failure is, by the rules of Fabric's gateway. */
export async function askEndorser(
  { endorser, address, mspId }: EndorsingPeer,
  proposal: Proposal,
  task: EndorserTask,
): Promise<Outcome> {
  const failed = (code: status, message: string, retry: boolean): Outcome => ({
    ok: false,
    code,
    error: { address, mspId, message },
    retry,
  });
  try {
    const { response, interests = [] } = await endorser.process(proposal, task);
    const chaincodeStatus = response.getResponse()?.getStatus() ?? 0;
    const message = response.getResponse()?.getMessage() ?? '';
    if (chaincodeStatus >= 200 && chaincodeStatus < 400) return { ok: true, response, interests };
    if (chaincodeStatus === 500 && response.getPayload_asU8().length === 0) {
      return failed(status.ABORTED, message, true);
    }
    return failed(status.UNKNOWN, `chaincode response ${chaincodeStatus}, ${message}`, false);
  } catch (error) {
    const message = messageOf(error);
    // Whoever is turned away never reaches the endorser; to the gateway that looks like a peer that is away.
    return error instanceof TurnedAway
      ? failed(status.UNAVAILABLE, message, true)
      : failed(status.FAILED_PRECONDITION, message, false);
  }
}
