import { billNumber } from './bill-numbers.js';

describe('the number of a bill of lading', () => {
  it('carries the code of its carrier, once', () => {
    expect(billNumber('4411', { carrierCode: 'maeu' })).toBe('MAEU4411');
    expect(billNumber('MAEU4411', { carrierCode: 'MAEU' })).toBe('MAEU4411');
    expect(billNumber('4411', { carrierCode: 'HLCU' })).not.toBe(billNumber('4411', { carrierCode: 'MAEU' }));
  });

  it('is as it is written where no code is named', () => {
    expect(billNumber('HBOL001', {})).toBe('HBOL001');
  });
});
