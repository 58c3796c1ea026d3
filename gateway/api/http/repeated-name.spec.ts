import fc from 'fast-check';
import { repeatedName } from './repeated-name.js';

describe('a member that is named twice', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":{"y":[{"b":1,"c":{},"b":2}]}}', 'b'],
    ['[{"q\\"":1,"q\\"":2}]', 'q"'],
    ['{"a":{"a":{"a":1}}}', undefined],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"a":"a","b":"a"}', undefined],
    ['{"a":"{\\"b\\":1,\\"b\\":2}"}', undefined],
    ['{"a":1,', undefined],
    ['[{"a":'.repeat(50_000), undefined],
  ])('is found in %#', (text, expected) => {
    expect(repeatedName(text)).toBe(expected);
  });

  it('is never found in what a writer of JSON wrote', () => {
    fc.assert(fc.property(fc.json(), (text) => repeatedName(JSON.stringify(JSON.parse(text))) === undefined));
  });
});
