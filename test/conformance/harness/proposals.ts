import type { Proposal } from '@hyperledger/fabric-gateway';
import { common, gateway as messages, peer } from '@hyperledger/fabric-protos';
import { callUnary } from './call.js';
import type { Member } from './member.js';

/** The parts of a proposal that a client could get wrong. */
export interface ProposalParts {
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
}

/** Takes a proposal apart, lets the probe alter it, and sends it for evaluation with an honest signature. */
export async function evaluateAltered(
  member: Member,
  proposal: Proposal,
  alter: (parts: ProposalParts) => void,
): Promise<Uint8Array> {
  const content = proposalOf(proposal);
  const header = common.Header.deserializeBinary(content.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  alter({ channelHeader, signatureHeader });
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  content.setHeader(header.serializeBinary());
  const bytes = content.serializeBinary();
  return evaluateSigned(member, bytes, await member.sign(bytes));
}

/** Sends a proposal for evaluation by the member's own peer with whatever signature. */
export async function evaluateSigned(
  member: Member,
  proposal: Uint8Array,
  signature: Uint8Array,
): Promise<Uint8Array> {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal);
  signed.setSignature(signature);
  const request = new messages.EvaluateRequest();
  request.setChannelId(member.channel.getName());
  request.setProposedTransaction(signed);
  request.setTargetOrganizationsList([member.mspId]);
  const reply = await callUnary(member, '/gateway.Gateway/Evaluate', request, (bytes) =>
    messages.EvaluateResponse.deserializeBinary(bytes),
  );
  return reply.getResult()?.getPayload_asU8() ?? new Uint8Array();
}

/** The proposal that the client library made, without its signature. */
export function proposalOf(proposal: Proposal): peer.Proposal {
  const signed = messages.ProposedTransaction.deserializeBinary(proposal.getBytes()).getProposal();
  return peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
}
