import { CUSTOMS, PAIR, TAX } from '../definition.js';
import { actionOf, readBlock, transactionsOf } from '../harness/blocks.js';
import { readIdentity } from '../harness/certificates.js';
import { fresh } from '../harness/fresh.js';
import { bankA, customs } from '../harness/network.js';
import { arrange, ask } from '../harness/perform.js';

describe('a peer that chooses the endorsers of a proposal with transient data', () => {
  it('sends it to members of the collection that is written', async () => {
    const key = fresh('key');
    const options = { transient: { it: 'value' }, peers: [] };
    const { txId, block } = await arrange(bankA, [['putTransient', PAIR, key, 'it']], options);
    const transaction = transactionsOf(await readBlock(customs, block)).find((one) => one.txId === txId);
    const endorsements = transaction && actionOf(transaction.envelope).getAction()?.getEndorsementsList();
    const endorsers = endorsements?.map((one) => readIdentity(one.getEndorser_asU8()).mspId);

    expect(endorsers?.sort()).toEqual([CUSTOMS, TAX].sort());
    expect(await ask(customs, ['getPrivate', PAIR, key])).toBe('value');
  });
});
