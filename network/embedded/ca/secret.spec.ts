import { hashSecret, matchesSecret, newSecret } from './secret.js';

describe('an enrolment secret', () => {
  it.each([true, false])('is known again, and no other is (random: %p)', async (isRandom) => {
    const secret = newSecret();
    const stored = await hashSecret(secret, isRandom);
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(await matchesSecret(stored, secret)).toBe(true);
    expect(await matchesSecret(stored, newSecret())).toBe(false);
    expect(await matchesSecret(undefined, secret)).toBe(false);
  });

  it('is stretched unless it was just made', async () => {
    expect((await hashSecret('chosen by somebody')).cost).toBe(2 ** 14);
    expect((await hashSecret(newSecret(), true)).cost).toBe(2);
  });
});
