import { Kept } from './kept.js';

/** Answers of which two are kept, and the names for which one was worked out. */
function counted() {
  const kept = new Kept<string | undefined>(2);
  const worked: string[] = [];
  const ask = (name: string) =>
    kept.of(name, () => {
      worked.push(name);
      return name === 'none' ? undefined : name;
    });
  return { kept, worked, ask };
}

describe('what is kept', () => {
  it('is worked out once, also where the answer is that there is none', () => {
    const { worked, ask } = counted();
    expect(['a', 'a', 'none', 'none'].map(ask)).toEqual(['a', 'a', undefined, undefined]);
    expect(worked).toEqual(['a', 'none']);
  });

  it('is the latest so many', () => {
    const { worked, ask } = counted();
    for (const name of ['a', 'b', 'c', 'c', 'b', 'a']) ask(name);
    expect(worked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is no error', () => {
    const { kept, ask } = counted();
    const failing = () => {
      throw new Error('damaged');
    };
    expect(() => kept.of('a', failing)).toThrow('damaged');
    expect(ask('a')).toBe('a');
  });
});
