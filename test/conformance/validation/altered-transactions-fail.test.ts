import { peer } from '@hyperledger/fabric-protos';
import { awaitVerdicts } from '../harness/await-verdict.js';
import { height } from '../harness/chain.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { ask, endorse } from '../harness/perform.js';
import { orderEnvelope, tamper, type Parts } from '../harness/tamper.js';

/** Endorses a write honestly, alters it, has it ordered, and reads the peer's verdict from the block. */
async function verdictOn(
  key: string,
  alter: (parts: Parts) => void,
  txId?: string,
): Promise<string | undefined> {
  const transaction = await endorse(customs, [['put', key, 'honest']]);
  const from = await height(customs);
  const id = txId ?? transaction.getTransactionId();
  await orderEnvelope(customs, await tamper(customs, transaction, alter), id);
  const [verdict] = await awaitVerdicts(customs, id, from, 1);
  return verdict;
}

describe('a transaction that its client altered after it was endorsed', () => {
  it('fails with BAD_PROPOSAL_TXID under another transaction id', async () => {
    const key = fresh('key');
    const txId = fresh('another-id');

    expect(
      await verdictOn(
        key,
        ({ channelHeader }) => {
          channelHeader.setTxId(txId);
        },
        txId,
      ),
    ).toBe('BAD_PROPOSAL_TXID');
    expect(await ask(customs, ['get', key])).toBe('');
  });

  it('fails with INVALID_ENDORSER_TRANSACTION when its arguments are not those that were endorsed', async () => {
    const verdict = await verdictOn(fresh('key'), ({ action }) => {
      action.setChaincodeProposalPayload(new peer.ChaincodeProposalPayload().serializeBinary());
    });

    expect(verdict).toBe('INVALID_ENDORSER_TRANSACTION');
  });

  it('fails with ENDORSEMENT_POLICY_FAILURE when the endorsed result was changed', async () => {
    const verdict = await verdictOn(fresh('key'), ({ action }) => {
      const endorsed = action.getAction() ?? new peer.ChaincodeEndorsedAction();
      const response = peer.ProposalResponsePayload.deserializeBinary(
        endorsed.getProposalResponsePayload_asU8(),
      );
      const result = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
      result.getResponse()?.setPayload(Buffer.from('[null,"forged"]'));
      response.setExtension$(result.serializeBinary());
      endorsed.setProposalResponsePayload(response.serializeBinary());
    });

    expect(verdict).toBe('ENDORSEMENT_POLICY_FAILURE');
  });

  it('fails with ENDORSEMENT_POLICY_FAILURE when one endorsement is counted twice', async () => {
    const verdict = await verdictOn(fresh('key'), ({ action }) => {
      const endorsed = action.getAction() ?? new peer.ChaincodeEndorsedAction();
      const [one] = endorsed.getEndorsementsList();
      endorsed.setEndorsementsList(one ? [one, one] : []);
    });

    expect(verdict).toBe('ENDORSEMENT_POLICY_FAILURE');
  });

  it('fails with ENDORSEMENT_POLICY_FAILURE when it has no endorsement', async () => {
    const verdict = await verdictOn(fresh('key'), ({ action }) => {
      action.getAction()?.setEndorsementsList([]);
    });

    expect(verdict).toBe('ENDORSEMENT_POLICY_FAILURE');
  });
});
