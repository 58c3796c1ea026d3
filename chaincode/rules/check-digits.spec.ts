import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isContainer, isGln, isLei, isMrn, isUscc } from './check-digits.js';

interface Vectors {
  readonly valid: readonly string[];
  readonly invalid: readonly (readonly [string, string])[];
}

const validators: readonly (readonly [set: string, isValid: (code: string) => boolean])[] = [
  ['cn_uscc', isUscc],
  ['lei', isLei],
  ['iso6346', isContainer],
  ['eu_mrn', isMrn],
];

describe('check digits', () => {
  it('accept known numbers', () => {
    expect(isUscc('91330200MA2CKXQ85H')).toBe(true);
    expect(isUscc('121200004013590816')).toBe(true);
    expect(isLei('2138001CY61HDFJ5ZA27')).toBe(true);
    expect(isContainer('CSQU3054383')).toBe(true);
    expect(isMrn('24GB0MC86MH6WYKAA3')).toBe(true);
    expect(isGln('4012345000009')).toBe(true);
  });

  it('refuse any other last digit', () => {
    const number = 'CSQU305438';
    const right = Array.from('0123456789').filter((digit) => isContainer(number + digit));
    expect(right).toEqual(['3']);
    expect(isUscc('91330200MA2CKXQ85G')).toBe(false);
    expect(isGln('4012345000008')).toBe(false);
    expect(isLei('2138001CY61HDFJ5ZA28')).toBe(false);
  });
});

// The vectors are the collection of real numbers that comes with the documents, beside the project.
const file = path.resolve(process.env['PLEDGEONCE_DOCUMENTS'] ?? '../shared/data', 'check-digits.json');

(existsSync(file) ? describe : describe.skip)('the collection of real numbers', () => {
  it.each(validators)('agrees about %s', (set, isValid) => {
    const { sets } = JSON.parse(readFileSync(file, 'utf8')) as { sets: Record<string, Vectors> };
    expect(sets[set]?.valid.filter((code) => !isValid(code))).toEqual([]);
    expect(sets[set]?.invalid.filter(([code]) => isValid(code))).toEqual([]);
  });
});
