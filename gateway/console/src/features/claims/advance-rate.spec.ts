import { advanceRate } from './advance-rate.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('the advance rate', () => {
  it.each([
    ['60000.00', '100000.00', '60.00'],
    ['1', '3.00', '33.34'],
    ['0.01', '100000.00', '0.01'],
    ['120.5', '100', '120.50'],
    [' 100000.00 ', '100000.00', '100.00'],
  ])('of %s on a document of %s is %s %%', (amount, total, rate) => {
    expect(advanceRate(usd(amount), usd(total))).toBe(rate);
  });

  it.each([
    [usd(''), usd('100.00')],
    [usd('many'), usd('100.00')],
    [usd('1.00'), usd('0.00')],
    [usd('1.00'), { amount: '1.00', currency: 'EUR' }],
    [undefined, usd('1.00')],
    [usd('1.00'), undefined],
  ])('is not told of %j on %j', (amount, total) => {
    expect(advanceRate(amount, total)).toBeUndefined();
  });
});
