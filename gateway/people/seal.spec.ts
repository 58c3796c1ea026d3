import { createCipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto';
import { seal, unseal, UnsealError } from './seal.js';

const masterKey = randomBytes(32);
const plain = Buffer.from('a private key');
const kindOf = (sealed: Buffer) => (JSON.parse(sealed.toString()) as { sealed: string }).sealed;

describe('what is sealed', () => {
  it('is stretched where a person’s secret closes it, and not where the master key alone does', async () => {
    expect(kindOf(await seal(plain, masterKey, 'a long secret', 'anna'))).toBe('scrypt-aes-256-gcm');
    expect(kindOf(await seal(plain, masterKey, '', 'gateway'))).toBe('hkdf-aes-256-gcm');
  });

  it.each(['a long secret', ''])('opens with its secret (%p), key and context only', async (secret) => {
    const sealed = await seal(plain, masterKey, secret, 'anna');
    expect(await unseal(sealed, masterKey, secret, 'anna')).toEqual(plain);
    await expect(unseal(sealed, masterKey, 'another', 'anna')).rejects.toThrow(UnsealError);
    await expect(unseal(sealed, masterKey, secret, 'berta')).rejects.toThrow(UnsealError);
    await expect(unseal(sealed, randomBytes(32), secret, 'anna')).rejects.toThrow(UnsealError);
  });

  it('opens where the master key alone had closed it with stretching, as gateways did before', async () => {
    const [salt, nonce] = [randomBytes(16), randomBytes(12)];
    const pepper = createHmac('sha256', masterKey).update('').digest();
    const key = scryptSync(pepper, salt, 32, { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('gateway'));
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    const base64 = (bytes: Buffer) => bytes.toString('base64');
    const envelope = {
      ...{ sealed: 'scrypt-aes-256-gcm', version: 1, salt: base64(salt), nonce: base64(nonce) },
      ...{ tag: base64(cipher.getAuthTag()), data: base64(data) },
    };
    expect(await unseal(Buffer.from(JSON.stringify(envelope)), masterKey, '', 'gateway')).toEqual(plain);
  });
});
