import { factInputSchema } from '../api.js';
import { describeIssue } from './describe-issue.js';

const fact = {
  type: 'tax-invoice',
  number: '1',
  date: '2026-01-01',
  seller: { scheme: 'VAT', id: 'DE1' },
  total: { amount: '1', currency: 'EUR' },
};

describe('what a schema finds wrong', () => {
  it.each([
    [
      { ...fact, colour: 'red' },
      { detail: 'The field colour is not known here.', field: 'colour' },
    ],
    [
      { ...fact, seller: undefined },
      { detail: 'The field seller is missing.', field: 'seller' },
    ],
    [
      { ...fact, number: 7 },
      { detail: 'The field number must be of the kind string.', field: 'number' },
    ],
    [
      { ...fact, date: '2026-02-30' },
      { detail: 'Write the date as YYYY-MM-DD, in 1900 or later.', field: 'date' },
    ],
    [null, { detail: 'The request must be of the kind object.' }],
  ])('is a sentence: %j', (input, expected) => {
    const [issue] = factInputSchema.safeParse(input).error?.issues ?? [];
    expect(issue && describeIssue(issue)).toEqual(expected);
  });
});
