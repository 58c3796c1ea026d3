import { common } from '@hyperledger/fabric-protos';
import { openedEnvelopes } from './opened-envelopes.js';

/** A block as a peer hands it out: an object of its own each time. */
function blockOf(...data: readonly Uint8Array[]): common.Block {
  const content = new common.BlockData();
  content.setDataList([...data]);
  const block = new common.Block();
  block.setData(content);
  return common.Block.deserializeBinary(block.serializeBinary());
}

function envelope(transactionId: string): Uint8Array {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setTxId(transactionId);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(new common.SignatureHeader().serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  const whole = new common.Envelope();
  whole.setPayload(payload.serializeBinary());
  return whole.serializeBinary();
}

describe('the envelopes of a block', () => {
  it('are opened once, whoever has the block handed out', () => {
    const [one, other] = [blockOf(envelope('a'), envelope('b')), blockOf(envelope('a'), envelope('b'))];
    expect(one).not.toBe(other);
    expect(openedEnvelopes(one).map((opened) => opened?.transactionId)).toEqual(['a', 'b']);
    expect(openedEnvelopes(other)).toBe(openedEnvelopes(one));
  });

  it('are not those of a block with the same bytes that ends them elsewhere', () => {
    const [first, second] = [envelope('a'), envelope('b')];
    expect(openedEnvelopes(blockOf(first, second))).toHaveLength(2);
    expect(openedEnvelopes(blockOf(Buffer.concat([first, second])))).toHaveLength(1);
  });

  it('are forgotten when later blocks come', () => {
    const before = openedEnvelopes(blockOf(envelope('early')));
    for (let number = 0; number < 40; number++) openedEnvelopes(blockOf(envelope(`later-${number}`)));
    const after = openedEnvelopes(blockOf(envelope('early')));
    expect(after).not.toBe(before);
    expect(after).toEqual(before);
  });
});
