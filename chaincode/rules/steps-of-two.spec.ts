import { steps } from '../schemas.js';
import { alwaysTakesTwo, takesTwo } from './steps-of-two.js';

const bankA = { mspId: 'BankAMSP', kind: 'bank' };
const bankB = { mspId: 'BankBMSP', kind: 'bank' };

describe('steps of two people', () => {
  it('are reversals and the ends outside the course of a loan, in every consortium', () => {
    expect(steps.filter(alwaysTakesTwo)).toEqual([
      'reversal',
      'write-off',
      'repurchase',
      'assignment-to-collector',
    ]);
    for (const step of steps) expect(takesTwo(step, bankA)).toBe(alwaysTakesTwo(step));
  });

  it('are those that the consortium sets beside them, for all banks or for one', () => {
    const table = { bank: ['disbursement'], BankBMSP: ['extension'] } as const;
    expect(takesTwo('disbursement', bankA, table)).toBe(true);
    expect(takesTwo('extension', bankA, table)).toBe(false);
    expect(takesTwo('disbursement', bankB, table)).toBe(true);
    expect(takesTwo('extension', bankB, table)).toBe(true);
    expect(takesTwo('reversal', bankA, { bank: [] })).toBe(true);
  });
});
