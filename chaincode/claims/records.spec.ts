import { payment } from '../payments/records.js';
import { decodeRecord } from '../ledger/records.js';

const person = { mspId: 'BankAMSP', id: 'anna' };
const line = {
  document: { type: 'tax-invoice', number: 'A' },
  fact: 'f',
  underlying: 'u',
  amount: '60',
  outstanding: '40',
  currency: 'USD',
  drawn: '60',
  held: '40',
  revolving: false,
};
const common = {
  id: 'c',
  seq: 3,
  owner: 'BankAMSP',
  currency: 'USD',
  amount: '120',
  lines: [line, line],
  by: person,
  requests: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};
describe('records from before lines had roles', () => {
  it('are payments', () => {
    const old = {
      ...common,
      state: 'marked',
      reference: 'R-1',
      payer: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
      payee: 'Rhein Consulting',
      purpose: 'service-trade',
      paidOn: '2026-01-01',
      filingRequired: true,
      schema: 1,
    };
    expect(decodeRecord(payment, JSON.stringify(old)).lines[0]).toMatchObject({ role: 'payment' });
  });
});
