import { isGoodSignature } from './good-signatures.js';

const question = (signer: string, message: string, signature = 's') => ({
  signer,
  message: Buffer.from(message),
  signature: Buffer.from(signature),
});

describe('a signature that was good', () => {
  it('is verified once', () => {
    let verified = 0;
    const ask = () => isGoodSignature(question('orderer', 'block 1'), () => ++verified > 0);
    expect([ask(), ask(), ask()]).toEqual([true, true, true]);
    expect(verified).toBe(1);
  });

  it.each([
    ['another signer', question('somebody', 'block 2')],
    ['another message', question('orderer', 'block 3')],
    ['another signature', question('orderer', 'block 2', 'z')],
  ])('says nothing of %s', (_, other) => {
    expect(isGoodSignature(question('orderer', 'block 2'), () => true)).toBe(true);
    expect(isGoodSignature(other, () => false)).toBe(false);
  });

  it('is not remembered where it was bad', () => {
    let verified = 0;
    const ask = (answer: boolean) =>
      isGoodSignature(question('orderer', 'block 4'), () => {
        verified += 1;
        return answer;
      });
    expect([ask(false), ask(false), ask(true), ask(true)]).toEqual([false, false, true, true]);
    expect(verified).toBe(3);
  });
});
