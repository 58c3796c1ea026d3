import { rememberedState } from './block-updates.js';

describe('the state before a block', () => {
  it('is looked up once for each key, also where there is nothing', () => {
    const looked: string[] = [];
    const version = { block: 1, tx: 0 };
    const found = (name: string) => {
      looked.push(name);
      return name.endsWith('absent') ? undefined : { value: Buffer.from(name), version, metadata: new Map() };
    };
    const state = rememberedState({
      public: (namespace, key) => found(`${namespace} ${key}`),
      hashed: (namespace, collection, keyHash) =>
        found(`${namespace} ${collection} ${Buffer.from(keyHash).toString('utf8')}`),
    });
    const ask = () => [
      state.public('trade', 'there')?.value.toString(),
      state.public('trade', 'absent'),
      state.hashed('trade', 'registry', Buffer.from('there'))?.value.toString(),
      state.hashed('trade', 'registry', Buffer.from('absent')),
    ];
    const said = ['trade there', undefined, 'trade registry there', undefined];
    expect([ask(), ask()]).toEqual([said, said]);
    expect(looked).toEqual(['trade there', 'trade absent', 'trade registry there', 'trade registry absent']);
  });
});
