import type { Gateway, Proposal, Signer } from '@hyperledger/fabric-gateway';
import { common, gateway as messages, peer } from '@hyperledger/fabric-protos';

/** The same proposal by a clock that is so many milliseconds ahead of this machine's, signed anew. */
export async function shiftedProposal(
  proposal: Proposal,
  shiftMs: number,
  { gateway, sign }: { readonly gateway: Gateway; readonly sign: Signer },
): Promise<Proposal> {
  if (shiftMs === 0) return proposal;
  const bytes = withTime(proposal.getBytes(), Date.now() + shiftMs);
  const unsigned = gateway.newProposal(bytes);
  return gateway.newSignedProposal(bytes, await sign(unsigned.getDigest()));
}

function withTime(proposed: Uint8Array, time: number): Uint8Array {
  const message = messages.ProposedTransaction.deserializeBinary(proposed);
  const signed = message.getProposal() ?? new peer.SignedProposal();
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const timestamp = channelHeader.getTimestamp();
  timestamp?.setSeconds(Math.floor(time / 1000));
  timestamp?.setNanos((time % 1000) * 1_000_000);
  header.setChannelHeader(channelHeader.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  signed.setProposalBytes(proposal.serializeBinary());
  message.setProposal(signed);
  return message.serializeBinary();
}
