import type { Context } from 'fabric-contract-api';
import type { TransactionContext } from './steps.cjs';

/** Everything that the stub tells of its transaction. */
export function describeTransaction(stub: Context['stub']): TransactionContext {
  const { mspid, idBytes } = stub.getCreator();
  const { seconds, nanos } = stub.getTxTimestamp();
  const { signature, proposal } = stub.getSignedProposal();
  return {
    txId: stub.getTxID(),
    channel: stub.getChannelID(),
    mspId: mspid,
    certificate: Buffer.from(idBytes).toString('utf8'),
    seconds: Number(seconds),
    nanos,
    binding: stub.getBinding(),
    nonce: Buffer.from(proposal.header.signatureHeader.nonce).toString('hex'),
    signature: Buffer.from(signature).toString('hex'),
  };
}
