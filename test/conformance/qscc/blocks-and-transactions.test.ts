import { common, peer } from '@hyperledger/fabric-protos';
import { headerHash } from '../harness/block-hash.js';
import { channelHeaderOf, readBlock } from '../harness/blocks.js';
import { queryChain } from '../harness/chain.js';
import { fresh } from '../harness/fresh.js';
import { customs } from '../harness/network.js';
import { arrange, commit, endorse, type Outcome } from '../harness/perform.js';
import { codeName } from '../harness/validation-code.js';

describe('the system chaincode for queries', () => {
  let outcome: Outcome;
  let expected: common.Block;

  beforeAll(async () => {
    outcome = await arrange(customs, [['put', fresh('key'), 'value']]);
    expected = await readBlock(customs, outcome.block);
  });

  it('finds a block by its number, by its hash, and by a transaction in it', async () => {
    const header = expected.getHeader();
    if (!header) throw new Error('the block has no header');
    const hash = Buffer.from(headerHash(header), 'hex');
    const found = await Promise.all([
      queryChain(customs, 'GetBlockByNumber', String(outcome.block)),
      queryChain(customs, 'GetBlockByHash', hash),
      queryChain(customs, 'GetBlockByTxID', outcome.txId),
    ]);

    for (const bytes of found) {
      expect(common.Block.deserializeBinary(bytes).toObject()).toEqual(expected.toObject());
    }
  });

  it('finds a transaction by its id, with its verdict', async () => {
    const found = peer.ProcessedTransaction.deserializeBinary(
      await queryChain(customs, 'GetTransactionByID', outcome.txId),
    );
    const envelope = found.getTransactionenvelope();

    expect(codeName(found.getValidationcode())).toBe('VALID');
    expect(envelope && channelHeaderOf(envelope).getTxId()).toBe(outcome.txId);
  });

  it('finds failed transactions too', async () => {
    const key = fresh('key');
    const first = await endorse(customs, [
      ['get', key],
      ['put', key, 'first'],
    ]);
    const second = await endorse(customs, [
      ['get', key],
      ['put', key, 'second'],
    ]);
    await commit(customs, first);
    const { txId } = await commit(customs, second);
    const found = peer.ProcessedTransaction.deserializeBinary(
      await queryChain(customs, 'GetTransactionByID', txId),
    );

    expect(codeName(found.getValidationcode())).toBe('MVCC_READ_CONFLICT');
  });
});
