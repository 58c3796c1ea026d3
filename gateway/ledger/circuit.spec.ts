import { Circuit } from './circuit.js';
import { EndorserPairs } from './endorser-pairs.js';

const government = ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'];

describe('choosing endorsers', () => {
  it('spreads the first choice over all pairs', () => {
    const pairs = new EndorserPairs(government, new Circuit());
    const first = [0, 1, 2, 3, 4, 5].map(() => pairs.inOrder()[0]?.join('+'));
    expect(new Set(first)).toEqual(
      new Set(['CustomsMSP+TaxMSP', 'CustomsMSP+RegulatorMSP', 'TaxMSP+RegulatorMSP']),
    );
  });

  it('keeps to pairs with the authority whose fact is touched', () => {
    const pairs = new EndorserPairs(government, new Circuit());
    for (const pair of pairs.inOrder('TaxMSP')) expect(pair).toContain('TaxMSP');
    expect(pairs.inOrder('BankAMSP')).toHaveLength(3);
  });

  it('tries a pair with a silent organisation last, and first again after its pause', () => {
    let now = 0;
    const circuit = new Circuit(() => now);
    const pairs = new EndorserPairs(government, circuit);
    circuit.failed('TaxMSP');
    for (let turn = 0; turn < 3; turn++) {
      expect(pairs.inOrder()[0]).toEqual(['CustomsMSP', 'RegulatorMSP']);
    }
    now = 500;
    const first = [0, 1, 2].map(() => pairs.inOrder()[0]?.join('+'));
    expect(first).toContain('CustomsMSP+TaxMSP');
  });

  it('leaves an organisation alone for longer with every failure, and forgets at an answer', () => {
    let now = 0;
    const circuit = new Circuit(() => now);
    circuit.failed('TaxMSP');
    circuit.failed('TaxMSP');
    now = 999;
    expect(circuit.isHealthy('TaxMSP')).toBe(false);
    circuit.answered('TaxMSP');
    expect(circuit.isHealthy('TaxMSP')).toBe(true);
  });
});
