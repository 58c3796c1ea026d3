import { common, peer } from '@hyperledger/fabric-protos';
import { openProposal } from './proposal.js';

const traceparent = `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`;

function signed(transient: Readonly<Record<string, string>>): peer.SignedProposal {
  const id = new peer.ChaincodeID();
  id.setName('pledgeonce');
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setTxId('1'.repeat(64));
  channelHeader.setExtension$(extension.serializeBinary());
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(new common.SignatureHeader().serializeBinary());
  const spec = new peer.ChaincodeSpec();
  spec.setInput(new peer.ChaincodeInput());
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  for (const [name, value] of Object.entries(transient))
    payload.getTransientmapMap().set(name, Buffer.from(value));
  const proposal = new peer.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const result = new peer.SignedProposal();
  result.setProposalBytes(proposal.serializeBinary());
  return result;
}

describe('a proposal that comes with a trace', () => {
  it('is endorsed as the same without one', () => {
    const [traced, plain] = [signed({ input: '{}', traceparent }), signed({ input: '{}' })].map(openProposal);
    expect(traced?.traceparent).toBe(traceparent);
    expect(plain?.traceparent).toBeUndefined();
    // What endorsers sign, and what goes into a block.
    expect(traced?.hash).toEqual(plain?.hash);
    expect(traced?.publicPayload).toEqual(plain?.publicPayload);
    expect(traced?.bytes).not.toEqual(plain?.bytes);
  });

  it('is none where the field holds anything else', () => {
    expect(openProposal(signed({ traceparent: 'nobody’s' })).traceparent).toBeUndefined();
  });
});
