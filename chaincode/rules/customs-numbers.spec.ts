import { customsNumber, isSerialOnly } from './customs-numbers.js';

const number = (text: string, context = {}) => customsNumber(text, context, 'number');

describe('customs numbers', () => {
  it('keeps the 18 digits, also out of 21', () => {
    expect(number('310120260516789012')).toBe('310120260516789012');
    expect(number('310120260516789012001')).toBe('310120260516789012');
  });

  it('completes the nine digits of an export where the declaration names its office', () => {
    expect(number('516789012', { office: '3101', date: '2026-03-01' })).toBe('310120260516789012');
    expect(number('516789012')).toBe('516789012');
  });

  it('checks movement reference numbers and leaves other numbers alone', () => {
    expect(number('24GBDIRIGZ7QLCPAA8')).toBe('24GBDIRIGZ7QLCPAA8');
    expect(() => number('24GBDIRIGZ7QLCPAA9')).toThrow(/^CHECK_DIGIT_WRONG/);
    expect(number('97061800')).toBe('97061800');
  });

  it('refuses a number that is too short for a register', () => {
    expect(() => number('12')).toThrow(/^NUMBER_INVALID/);
    expect(number('9901')).toBe('9901');
  });

  it('knows a serial that says neither office nor year', () => {
    expect(isSerialOnly('516789012')).toBe(true);
    expect(isSerialOnly('310120260516789012')).toBe(false);
    expect(isSerialOnly('97061800')).toBe(false);
  });
});
