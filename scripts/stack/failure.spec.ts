import { explain, explainLog, Failure } from './failure.js';

const codes = ['ENOSPC', 'EACCES', 'EROFS', 'EADDRINUSE'];
/** What destroys: nobody is told to do it because a program did not start. */
const wipe = /reset|wipe|afresh|remove|delete|\brm\b/i;

describe('what helps after a failure', () => {
  it.each([
    ...codes.map((code) => `Error: ${code}: it did not work`),
    'ServiceIdentityError: The gateway has no certificate for its identity "gateway".',
    'SecretsLockedError: The certificate authority takes no secret for this id.',
    'LEDGER_DAMAGED',
    '',
  ])('is never to wipe what is kept: %s', (line) => {
    const { message, remedy } = explainLog('The gateway process', `one line\n${line}\nanother`);
    expect(remedy).not.toMatch(wipe);
    expect(remedy.length).toBeGreaterThan(20);
    expect(message).toContain(line === '' ? 'stopped unexpectedly' : line);
  });

  it('is said for what the operating system reports, and nothing is invented for the rest', () => {
    for (const code of codes) {
      const error = Object.assign(new Error(`${code}: here`), { code });
      expect((explain(error) as Failure).remedy).not.toMatch(wipe);
    }
    const other = new Error('other');
    expect(explain(other)).toBe(other);
  });
});
