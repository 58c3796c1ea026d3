import { readTraceparent } from './traceparent.js';

const [trace, span] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];

describe('a W3C traceparent', () => {
  it.each([`00-${trace}-${span}-01`, `00-${trace}-${span}-00`])('%s is one', (text) => {
    expect(readTraceparent(text)).toBe(text);
  });

  it('of a later version says more behind, which nobody has to understand', () => {
    expect(readTraceparent(`cc-${trace}-${span}-01-what-comes`)).toBe(`cc-${trace}-${span}-01`);
  });

  it.each([
    '',
    `ff-${trace}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${trace}-${span}-01x`,
    `00-${trace}-${span}`,
    `cc-${trace}-${span}-01-${'x'.repeat(600)}`,
    7,
    undefined,
  ])('%p is none, and nobody is refused for it', (text) => {
    expect(readTraceparent(text)).toBeUndefined();
  });
});
