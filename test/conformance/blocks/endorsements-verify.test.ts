import { createHash } from 'node:crypto';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { CUSTOMS, PROBE, TAX } from '../definition.js';
import {
  actionOf,
  readBlock,
  signatureHeaderOf,
  transactionsOf,
  type OrderedTransaction,
} from '../harness/blocks.js';
import { issuedBy, readIdentity, signedBy } from '../harness/certificates.js';
import { fresh } from '../harness/fresh.js';
import { customs, embedded, profile } from '../harness/network.js';
import { arrange } from '../harness/perform.js';

describe('a transaction in a block', () => {
  const key = fresh('key');
  let transaction: OrderedTransaction;

  beforeAll(async () => {
    const { txId, block } = await arrange(customs, [
      ['put', key, 'value'],
      ['event', 'happened', 'something'],
    ]);
    const found = transactionsOf(await readBlock(customs, block)).find((one) => one.txId === txId);
    if (!found) throw new Error('the transaction is not in its block');
    transaction = found;
  });

  it('is signed by its creator', () => {
    const { envelope } = transaction;
    const { mspId, certificate } = readIdentity(signatureHeaderOf(envelope).getCreator_asU8());

    expect(mspId).toBe(CUSTOMS);
    expect(issuedBy(mspId, certificate)).toBe(true);
    expect(signedBy(certificate, envelope.getSignature_asU8(), envelope.getPayload_asU8())).toBe(true);
  });

  it('is of the channel and of the type of endorsed transactions', () => {
    expect(transaction.channelHeader.getChannelId()).toBe(profile.channel);
    expect(transaction.channelHeader.getType()).toBe(common.HeaderType.ENDORSER_TRANSACTION);
  });

  it('carries endorsements that the endorsers’ peers signed, over the result and their identity', () => {
    const endorsed = actionOf(transaction.envelope).getAction();
    const result = endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array();
    const endorsers = (endorsed?.getEndorsementsList() ?? []).map((endorsement) => {
      const identity = readIdentity(endorsement.getEndorser_asU8());

      expect(issuedBy(identity.mspId, identity.certificate)).toBe(true);
      expect(
        signedBy(
          identity.certificate,
          endorsement.getSignature_asU8(),
          result,
          endorsement.getEndorser_asU8(),
        ),
      ).toBe(true);
      return identity.mspId;
    });

    expect(endorsers.sort()).toEqual([CUSTOMS, TAX].sort());
  });

  it('carries a result that is bound to its proposal', () => {
    const action = actionOf(transaction.envelope);
    const header = common.Payload.deserializeBinary(transaction.envelope.getPayload_asU8()).getHeader();
    const hash = createHash('sha256')
      .update(header?.getChannelHeader_asU8() ?? '')
      .update(header?.getSignatureHeader_asU8() ?? '')
      .update(action.getChaincodeProposalPayload_asU8());

    expect(Buffer.from(responseOf(action).getProposalHash_asU8()).toString('hex')).toBe(hash.digest('hex'));
  });

  it('carries what was written, the event and the chaincode’s name and version', () => {
    const result = peer.ChaincodeAction.deserializeBinary(
      responseOf(actionOf(transaction.envelope)).getExtension_asU8(),
    );
    const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(result.getResults_asU8());
    const own = sets.getNsRwsetList().find((set) => set.getNamespace() === PROBE.name);
    const writes = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(
      own?.getRwset_asU8() ?? new Uint8Array(),
    ).getWritesList();
    const event = peer.ChaincodeEvent.deserializeBinary(result.getEvents_asU8());

    expect(writes.map((write) => write.getKey())).toEqual([key]);
    expect([event.getEventName(), event.getTxId(), event.getChaincodeId()]).toEqual([
      'happened',
      transaction.txId,
      PROBE.name,
    ]);
    expect([result.getChaincodeId()?.getName(), result.getChaincodeId()?.getVersion()]).toEqual([
      PROBE.name,
      PROBE.version,
    ]);
    expect(result.getResponse()?.getStatus()).toBe(200);
  });

  // Difference: the embedded network has no chaincode lifecycle, so that there is no definition to read.
  it('reads the definition of its chaincode, so that an upgrade in between fails it', () => {
    const result = peer.ChaincodeAction.deserializeBinary(
      responseOf(actionOf(transaction.envelope)).getExtension_asU8(),
    );
    const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(result.getResults_asU8());

    expect(sets.getNsRwsetList().map((set) => set.getNamespace())).toEqual(
      embedded ? [PROBE.name] : ['_lifecycle', PROBE.name],
    );
  });
});

function responseOf(action: peer.ChaincodeActionPayload): peer.ProposalResponsePayload {
  const bytes = action.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array();
  return peer.ProposalResponsePayload.deserializeBinary(bytes);
}
