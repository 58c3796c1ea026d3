import { onceFor } from './once-for.js';

describe('what follows from an object', () => {
  it('is worked out once for each, however alike they are', () => {
    const worked: object[] = [];
    const sizeOf = onceFor((list: readonly string[]) => {
      worked.push(list);
      return String(list.length);
    });
    const [one, alike] = [['a'], ['a']];
    expect([one, one, alike, alike, one].map(sizeOf)).toEqual(['1', '1', '1', '1', '1']);
    expect(worked).toEqual([one, alike]);
    expect(worked[0]).toBe(one);
  });

  it('is asked for again where it failed', () => {
    let attempts = 0;
    const textOf = onceFor((_from: object) => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      return 'there';
    });
    const from = {};
    expect(() => textOf(from)).toThrow('not yet');
    expect([textOf(from), textOf(from), attempts]).toEqual(['there', 'there', 2]);
  });
});
