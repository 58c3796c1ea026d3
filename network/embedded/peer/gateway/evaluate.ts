import { status } from '@grpc/grpc-js';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { openProposal, type Proposal } from '../proposal.js';
import { RpcError, type NodeError } from '../rpc-error.js';
import { askEndorser } from './ask-endorser.js';
import type { EndorsingPeer, Nodes } from './nodes.js';
import { messageOf } from '../../../message-of.js';

/**
 * Runs a query on one peer: the gateway's own organisation's by preference, another one's when that cannot.
 *
 * @param home - MSP id of the gateway's organisation. Transient data stays there unless the client names others.
 * @throws RpcError
 */
export async function evaluate(
  request: gateway.EvaluateRequest,
  nodes: Nodes,
  home: string,
): Promise<gateway.EvaluateResponse> {
  const proposal = openQuery(request);
  const errors: NodeError[] = [];
  let code: status = status.UNAVAILABLE;
  for (const candidate of candidates(request, proposal, nodes, home)) {
    const outcome = await askEndorser(candidate, proposal, { purpose: 'evaluate' });
    if (outcome.ok) {
      const response = new gateway.EvaluateResponse();
      response.setResult(outcome.response.getResponse());
      return response;
    }
    errors.push(outcome.error);
    code = outcome.code;
    if (!outcome.retry) {
      throw new RpcError(code, `evaluate call to endorser returned error: ${outcome.error.message}`, errors);
    }
  }
  throw new RpcError(code, 'failed to evaluate transaction, see attached details for more info', errors);
}

function openQuery(request: gateway.EvaluateRequest): Proposal {
  const signed = request.getProposedTransaction() ?? new peer.SignedProposal();
  try {
    if (signed.getProposalBytes_asU8().length === 0) throw new Error('a signed proposal is required');
    const proposal = openProposal(signed);
    if (proposal.channel === '') throw new Error('no channel id provided');
    return proposal;
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, `failed to unpack transaction proposal: ${messageOf(error)}`);
  }
}

function candidates(
  request: gateway.EvaluateRequest,
  { channel, chaincode, hasTransientData }: Proposal,
  { definition, peers }: Nodes,
  home: string,
): EndorsingPeer[] {
  if (channel !== definition.channel) {
    throw new RpcError(status.UNAVAILABLE, `failed to get config for channel [${channel}]`);
  }
  const named = request.getTargetOrganizationsList();
  const protectsTransientData = named.length === 0 && hasTransientData;
  const allowed = new Set(named.length > 0 ? named : protectsTransientData ? [home] : peers.keys());
  const able = [...peers.values()]
    .filter(({ mspId, endorser }) => allowed.has(mspId) && endorser.runs(chaincode))
    .sort((a, b) => Number(b.mspId === home) - Number(a.mspId === home));
  if (able.length === 0) {
    const reason = `no peers available to evaluate chaincode ${chaincode} in channel ${channel}`;
    throw new RpcError(
      status.FAILED_PRECONDITION,
      protectsTransientData
        ? `no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: ${reason}`
        : reason,
    );
  }
  return able;
}
