import fc from 'fast-check';
import { canonicalNumber } from './numbers.js';

const canonical = (number: string) => canonicalNumber(number, 'number');

describe('canonical numbers', () => {
  it.each([
    'INV-001',
    'inv 001',
    'ＩＮＶ－００１',
    'Inv\u2013001',
    'in\u00adv\u200b001',
    '\u202eINV001',
    'INV\u2212001',
    'INV\u3000001',
  ])('takes %p for INV001', (number) => {
    expect(canonical(number)).toBe('INV001');
  });

  it('keeps leading zeros, letters, slashes and full length', () => {
    expect(canonical('00/12.a')).toBe('00/12.A');
    expect(canonical('1'.repeat(44))).toHaveLength(44);
    expect(canonical('7')).toBe('7');
  });

  it.each(['沪INV-001', '沪 inv 001', '沪ＩＮＶ００１', '沪\u115fINV\u3164001'])(
    'takes %p, Han beside Latin, for one number',
    (number) => {
      expect(canonical(number)).toBe('沪INV001');
    },
  );

  it.each(['請求書A-1', '청구서A1', 'ｱｲA1', '發票ABC'])(
    'takes East Asian letters beside others: %p',
    (number) => {
      expect(canonical(number)).not.toBe('');
    },
  );

  it('folds away what is shown as nothing', () => {
    expect(canonical('IN\u115fV\u1160-\u3164001\uffa0')).toBe('INV001');
    expect(() => canonical('\u3164')).toThrow(/^NUMBER_INVALID/);
  });

  it.each(['ΙNV001', 'INV00А1', 'IΝV001', '沪ΙNV001', 'ԱA1'])('refuses the mixed scripts of %p', (number) => {
    expect(() => canonical(number)).toThrow(/^NUMBER_MIXED_SCRIPT/);
  });

  it('does not replace look-alikes: a full-width zero is a zero, never the letter O', () => {
    expect(canonical('2０2４')).toBe('2024');
    expect(canonical('АВС001')).not.toBe(canonical('ABC001'));
  });

  it.each(['', '---', ' ', '\u200b', '/', '٠٠١', 'A\u20e0', '1'.repeat(65), 'A\u0000'])(
    'refuses %p',
    (number) => {
      expect(() => canonical(number)).toThrow(/^NUMBER_INVALID/);
    },
  );

  it('is a projection: the canonical spelling is its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (number) => {
        let once: string;
        try {
          once = canonical(number);
        } catch {
          return;
        }
        expect(canonical(once)).toBe(once);
      }),
    );
  });

  it('does not depend on where dashes and spaces stand', () => {
    const mark = fc.constantFrom('', '-', ' ', '\u2014', '\u00a0', '\u200d');
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z0-9]{1,12}$/),
        fc.array(mark, { minLength: 12, maxLength: 12 }),
        (number, marks) => {
          const spelled = Array.from(number, (character, place) => `${marks[place] ?? ''}${character}`).join(
            '',
          );
          expect(canonical(spelled.toLowerCase())).toBe(number);
        },
      ),
    );
  });
});
