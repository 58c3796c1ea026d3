import { setTimeout } from 'node:timers/promises';
import { awaitVerdicts } from '../harness/await-verdict.js';
import { failureOf } from '../harness/failure.js';
import { fresh } from '../harness/fresh.js';
import { customs, embedded } from '../harness/network.js';
import { ask, commit, endorse, evaluate, propose } from '../harness/perform.js';
import { orderEnvelope, tamper } from '../harness/tamper.js';

/** For some seconds BFT orderers remember what they ordered and refuse it; only then does it reach a block again. */
const ORDERERS_FORGET_MS = embedded ? 0 : 8_000;

describe('a transaction that is ordered twice', () => {
  it('is VALID once, and DUPLICATE_TXID the second time', async () => {
    const key = fresh('key');
    const transaction = await endorse(customs, [['put', key, 'value']]);
    const { block, txId } = await commit(customs, transaction);
    await setTimeout(ORDERERS_FORGET_MS);
    await orderEnvelope(customs, await tamper(customs, transaction, () => undefined), txId);

    expect(await awaitVerdicts(customs, txId, block, 2)).toEqual(['VALID', 'DUPLICATE_TXID']);
    expect(await ask(customs, ['history', key])).toHaveLength(1);
  });

  it('cannot be endorsed again, either', async () => {
    const proposal = propose(customs, [['put', fresh('key'), 'value']], {}, []);
    await commit(customs, await proposal.endorse());
    const failure = await failureOf(proposal.endorse());

    expect(failure.code).toBe('ABORTED');
    expect(failure.message).toBe('failed to endorse transaction, see attached details for more info');
    expect(failure.details[0]?.message).toContain(`duplicate transaction found [${proposal.getTransactionId()}]. Creator [`);
    expect(await evaluate(customs, [])).toEqual([]);
  });
});
