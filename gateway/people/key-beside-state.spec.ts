import { isKeyBesideState } from './key-beside-state.js';

describe('the key that seals the wallets', () => {
  it.each([
    ['/var/lib/gateway/master.key', '/var/lib/gateway/bank-a', true],
    ['/var/lib/gateway/bank-a/keys/master.key', '/var/lib/gateway/bank-a', true],
    ['/var/lib/gateway/bank-a/../master.key', '/var/lib/gateway/bank-a', true],
    ['/etc/gateway/master.key', '/var/lib/gateway/bank-a', false],
    ['/var/lib/keys/master.key', '/var/lib/gateway/bank-a', false],
    ['/var/lib/gateway/bank-a-keys/master.key', '/var/lib/gateway/bank-a', false],
  ])('%s beside the state %s: %s', (key, state, expected) => {
    expect(isKeyBesideState(key, state)).toBe(expected);
  });
});
