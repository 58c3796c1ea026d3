import { readFileSync } from 'node:fs';
import { parseLoanRules } from './rules.js';

const sample = readFileSync(new URL('../../../scripts/samples/loan-rules.yaml', import.meta.url), 'utf8');

describe('the file of rules', () => {
  it('is read with its defaults, from YAML and from JSON', () => {
    const rules = parseLoanRules(sample, 'sample');
    expect(rules).toMatchObject({ advanceRate: '80', price: { A: '2.00' }, excludedClasses: ['C'] });
    expect(parseLoanRules(JSON.stringify(rules), 'sample')).toEqual(rules);
  });

  it.each([
    ['largest: "50000.00"', "largest: '50000.00'", "largest: '50000.001'", /currencies\.USD\.largest/],
    ['an amount that is no text', "largest: '50000.00'", 'largest: 50000.00', /currencies\.USD\.largest/],
    ['an unknown currency', '  CNY:', '  XYZ:', /currencies\.XYZ/],
    ['a class without price or exclusion', 'excludedClasses: [C]', 'excludedClasses: []', /Class C/],
    ['a class with both', 'excludedClasses: [C]', 'excludedClasses: [B, C]', /Class B/],
    ['a rate that is none', "A: '2.00'", "A: 'two'", /price\.A/],
    ['a document that cannot be lent on', 'tax-invoice]', 'tax-filing]', /documents\[1\]/],
    ['a misspelt rule', 'advanceRate:', 'advancedRate:', /advancedRate/],
    ['what is not YAML', 'tenorDays:', 'tenorDays: }', /neither YAML nor JSON/],
  ])('is refused with %s, saying where', (_what, from, to, complaint) => {
    expect(sample).toContain(from);
    expect(() => parseLoanRules(sample.replace(from, to), 'sample')).toThrow(complaint);
  });
});
