import { gateway as messages } from '@hyperledger/fabric-protos';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { callUnary } from '../harness/call.js';
import { serializeIdentity } from '../harness/identity.js';
import { bankB, customs } from '../harness/network.js';
import { arrange, endorse, order, statusAt } from '../harness/perform.js';

describe('the status of a transaction', () => {
  it('tells its verdict and block, at any time later, at every peer', async () => {
    const { txId, block } = await arrange(customs, [['put', fresh('key'), 'value']]);

    expect(await statusAt(bankB, txId)).toEqual({
      transactionId: txId,
      blockNumber: block,
      code: 0,
      successful: true,
    });
  });

  it('is waited for when the transaction is still on its way', async () => {
    const transaction = await endorse(customs, [['put', fresh('key'), 'value']]);
    const asked = statusAt(bankB, transaction.getTransactionId());
    await order(transaction);

    expect((await asked).successful).toBe(true);
  });

  it('of a transaction that never comes is not known before the client gives up', async () => {
    const { channel, gateway, mspId, certificate } = customs;
    const request = new messages.CommitStatusRequest();
    request.setChannelId(channel.getName());
    request.setTransactionId(fresh('unknown'));
    request.setIdentity(serializeIdentity(mspId, certificate));
    const unsigned = new messages.SignedCommitStatusRequest();
    unsigned.setRequest(request.serializeBinary());
    const commit = gateway.newCommit(unsigned.serializeBinary());

    // The peer knows the deadline too: whichever clock strikes first ends the call.
    expect(['DEADLINE_EXCEEDED', 'CANCELLED']).toContain(
      (await failureOf(commit.getStatus({ deadline: Date.now() + 500 }))).code,
    );
  });

  it('is refused without a transaction id, or with a false signature', async () => {
    const ask = async (txId: string): Promise<unknown> => {
      const request = new messages.CommitStatusRequest();
      request.setChannelId(customs.channel.getName());
      request.setTransactionId(txId);
      request.setIdentity(serializeIdentity(customs.mspId, customs.certificate));
      const signed = new messages.SignedCommitStatusRequest();
      signed.setRequest(request.serializeBinary());
      signed.setSignature(Buffer.from('not a signature'));
      return callUnary(customs, '/gateway.Gateway/CommitStatus', signed, (bytes) =>
        messages.CommitStatusResponse.deserializeBinary(bytes),
      );
    };

    expect(await failureOf(ask(''))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: 'transaction ID should not be empty',
    });
    expect((await failureOf(ask('any'))).code).toBe('PERMISSION_DENIED');
  });
});
