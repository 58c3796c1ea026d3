import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { withValues, type BlockTransaction } from './read-block.js';

const written = ['C~1~1', 'C~1~2'];
const transaction: BlockTransaction = {
  transactionId: 'tx-1',
  position: 0,
  time: '2026-11-25T00:00:00.000Z',
  mspId: 'BankAMSP',
  certificate: '',
  code: 0,
  event: undefined,
  hashes: [...written.map((key) => ({ collection: 'registry', keyHash: digest(key), valueHash: '' }))],
  values: [],
};
const valuesOf = (keys: readonly string[]) =>
  keys.map((key) => ({ collection: 'registry', key, value: '{}' }));

describe('the private values of a transaction', () => {
  it('are added when all are there that the peer keeps', () => {
    const values = valuesOf(written);
    expect(withValues(transaction, values).values).toEqual(values);
  });

  it('are left out when the transaction did not write them, because it is invalid', () => {
    const invalid = { ...transaction, code: 11, hashes: [] };
    expect(withValues(invalid, valuesOf(written)).values).toEqual([]);
  });

  it('are waited for when one has not reached the peer yet', () => {
    expect(() => withValues(transaction, valuesOf(['C~1~2']))).toThrow('lacks 1 private values');
  });
});
