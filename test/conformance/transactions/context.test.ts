import { createHash } from 'node:crypto';
import { common, gateway as messages, peer } from '@hyperledger/fabric-protos';
import type { TransactionContext } from '../probe/steps.cjs';
import { serializeIdentity, transactionIdOf } from '../harness/identity.js';
import { bankA, profile } from '../harness/network.js';
import { propose } from '../harness/perform.js';

describe('what the chaincode learns of its transaction', () => {
  const proposal = propose(bankA, [['context']], {}, [bankA.mspId]);
  const signed = messages.ProposedTransaction.deserializeBinary(proposal.getBytes()).getProposal();
  const { header: headerBytes } = readProposal(signed);
  const channelHeader = common.ChannelHeader.deserializeBinary(headerBytes.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(headerBytes.getSignatureHeader_asU8());
  let context: TransactionContext;

  beforeAll(async () => {
    const answer = JSON.parse(Buffer.from(await proposal.evaluate()).toString()) as [TransactionContext];
    [context] = answer;
  });

  it('is the id that follows from nonce and creator', () => {
    const creator = serializeIdentity(bankA.mspId, bankA.certificate);

    expect(context.txId).toBe(proposal.getTransactionId());
    expect(context.txId).toBe(transactionIdOf(signatureHeader.getNonce_asU8(), creator));
    expect(context.nonce).toBe(Buffer.from(signatureHeader.getNonce_asU8()).toString('hex'));
  });

  it('is the channel, and the time that the client wrote down', () => {
    const time = channelHeader.getTimestamp();

    expect(context.channel).toBe(profile.channel);
    expect([context.seconds, context.nanos]).toEqual([time?.getSeconds(), time?.getNanos()]);
  });

  it('is the creator with its certificate', () => {
    expect([context.mspId, context.certificate]).toEqual([bankA.mspId, bankA.certificate]);
  });

  it('is the binding: SHA-256 over nonce, creator and epoch', () => {
    const epoch = Buffer.alloc(8);
    const binding = createHash('sha256')
      .update(signatureHeader.getNonce_asU8())
      .update(signatureHeader.getCreator_asU8())
      .update(epoch)
      .digest('hex');

    expect(context.binding).toBe(binding);
  });

  it('is the client’s signature', () => {
    expect(context.signature).not.toBe('');
  });
});

function readProposal(signed: peer.SignedProposal | undefined): { header: common.Header } {
  const proposal = peer.Proposal.deserializeBinary(signed?.getProposalBytes_asU8() ?? new Uint8Array());
  return { header: common.Header.deserializeBinary(proposal.getHeader_asU8()) };
}
