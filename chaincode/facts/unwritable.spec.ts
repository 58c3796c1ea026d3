import { invoice, openLedger, people } from '../testing/story.js';

describe('what no paper says', () => {
  it.each([
    [
      'a name with U+0000 and a lone surrogate',
      'seller.name',
      { seller: { ...invoice().seller, name: 'A\u0000B\ud800' } },
    ],
    ['a number with U+0000', 'number', { number: 'INV\u0000-1' }],
    ['a lone surrogate in a reference', 'details.contractNumber', { details: { contractNumber: 'C\udfff' } }],
    ['a note with an escape', 'details.note', { details: { note: '\u001b[2J' } }],
    ['the year 0', 'date', { date: '0000-01-01' }],
  ])('is refused with the field: %s', async (_, field, wrong) => {
    const ledger = await openLedger();
    await expect(
      ledger.endorse('recordFacts', people.tax, { facts: [invoice(wrong)] }),
    ).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      body: { field },
    });
  });
});
