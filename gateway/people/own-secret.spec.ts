import fc from 'fast-check';
import { codeOf, isCode, newInvitation } from './invitation-code.js';
import { faultOf } from './own-secret.js';

describe('a secret of one’s own', () => {
  it.each([
    ['short', 'too-short'],
    ['aaaaaaaaaaaaaaaaaaaa', 'too-uniform'],
    ['abababababababab', 'too-uniform'],
    ['123456789012', 'a-run'],
    ['abcdefghijklmnop', 'a-run'],
    ['I am Li.Wei of Ningbo', 'names-the-person'],
    ['ｌｉ.ｗｅｉ of Ningbo', 'names-the-person'],
    ['x'.repeat(100) + 'abcdefg'.repeat(40), 'too-long'],
    ['correct horse battery', undefined],
    ['安全的密码是一句很长的话，对吗', undefined],
  ])('%# is judged', async (secret, fault) => {
    expect(await faultOf(secret, 'li.wei')).toBe(fault);
  });

  it.each([
    ['leavemealone', 'common'],
    ['LeaveMeAlone', 'common'],
    ['1234qwerty!!', 'common'],
    ['P@ssw0rd 2026', 'common'],
    ['passwordpassword', 'common'],
    ['dragon dragon ', undefined],
    ['my dragon sleeps', undefined],
    ['3f9a60c2e1b74d58', undefined],
  ])('is not what many people use: %s', async (secret, fault) => {
    expect(await faultOf(secret, 'li.wei')).toBe(fault);
  });

  it.each([
    ['PledgeOnce 2026!', 'names-only'],
    ['Ningbo-Bank-2026', 'names-only'],
    ['bank-a.pledgeonce', 'names-only'],
    ['宁波银行宁波银行宁波银行1a', 'names-only'],
    ['Ningbo has nine bridges', undefined],
    ['the river bank floods', undefined],
  ])('is more than the names that anybody would try: %s', async (secret, fault) => {
    expect(await faultOf(secret, 'li.wei', ['bank-a', 'Bank of Ningbo 宁波银行'])).toBe(fault);
  });
});

describe('the code of an invitation', () => {
  const key = Buffer.alloc(32, 1);

  it('is taken however it is typed, and no other is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 30 }), (id) => {
        const invitation = newInvitation('admin', 7, 0);
        const code = codeOf(id, invitation, key);
        expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(isCode(code.toLowerCase().replaceAll('-', ' '), id, invitation, key)).toBe(true);
        expect(isCode(code, `${id}x`, invitation, key)).toBe(false);
        expect(isCode(code, id, newInvitation('admin', 7, 0), key)).toBe(false);
        expect(isCode(code, id, invitation, Buffer.alloc(32, 2))).toBe(false);
      }),
    );
  });
});
