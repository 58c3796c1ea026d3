import { status } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { openProposal, type Proposal } from '../proposal.js';
import { RpcError } from '../rpc-error.js';
import type { Interest } from '../simulation/interest.js';
import { askEndorser } from './ask-endorser.js';
import { EndorsementCollector, type Endorsed } from './collect-endorsements.js';
import type { Layout } from './layouts.js';
import type { Nodes } from './nodes.js';
import type { LayoutPlanner } from './plan-layouts.js';
import { messageOf } from '../../../message-of.js';

/**
 * Collects endorsements and assembles the transaction for the client to sign. The client names the endorsing
 * organisations, or the gateway finds out: it runs the proposal on its own organisation's peer and derives from what
 * was touched who else must endorse.
 *
 * @throws RpcError
 */
export async function endorse(
  request: gateway.EndorseRequest,
  nodes: Nodes,
  home: string,
  planner: LayoutPlanner,
): Promise<gateway.EndorseResponse> {
  const proposal = openRequest(request);
  const named = request.getEndorsingOrganizationsList();
  const endorsed =
    named.length > 0
      ? await endorseBy(named, proposal, nodes)
      : await endorseAsNeeded(proposal, nodes, home, planner);
  const response = new gateway.EndorseResponse();
  response.setPreparedTransaction(assemble(proposal, endorsed));
  return response;
}

function openRequest(request: gateway.EndorseRequest): Proposal {
  const signed = request.getProposedTransaction();
  if (!signed || signed.getProposalBytes_asU8().length === 0) {
    throw new RpcError(status.INVALID_ARGUMENT, 'the proposed transaction must contain a signed proposal');
  }
  try {
    return openProposal(signed);
  } catch (error) {
    throw new RpcError(status.INVALID_ARGUMENT, messageOf(error));
  }
}

/** The client takes responsibility that these organisations satisfy the policies. */
function endorseBy(named: readonly string[], proposal: Proposal, nodes: Nodes): Promise<Endorsed> {
  const missing = named.filter((mspId) => !canRun(nodes, mspId, proposal));
  if (missing.length > 0) {
    throw new RpcError(
      status.UNAVAILABLE,
      `failed to find any endorsing peers for org(s): ${missing.join(', ')}`,
    );
  }
  return new EndorsementCollector(proposal, nodes).collect([new Set(named)]);
}

async function endorseAsNeeded(
  proposal: Proposal,
  nodes: Nodes,
  home: string,
  planner: LayoutPlanner,
): Promise<Endorsed> {
  const first = canRun(nodes, home, proposal) ? nodes.peers.get(home) : undefined;
  if (!first) {
    throw new RpcError(
      status.FAILED_PRECONDITION,
      `no combination of peers can be derived which satisfy the endorsement policy: no endorsers of chaincode ${proposal.chaincode} found in channel ${proposal.channel}`,
    );
  }
  const outcome = await askEndorser(first, proposal, { purpose: 'endorse', wantsInterests: true });
  if (!outcome.ok) {
    throw new RpcError(status.ABORTED, 'failed to endorse transaction, see attached details for more info', [
      outcome.error,
    ]);
  }
  const layouts = layoutsFor(proposal, outcome.interests, planner);
  const collector = new EndorsementCollector(proposal, nodes);
  collector.add(home, outcome.response);
  return collector.collect(inOrder(layouts, home));
}

function layoutsFor(proposal: Proposal, touched: readonly Interest[], planner: LayoutPlanner): Layout[] {
  const interests = withInvoked(touched, proposal.chaincode);
  const isPrivate = ({ collection }: Interest): boolean => collection !== '';
  const readsPrivate = ({ readsPrivateData }: Interest): boolean => readsPrivateData;
  try {
    // Transient data goes to members of the collections only, also when they are merely written.
    return planner.plan(interests, proposal.hasTransientData ? isPrivate : readsPrivate);
  } catch (error) {
    const reason = messageOf(error);
    if (proposal.hasTransientData && succeeds(() => planner.plan(interests, readsPrivate))) {
      const guarded = interests
        .filter((interest) => isPrivate(interest) && !readsPrivate(interest))
        .map(({ collection }) => collection);
      throw new RpcError(
        status.FAILED_PRECONDITION,
        `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${guarded.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`,
      );
    }
    throw new RpcError(
      status.FAILED_PRECONDITION,
      `no combination of peers can be derived which satisfy the endorsement policy: ${reason}`,
    );
  }
}

/** The policy of the chaincode that the client calls counts also when that one only calls others. */
function withInvoked(touched: readonly Interest[], chaincode: string): readonly Interest[] {
  if (touched.some((interest) => interest.chaincode === chaincode)) return touched;
  const invoked: Interest = {
    chaincode,
    collection: '',
    keyPolicies: [],
    disregardChaincodePolicy: false,
    readsPrivateData: false,
  };
  return [...touched, invoked];
}

/** Those with the organisation that has endorsed already come first; among equals chance decides, to spread load. */
function inOrder(layouts: readonly Layout[], home: string): Layout[] {
  return layouts
    .map((layout) => ({ layout, rank: (layout.has(home) ? 0 : 1) + Math.random() * 0.5 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ layout }) => layout);
}

function canRun({ peers, definition }: Nodes, mspId: string, { channel, chaincode }: Proposal): boolean {
  return channel === definition.channel && (peers.get(mspId)?.endorser.runs(chaincode) ?? false);
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function assemble({ header, publicPayload }: Proposal, { payload, endorsements }: Endorsed): common.Envelope {
  const endorsedAction = new peer.ChaincodeEndorsedAction();
  endorsedAction.setProposalResponsePayload(payload);
  endorsedAction.setEndorsementsList([...endorsements]);
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(publicPayload);
  actionPayload.setAction(endorsedAction);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const envelopePayload = new common.Payload();
  envelopePayload.setHeader(header);
  envelopePayload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(envelopePayload.serializeBinary());
  return envelope;
}
