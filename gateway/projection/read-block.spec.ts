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
  hashes: [
    ...written.map((key) => ({ collection: 'party-BankAMSP', keyHash: digest(key), valueHash: '' })),
    { collection: 'registry', keyHash: digest('U~1'), valueHash: '' },
  ],
  values: [],
};
const valuesOf = (keys: readonly string[]) =>
  keys.map((key) => ({ collection: 'party-BankAMSP', key, value: '{}' }));
const isOwn = (collection: string) => collection === 'party-BankAMSP';

describe('the private values of a transaction', () => {
  it('are added when all are there that the peer keeps', () => {
    const values = valuesOf(written);
    expect(withValues(transaction, values, isOwn).values).toEqual(values);
  });

  it('are left out when the transaction did not write them, because it is invalid', () => {
    const invalid = { ...transaction, code: 11, hashes: [] };
    expect(withValues(invalid, valuesOf(written), () => true).values).toEqual([]);
  });

  it('are waited for when one has not reached the peer yet', () => {
    expect(() => withValues(transaction, valuesOf(['C~1~2']), isOwn)).toThrow('lacks 1 private values');
    expect(() => withValues(transaction, valuesOf(written), () => true)).toThrow('lacks 1 private values');
  });
});
