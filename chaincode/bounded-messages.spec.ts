import './bounded-messages.js';
import { common, gateway, orderer, peer } from '@hyperledger/fabric-protos';
import fc from 'fast-check';

describe('a length in a message', () => {
  it.each([
    ['of a text: two thousand million bytes', gateway.EvaluateRequest, '0affffffff07'],
    ['of a text, with some there', gateway.EvaluateRequest, `0affffffff07${'41'.repeat(100)}`],
    ['of a text: more than any number', gateway.EvaluateRequest, '0affffffffffffffffffffff01'],
    ['of a text: one byte more than there is', gateway.EvaluateRequest, '0a0241'],
    [
      'of a message: four thousand million bytes',
      orderer.SeekPosition,
      '22ffffffff0f0a0408011002080512040801100210',
    ],
    ['of a message within one', peer.SignedProposal, '0a0212ff'],
    ['that does not end', common.Envelope, '0aff'],
  ])('%s is held against what is there', (_, Message, hex) => {
    expect(() => {
      const message = Message.deserializeBinary(Buffer.from(hex, 'hex'));
      if (message instanceof peer.SignedProposal)
        peer.Proposal.deserializeBinary(message.getProposalBytes_asU8());
    }).toThrow();
  });

  it('is taken where it is true: every text is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }), (text, bytes) => {
        const header = new common.ChannelHeader();
        header.setTxId(text);
        header.setExtension$(bytes);
        const payload = new common.Payload();
        payload.setHeader(new common.Header());
        payload.getHeader()?.setChannelHeader(header.serializeBinary());
        const read = common.Payload.deserializeBinary(payload.serializeBinary()).getHeader();
        const again = common.ChannelHeader.deserializeBinary(
          read?.getChannelHeader_asU8() ?? new Uint8Array(),
        );
        expect([again.getTxId(), again.getExtension_asU8()]).toEqual([text, bytes]);
      }),
    );
  });
});
