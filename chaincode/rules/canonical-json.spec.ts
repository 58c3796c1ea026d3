import * as fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('says what the value says, and the same for every order of its names', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  it('writes every text as JSON does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(canonicalJson(text)).toBe(JSON.stringify(text));
        expect(canonicalJson({ [text]: [text] })).toBe(JSON.stringify({ [text]: [text] }));
      }),
    );
    // One by one, what a random text rarely has.
    for (let code = 0; code < 0x10000; code++) {
      const text = String.fromCharCode(code);
      if (canonicalJson(text) !== JSON.stringify(text)) throw new Error(`U+${code.toString(16)}`);
    }
  });

  it('sorts names by their code units and leaves out what is undefined', () => {
    const value = { b: [{ z: 1, y: undefined, x: 'ä"\n' }], B: null, '10': true, '9': [], ä: {} };
    expect(canonicalJson(value)).toBe('{"10":true,"9":[],"B":null,"b":[{"x":"ä\\"\\n","z":1}],"ä":{}}');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
