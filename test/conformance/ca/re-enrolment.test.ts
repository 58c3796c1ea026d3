import { X509Certificate } from 'node:crypto';
import { BANK_B } from '../definition.js';
import { asUser, enrol, openAuthority } from '../harness/authority.js';
import { attributesOf } from '../harness/certificate-attributes.js';
import { fresh } from '../harness/fresh.js';

describe('re-enrolment', () => {
  it('gives the same person another certificate for another key', async () => {
    const authority = await openAuthority(BANK_B);
    const id = fresh('clerk');
    const attrs = [{ name: 'role', value: 'viewer', ecert: true }];
    const secret = await authority.service.register({ enrollmentID: id, affiliation: '', attrs }, authority.registrar);
    const first = await enrol(authority, id, secret);
    const { certificate: second } = await authority.service.reenroll(asUser(id, first), []);
    const [before, after] = [new X509Certificate(first.certificate), new X509Certificate(second)];

    expect(after.subject).toBe(before.subject);
    expect(attributesOf(second)).toEqual(attributesOf(first.certificate));
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.publicKey.equals(before.publicKey)).toBe(false);
  });
});
