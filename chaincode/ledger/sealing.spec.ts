import { seal, unseal, withoutSecrets } from './sealing.js';

const key = Buffer.alloc(32, 1);

describe('sealed answers', () => {
  it('are the same on every endorser and open with the key only', () => {
    const sealed = seal('{"a":1}', key, 'tx');
    expect(seal('{"a":1}', key, 'tx')).toBe(sealed);
    expect(unseal(sealed, key, 'tx')).toBe('{"a":1}');
    expect(() => unseal(sealed, Buffer.alloc(32, 2), 'tx')).toThrow();
    expect(() => unseal(sealed, key, 'another')).toThrow();
    expect(() => unseal('{"id":1}', key, 'tx')).toThrow('not sealed');
  });

  it('without a key say nothing but opaque ids, states and codes', () => {
    const claim = {
      id: 'i',
      state: 'reserved',
      seq: 1,
      owner: 'BankAMSP',
      amount: { amount: '1', currency: 'USD' },
    };
    const answer = {
      items: [
        { index: 0, status: 'reserved', claim },
        { index: 1, status: 'refused', code: 'C', detail: 'd' },
      ],
    };
    expect(withoutSecrets(answer)).toEqual({
      items: [
        { index: 0, status: 'reserved', claim: { id: 'i', state: 'reserved', seq: 1 } },
        { index: 1, status: 'refused', code: 'C' },
      ],
    });
  });
});
