import { claim, transferOffer } from './records.js';
import { payment } from '../payments/records.js';
import { decodeRecord, encodeRecord } from '../ledger/records.js';

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
const firstClaim = {
  ...common,
  state: 'partly-repaid',
  applicationNumber: 'A-1',
  enterprise: { scheme: 'USCC', id: '91330200MA2CKXQ85H' },
  product: 'invoice',
  dueDate: '2026-05-01',
  extensions: 0,
  repayments: [{ amount: '40', source: 'proceeds', at: '2026-02-01T00:00:00.000Z' }],
  reservedBy: person,
};

describe('records from before lines had roles', () => {
  it('are claims on receivables, with what their lines leave outstanding', () => {
    const read = decodeRecord(claim, JSON.stringify({ ...firstClaim, schema: 1 }));
    expect(read.outstanding).toBe(80n);
    expect(read.lines.map(({ role }) => role)).toEqual(['receivable', 'receivable']);
    expect(decodeRecord(claim, encodeRecord(claim, read))).toEqual(read);
  });

  it('are offers of such claims, open or closed', () => {
    const offer = { claim: 'c', from: 'BankAMSP', schema: 1 };
    const open = decodeRecord(transferOffer, JSON.stringify({ ...offer, open: true, terms: firstClaim }));
    expect(open.terms?.outstanding).toBe(80n);
    expect(decodeRecord(transferOffer, JSON.stringify({ ...offer, open: false })).terms).toBeUndefined();
  });

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
