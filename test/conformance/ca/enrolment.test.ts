import { X509Certificate } from 'node:crypto';
import { BANK_B } from '../definition.js';
import { enrol, openAuthority, type Authority } from '../harness/authority.js';
import { attributesOf } from '../harness/certificate-attributes.js';
import { issuedBy } from '../harness/certificates.js';
import { fresh } from '../harness/fresh.js';
import { bankB, connectPerson } from '../harness/network.js';
import { submit } from '../harness/perform.js';

describe('someone whom the configuration of the authority names', () => {
  it('has in the certificate the attributes given there, and the enrolment id in its subject alone', () => {
    const { certificate } = bankB;
    const { subject } = new X509Certificate(certificate);

    expect(attributesOf(certificate)).toEqual({ role: 'officer' });
    expect(subject.split('\n')).toContain('CN=officer');
  });
});

describe('someone whom the registrar registers', () => {
  const id = fresh('clerk');
  let authority: Authority;
  let secret: string;

  beforeAll(async () => {
    authority = await openAuthority(BANK_B);
    secret = await authority.service.register(
      {
        enrollmentID: id,
        affiliation: '',
        maxEnrollments: -1,
        attrs: [
          { name: 'role', value: 'viewer', ecert: true },
          { name: 'floor', value: '7' },
        ],
      },
      authority.registrar,
    );
  });

  it('enrols with the secret and receives a certificate of the organisation', async () => {
    const { certificate } = await enrol(authority, id, secret);
    const { subject } = new X509Certificate(certificate);

    expect(issuedBy(BANK_B, certificate)).toBe(true);
    expect(subject.split('\n')).toEqual(expect.arrayContaining(['OU=client', `CN=${id}`]));
  });

  it('has in the certificate the attributes that are meant for it, and the name', async () => {
    const { certificate } = await enrol(authority, id, secret);

    expect(attributesOf(certificate)).toEqual({
      'hf.Affiliation': '',
      'hf.EnrollmentID': id,
      'hf.Type': 'client',
      role: 'viewer',
    });
  });

  it('has just those attributes that are asked for, if any are', async () => {
    const { certificate } = await enrol(authority, id, secret, ['floor']);

    expect(attributesOf(certificate)).toEqual({ floor: '7' });
  });

  it('may transact at once', async () => {
    const clerk = connectPerson(await enrol(authority, id, secret));

    expect((await submit(clerk, [['put', fresh('key'), 'value']])).code).toBe('VALID');
  });
});
