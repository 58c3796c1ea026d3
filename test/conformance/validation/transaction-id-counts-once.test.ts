import type { common } from '@hyperledger/fabric-protos';
import { awaitVerdicts } from '../harness/await-verdict.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { customs, embedded } from '../harness/network.js';
import { ask, commit, endorse, propose, type Outcome } from '../harness/perform.js';
import { orderEnvelope, tamper } from '../harness/tamper.js';

describe('a transaction that is ordered twice', () => {
  const key = fresh('key');
  let again: common.Envelope;
  let outcome: Outcome;

  beforeAll(async () => {
    const transaction = await endorse(customs, [['put', key, 'value']]);
    outcome = await commit(customs, transaction);
    again = await tamper(customs, transaction, () => undefined);
  });

  if (embedded) {
    it('is VALID once, and DUPLICATE_TXID the second time', async () => {
      await orderEnvelope(customs, again, outcome.txId);

      expect(await awaitVerdicts(customs, outcome.txId, outcome.block, 2)).toEqual([
        'VALID',
        'DUPLICATE_TXID',
      ]);
    });
  } else {
    // Difference: BFT orderers remember what they ordered, so that it does not even reach the peers' check.
    it('is refused by the orderers the second time', async () => {
      const failure = await failureOf(orderEnvelope(customs, again, outcome.txId));

      expect(failure.code).toBe('UNAVAILABLE');
      expect(failure.message).toBe(
        'insufficient number of orderers could successfully process transaction to satisfy quorum requirement',
      );
    });
  }

  it('changes the state once', async () => {
    expect(await ask(customs, ['history', key])).toHaveLength(1);
  });

  it('cannot be endorsed again, either', async () => {
    const proposal = propose(customs, [['put', fresh('key'), 'value']], {}, []);
    await commit(customs, await proposal.endorse());
    const failure = await failureOf(proposal.endorse());

    expect(failure.code).toBe('ABORTED');
    expect(failure.message).toBe('failed to endorse transaction, see attached details for more info');
    expect(failure.details[0]?.message).toContain(
      `duplicate transaction found [${proposal.getTransactionId()}]. Creator [`,
    );
  });
});
