import { X509Certificate } from 'node:crypto';
import { BANK_B } from '../definition.js';
import { asUser, enrol, openAuthority } from '../harness/authority.js';
import { attributesOf } from '../harness/certificate-attributes.js';
import { fresh } from '../harness/fresh.js';

/** No list at all asks for the attributes that always come; an empty one, which the types want, asks for none. */
const ALWAYS = undefined as unknown as [];

describe('re-enrolment', () => {
  it('gives the same person another certificate for another key', async () => {
    const authority = await openAuthority(BANK_B);
    const id = fresh('clerk');
    const attrs = [{ name: 'role', value: 'viewer', ecert: true }];
    const secret = await authority.service.register(
      { enrollmentID: id, affiliation: '', attrs },
      authority.registrar,
    );
    const first = await enrol(authority, id, secret);
    const { certificate: second } = await authority.service.reenroll(asUser(id, first), ALWAYS);
    const [before, after] = [new X509Certificate(first.certificate), new X509Certificate(second)];

    expect(after.subject).toBe(before.subject);
    expect(attributesOf(second)).toEqual(attributesOf(first.certificate));
    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect(after.publicKey.equals(before.publicKey)).toBe(false);
  });

  it('has no attributes when an empty list of them is asked for', async () => {
    const authority = await openAuthority(BANK_B);
    const id = fresh('clerk');
    const secret = await authority.service.register(
      { enrollmentID: id, affiliation: '' },
      authority.registrar,
    );
    const first = await enrol(authority, id, secret);
    const { certificate } = await authority.service.reenroll(asUser(id, first), []);

    expect(attributesOf(certificate)).toEqual({});
  });
});
