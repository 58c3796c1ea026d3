import './bounded-strings.js';
import { common, gateway } from '@hyperledger/fabric-protos';
import fc from 'fast-check';

describe('a text in a message', () => {
  it.each([
    ['two thousand million bytes', '0affffffff07'],
    ['the same, with some there', `0affffffff07${'41'.repeat(100)}`],
    ['more than any number', '0affffffffffffffffffffff01'],
    ['one byte more than there is', '0a0241'],
  ])('that claims %s is no text, and is found out at once', (_, hex) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(() => gateway.EvaluateRequest.deserializeBinary(bytes)).toThrow();
  });

  it('is read as it was written, in every script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const header = new common.ChannelHeader();
        header.setTxId(text);
        expect(common.ChannelHeader.deserializeBinary(header.serializeBinary()).getTxId()).toBe(text);
      }),
    );
  });
});
