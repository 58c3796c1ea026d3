import type { ClaimView } from '@pledgeonce/chaincode/api.js';

export const claimId = 'c'.repeat(64);
const money = (amount: string) => ({ amount, currency: 'USD' });
const document = { type: 'customs-declaration', number: '223320260123456789' } as const;
const enterprise = { scheme: 'USCC', id: '91330200MA2CKXQ85H' } as const;

/** What a bank sends. */
export const newClaim = {
  applicationNumber: 'A-1',
  enterprise,
  product: 'discount',
  amount: money('60.00'),
  lines: [{ document, amount: money('60.00') }],
  dueDate: '2027-03-01',
} as const;

/** What the ledger answers. */
export const reservedClaim: ClaimView = {
  id: claimId,
  state: 'reserved',
  seq: 1,
  owner: 'BankAMSP',
  applicationNumber: 'A-1',
  enterprise,
  product: 'discount',
  amount: money('60.00'),
  outstanding: money('60.00'),
  lines: [
    {
      document,
      fact: 'f'.repeat(64),
      amount: money('60.00'),
      outstanding: money('60.00'),
      drawn: money('60.00'),
    },
  ],
  dueDate: '2027-03-01',
  firstDueDate: '2027-03-01',
  extensions: 0,
  repayments: [],
  createdAt: '2026-11-01T00:00:00.000Z',
  updatedAt: '2026-11-01T00:00:00.000Z',
};
