import { bodyOfPapers } from './papers.js';

const enterprise = { scheme: 'USCC', id: '91330200MA2CKXQ85H' };

describe('the papers of an offshore trade', () => {
  it('are sent without what was left out', () => {
    expect(
      bodyOfPapers({
        enterprise,
        bills: [
          { document: { type: 'bill-of-lading', number: 'B1' }, containers: 'A1, B2；\nC3' },
          undefined,
        ],
        invoice: { type: 'commercial-invoice' },
      }),
    ).toEqual({
      enterprise,
      bills: [{ document: { type: 'bill-of-lading', number: 'B1' }, containers: ['A1', 'B2', 'C3'] }],
    });
  });

  it('hold the receipt and the invoice that were typed', () => {
    const total = { amount: '10.00', currency: 'USD' };
    const quantity = { amount: '5', unit: 'TNE' };
    expect(
      bodyOfPapers({
        enterprise,
        bills: [{ document: { type: 'rail-waybill', number: 'W1' }, vessel: { name: 'X' } }],
        receipt: { number: 'R1', quantity },
        invoice: { type: 'tax-invoice', number: 'I1', total },
      }),
    ).toEqual({
      enterprise,
      bills: [{ document: { type: 'rail-waybill', number: 'W1' }, vessel: { name: 'X' } }],
      receipts: [{ document: { type: 'warehouse-receipt', number: 'R1' }, quantity }],
      invoice: { document: { type: 'tax-invoice', number: 'I1' }, total },
    });
  });
});
