import 'reflect-metadata';
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { msp } from '@hyperledger/fabric-protos';
import { jest } from '@jest/globals';
import type { User } from 'fabric-common';
import { type ChaincodeStub, ClientIdentity } from 'fabric-shim';
import { openMsps } from '../msp/open-msps.js';
import {
  type Fixture,
  certificateOf,
  enrolled,
  refusalOf,
  requestFor,
  startFixture,
  userOf,
} from './testing/authority.js';

// The client's cryptography is plain JavaScript: seconds, where several suites share two cores.
jest.setTimeout(60_000);

const AUTHENTICATION = { code: 20, message: 'Authentication failure' };
const AUTHORIZATION = { code: 71, message: 'Authorization failure' };

function attributesOf(pem: string): unknown {
  const extension = new x509.X509Certificate(pem).getExtension('1.2.3.4.5.6.7.8.1');
  return extension ? JSON.parse(Buffer.from(extension.value).toString('utf8')) : undefined;
}

function serialOf(pem: string): string {
  return new X509Certificate(pem).serialNumber;
}

function akiOf(pem: string): string {
  return new x509.X509Certificate(pem).getExtension(x509.AuthorityKeyIdentifierExtension)?.keyId ?? '';
}

/** The owner of a certificate as the network's peers see them. */
function asMember(pem: string, { material }: Fixture) {
  const msps = openMsps([{ mspId: 'NorthMSP', rootCerts: material.ca.cert }]);
  const serialized = new msp.SerializedIdentity();
  serialized.setMspid('NorthMSP');
  serialized.setIdBytes(Buffer.from(pem));
  return { msps, identity: msps.identity(serialized.serializeBinary()) };
}

describe('the certificate authority, through fabric-ca-client', () => {
  let fixture: Fixture;
  beforeAll(async () => {
    fixture = await startFixture();
  });
  afterAll(async () => {
    await fixture.stop();
  });

  /** Registers somebody and enrols them. */
  const admit = async (
    id: string,
    request: { maxEnrollments?: number; attrs?: Attr[]; role?: string } = {},
  ) => {
    const registration = { enrollmentID: id, affiliation: '', ...request };
    const secret = await fixture.client.register(registration, await fixture.registrar());
    return { secret, user: await enrolled(fixture.client, id, secret) };
  };
  interface Attr {
    name: string;
    value: string;
    ecert?: boolean;
  }

  /** Whether a certificate is still good for signing in: who is let in is refused later, for want of authority. */
  const standingOf = async (user: User) => {
    const { code } = await refusalOf(fixture.client.newAffiliationService().getAll(user));
    return code === AUTHENTICATION.code ? 'refused' : 'accepted';
  };

  it('tells its name and certificate', async () => {
    const info = await fixture.client.getCaInfo(await fixture.registrar());
    expect(info.caName).toBe('ca-north');
    expect(info.caChain).toBe(fixture.material.ca.cert);
  });

  describe('development people', () => {
    it('have random secrets in files that only their owner reads', () => {
      for (const file of ['registrar.secret', 'people.json']) {
        expect(statSync(join(fixture.folder, 'people', file)).mode & 0o777).toBe(0o600);
      }
      expect(fixture.secretOf('officer')).toMatch(/^[\w-]{24}$/);
    });

    it('carry role and company, and nothing else, as attributes of every certificate', async () => {
      const user = await enrolled(fixture.client, 'exporter-1', fixture.secretOf('exporter-1'));
      expect(attributesOf(certificateOf(user))).toEqual({
        attrs: { role: 'officer', uscc: '91330200MA2CKXQ85H' },
      });
    });
  });

  it('writes attributes where chaincode reads them', async () => {
    const user = await enrolled(fixture.client, 'exporter-1', fixture.secretOf('exporter-1'));
    const creator = { mspid: 'NorthMSP', idBytes: Buffer.from(certificateOf(user)) };
    const stub = { getCreator: () => creator, getChannelID: () => 'trade', getTxID: () => '1' };
    const caller = new ClientIdentity(stub as unknown as ChaincodeStub);
    expect(caller.getAttributeValue('role')).toBe('officer');
    expect(caller.assertAttributeValue('uscc', '91330200MA2CKXQ85H')).toBe(true);
    expect(caller.getID()).toContain('CN=exporter-1');
  });

  describe('enrolment', () => {
    it('gives a certificate that openssl and the network’s MSP accept', async () => {
      const pem = certificateOf(await enrolled(fixture.client, 'officer', fixture.secretOf('officer')));
      const file = join(fixture.folder, 'officer.pem');
      writeFileSync(file, pem);
      const { certFile } = fixture.material.ca;
      expect(
        execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', certFile, file]).toString(),
      ).toContain('OK');

      const { msps, identity } = asMember(pem, fixture);
      expect(() => {
        msps.validate(identity);
      }).not.toThrow();
      expect(identity.role).toBe('client');
    });

    it('works with the key and the request that the client makes itself', async () => {
      const enrolment = { enrollmentID: 'officer', enrollmentSecret: fixture.secretOf('officer') };
      const { certificate, rootCertificate, key } = await fixture.client.enroll(enrolment);
      expect(rootCertificate).toBe(fixture.material.ca.cert);
      expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key.toBytes()))).toBe(true);
    });

    it('lives a year, and no longer than told', async () => {
      const pem = certificateOf(await enrolled(fixture.client, 'officer', fixture.secretOf('officer')));
      const { validFrom, validTo } = new X509Certificate(pem);
      const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
      expect(Math.round(days)).toBe(365);
    });

    it('puts type and affiliation into the units, whatever the request asks for', async () => {
      const registrar = await fixture.registrar();
      const secret = await fixture.client.register(
        { enrollmentID: 'clerk', affiliation: 'north.desk' },
        registrar,
      );
      const { certificate } = await fixture.client.enroll({
        enrollmentID: 'clerk',
        enrollmentSecret: secret,
        csr: await requestFor('CN=clerk, OU=peer, O=Elsewhere'),
      });
      const subject = new x509.X509Certificate(certificate).subjectName;
      expect(subject.getField('OU').sort()).toEqual(['client', 'desk', 'north']);
      expect(subject.getField('O')).toEqual(['Elsewhere']);
    });

    it('refuses a wrong secret and an unknown name alike', async () => {
      const csr = await requestFor('CN=officer');
      const wrong = fixture.client.enroll({ enrollmentID: 'officer', enrollmentSecret: 'guess', csr });
      expect(await refusalOf(wrong)).toEqual(AUTHENTICATION);
      const unknown = fixture.client.enroll({ enrollmentID: 'nobody', enrollmentSecret: 'guess', csr });
      expect(await refusalOf(unknown)).toEqual(AUTHENTICATION);
    });

    it('refuses a request for somebody else’s name', async () => {
      const call = fixture.client.enroll({
        enrollmentID: 'officer',
        enrollmentSecret: fixture.secretOf('officer'),
        csr: await requestFor('CN=approver'),
      });
      expect(await refusalOf(call)).toEqual({
        code: 77,
        message: 'The CSR subject common name must equal the enrollment ID',
      });
    });

    it('works as often as was registered, and a refused one does not count', async () => {
      const { secret } = await admit('twice', { maxEnrollments: 2 });
      const other = { enrollmentID: 'twice', enrollmentSecret: secret, csr: await requestFor('CN=other') };
      expect((await refusalOf(fixture.client.enroll(other))).code).toBe(77);
      await enrolled(fixture.client, 'twice', secret);
      expect(await refusalOf(enrolled(fixture.client, 'twice', secret))).toEqual(AUTHENTICATION);
    });

    it('lets only one of several at the same time use the last allowance', async () => {
      const registration = { enrollmentID: 'once', affiliation: '', maxEnrollments: 1 };
      const secret = await fixture.client.register(registration, await fixture.registrar());
      const calls = await Promise.allSettled(
        [1, 2, 3, 4].map(() => enrolled(fixture.client, 'once', secret)),
      );
      expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('gives the attributes that are asked for, and refuses when a required one is missing', async () => {
      const { secret } = await admit('asker', {
        maxEnrollments: -1,
        attrs: [
          { name: 'desk', value: 'a<b' },
          { name: 'role', value: 'viewer', ecert: true },
        ],
      });
      const csr = await requestFor('CN=asker');
      const enrol = (names: string[], optional = false) =>
        fixture.client.enroll({
          csr,
          enrollmentID: 'asker',
          enrollmentSecret: secret,
          attr_reqs: names.map((name) => ({ name, optional })),
        });
      expect(attributesOf((await enrol(['desk'])).certificate)).toEqual({ attrs: { desk: 'a<b' } });
      expect(attributesOf((await enrol(['none'], true)).certificate)).toEqual({ attrs: {} });
      expect((await refusalOf(enrol(['none']))).message).toContain('required attributes are missing: [none]');
    });

    it('gives TLS certificates under the profile tls, and none under others', async () => {
      const csr = await requestFor('CN=officer');
      const enrol = (profile: string) =>
        fixture.client.enroll({
          enrollmentID: 'officer',
          enrollmentSecret: fixture.secretOf('officer'),
          profile,
          csr,
        });
      const usages = new x509.X509Certificate((await enrol('tls')).certificate).getExtension(
        x509.ExtendedKeyUsageExtension,
      );
      expect(usages?.usages).toEqual([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]);
      expect((await refusalOf(enrol('ca'))).message).toContain('Invalid profile');
    });

    it('locks after ten wrong secrets, also when guessed at the same time, until a new secret is set', async () => {
      const { secret } = await admit('locked', { maxEnrollments: -1 });
      const guess = () => refusalOf(enrolled(fixture.client, 'locked', 'guess'));
      const wave = () => Promise.all(Array.from({ length: 6 }, guess));
      const codes = [...(await wave()), ...(await wave())].map(({ code }) => code);
      expect(codes.filter((code) => code === 20)).toHaveLength(10);
      expect(codes.filter((code) => code === 73)).toHaveLength(2);
      expect((await refusalOf(enrolled(fixture.client, 'locked', secret))).code).toBe(73);

      const update = { enrollmentID: 'locked', affiliation: '', enrollmentSecret: 'another-secret' };
      await fixture.client.newIdentityService().update('locked', update, await fixture.registrar());
      await expect(enrolled(fixture.client, 'locked', 'another-secret')).resolves.toBeDefined();
    });
  });

  describe('re-enrolment', () => {
    it('gives a new certificate for the old one, with the same attributes', async () => {
      const officer = await enrolled(fixture.client, 'officer', fixture.secretOf('officer'));
      const renewed = await fixture.client.reenroll(officer, []);
      expect(serialOf(renewed.certificate)).not.toBe(serialOf(certificateOf(officer)));
      expect(new X509Certificate(renewed.certificate).subject).toBe(
        new X509Certificate(certificateOf(officer)).subject,
      );
      const again = await fixture.client.reenroll(userOf('officer', renewed), [
        { name: 'role', optional: false },
      ]);
      expect(attributesOf(again.certificate)).toEqual({ attrs: { role: 'officer' } });
    });
  });

  describe('registration', () => {
    it('is for registrars only', async () => {
      const officer = await enrolled(fixture.client, 'officer', fixture.secretOf('officer'));
      const call = fixture.client.register({ enrollmentID: 'friend', affiliation: '' }, officer);
      expect(await refusalOf(call)).toEqual(AUTHORIZATION);
      expect(await refusalOf(fixture.client.newIdentityService().getAll(officer))).toEqual(AUTHORIZATION);
    });

    it('refuses an id that is taken', async () => {
      const call = fixture.client.register(
        { enrollmentID: 'officer', affiliation: '' },
        await fixture.registrar(),
      );
      expect(await refusalOf(call)).toEqual({
        code: 74,
        message: "Identity 'officer' is already registered",
      });
    });

    it('refuses types beyond the registrar’s, unknown affiliations and powers that it has not', async () => {
      const registrar = await fixture.registrar();
      const register = (request: { role?: string; affiliation?: string; attrs?: Attr[] }) =>
        refusalOf(fixture.client.register({ enrollmentID: 'more', affiliation: '', ...request }, registrar));
      expect(await register({ role: 'orderer' })).toEqual(AUTHORIZATION);
      expect(await register({ affiliation: 'west' })).toEqual(AUTHORIZATION);
      expect(await register({ attrs: [{ name: 'hf.IntermediateCA', value: 'true' }] })).toEqual(
        AUTHORIZATION,
      );
      expect(await register({ attrs: [{ name: 'hf.Type', value: 'peer' }] })).toEqual(AUTHORIZATION);
      expect(await register({ attrs: [{ name: 'hf.Registrar.Roles', value: '*' }] })).toEqual(AUTHORIZATION);
      expect(await register({ attrs: [{ name: 'hf.Unknown', value: '' }] })).toEqual(AUTHORIZATION);
    });

    it('refuses fewer enrolments than none', async () => {
      const request = { enrollmentID: 'fewer', affiliation: '', maxEnrollments: -2 };
      expect((await refusalOf(fixture.client.register(request, await fixture.registrar()))).code).toBe(82);
    });

    it('keeps a registrar within its affiliation', async () => {
      const root = await fixture.registrar();
      const attrs = [{ name: 'hf.Registrar.Roles', value: 'client' }];
      const request = { enrollmentID: 'north-registrar', affiliation: 'north', maxEnrollments: -1, attrs };
      const secret = await fixture.client.register(request, root);
      const registrar = await enrolled(fixture.client, 'north-registrar', secret);
      await fixture.client.register({ enrollmentID: 'north-clerk', affiliation: 'north.desk' }, registrar);
      const outside = fixture.client.register(
        { enrollmentID: 'south-clerk', affiliation: 'south' },
        registrar,
      );
      expect(await refusalOf(outside)).toEqual(AUTHORIZATION);
      const seen = (await fixture.client.newIdentityService().getAll(registrar)).result as {
        identities: { id: string; affiliation: string }[];
      };
      expect(seen.identities.every(({ affiliation }) => affiliation.startsWith('north'))).toBe(true);
    });
  });

  describe('revocation', () => {
    it('of one certificate leaves the others, and tells the network before it answers', async () => {
      const { user, secret } = await admit('leaver', { maxEnrollments: -1 });
      const other = await enrolled(fixture.client, 'leaver', secret);
      const pem = certificateOf(user);
      const before = fixture.announced.length;
      const request = { enrollmentID: '', serial: serialOf(pem), aki: akiOf(pem), reason: 'keycompromise' };
      await fixture.client.revoke(request, await fixture.registrar());

      expect(fixture.announced).toHaveLength(before + 1);
      const list = fixture.announced.at(-1) ?? '';
      const { msps, identity } = asMember(pem, fixture);
      msps.addRevocationList('NorthMSP', list);
      expect(() => {
        msps.validate(identity);
      }).toThrow('has been revoked');
      const crl = new x509.X509Crl(list);
      expect(await crl.verify({ publicKey: new x509.X509Certificate(fixture.material.ca.cert) })).toBe(true);
      expect(crl.findRevoked(new x509.X509Certificate(pem))?.reason).toBe(x509.X509CrlReason.keyCompromise);
      expect(crl.findRevoked(new x509.X509Certificate(certificateOf(other)))).toBeNull();
      expect(await standingOf(user)).toBe('refused');
      expect(await standingOf(other)).toBe('accepted');
      const again = fixture.client.revoke(request, await fixture.registrar());
      expect((await refusalOf(again)).code).toBe(66);
    });

    it('of an identity revokes all its certificates and bars it from enrolling', async () => {
      const { user, secret } = await admit('banned', { maxEnrollments: -1 });
      await fixture.client.revoke({ enrollmentID: 'banned' }, await fixture.registrar());
      expect(await standingOf(user)).toBe('refused');
      expect(await refusalOf(enrolled(fixture.client, 'banned', secret))).toEqual(AUTHENTICATION);
    });

    it('is not for everybody, though everybody may revoke what is their own', async () => {
      const { user } = await admit('selfish', { maxEnrollments: -1 });
      expect(await refusalOf(fixture.client.revoke({ enrollmentID: 'officer' }, user))).toEqual(
        AUTHORIZATION,
      );
      expect(await refusalOf(fixture.client.generateCRL({}, user))).toEqual(AUTHORIZATION);
      await expect(fixture.client.revoke({ enrollmentID: 'selfish' }, user)).resolves.toBeDefined();
    });

    it('of what is not there is refused', async () => {
      const registrar = await fixture.registrar();
      expect((await refusalOf(fixture.client.revoke({ enrollmentID: 'nobody' }, registrar))).code).toBe(10);
      const request = { enrollmentID: '', serial: '1234', aki: 'abcd' };
      expect((await refusalOf(fixture.client.revoke(request, registrar))).code).toBe(8);
    });

    it('can be read as a list that openssl accepts, within bounds of time', async () => {
      const registrar = await fixture.registrar();
      const list = async (bounds: { revokedAfter?: Date; revokedBefore?: Date }) =>
        Buffer.from((await fixture.client.generateCRL(bounds, registrar)) as string, 'base64').toString();
      const pem = await list({});
      const file = join(fixture.folder, 'crl.pem');
      writeFileSync(file, pem);
      execFileSync('openssl', ['crl', '-in', file, '-CAfile', fixture.material.ca.certFile, '-noout'], {
        stdio: 'pipe',
      });
      expect(new x509.X509Crl(pem).entries.length).toBeGreaterThan(0);
      const future = new x509.X509Crl(await list({ revokedAfter: new Date(Date.now() + 60_000) }));
      expect(future.entries).toHaveLength(0);
      const swapped = { revokedAfter: new Date(2000, 1), revokedBefore: new Date(1999, 1) };
      expect((await refusalOf(fixture.client.generateCRL(swapped, registrar))).code).toBe(36);
    });
  });

  describe('identities', () => {
    it('are added, read, changed and removed', async () => {
      const registrar = await fixture.registrar();
      const identities = fixture.client.newIdentityService();
      const request = {
        enrollmentID: 'temp',
        affiliation: 'north',
        attrs: [{ name: 'role', value: 'viewer', ecert: true }],
      };
      const secret = await identities.create(request, registrar);
      const user = await enrolled(fixture.client, 'temp', secret);
      const read = async () => (await identities.getOne('temp', registrar)).result as Described;
      expect(await read()).toMatchObject({
        id: 'temp',
        type: 'client',
        affiliation: 'north',
        max_enrollments: 1,
      });

      const update = {
        enrollmentID: 'temp',
        affiliation: 'south',
        attrs: [{ name: 'role', value: 'auditor', ecert: true }],
      };
      await identities.update('temp', update, registrar);
      expect(await read()).toMatchObject({ affiliation: 'south' });
      expect((await read()).attrs).toEqual(
        expect.arrayContaining([
          { name: 'role', value: 'auditor', ecert: true },
          { name: 'hf.Affiliation', value: 'south', ecert: true },
        ]),
      );
      await identities.delete('temp', registrar);
      expect((await refusalOf(identities.getOne('temp', registrar))).code).toBe(63);
      expect(await standingOf(user)).toBe('refused');
    });
    interface Described {
      attrs: Attr[];
    }
  });

  describe('affiliations', () => {
    it('are added, read, renamed and removed', async () => {
      const registrar = await fixture.registrar();
      const affiliations = fixture.client.newAffiliationService();
      expect((await refusalOf(affiliations.create({ name: 'east.desk' }, registrar))).code).toBe(63);
      await affiliations.create({ name: 'east.desk', force: true }, registrar);
      expect((await refusalOf(affiliations.create({ name: 'east' }, registrar))).code).toBe(60);
      expect((await affiliations.getOne('east', registrar)).result).toEqual({
        name: 'east',
        affiliations: [{ name: 'east.desk' }],
        caname: 'ca-north',
      });
      await affiliations.update('east', { name: 'orient' }, registrar);
      const all = (await affiliations.getAll(registrar)).result as { affiliations: { name: string }[] };
      expect(all.affiliations.map(({ name }) => name)).toEqual(['north', 'orient', 'south']);
      expect(await refusalOf(affiliations.delete({ name: 'orient' }, registrar))).toEqual(AUTHORIZATION);
      await affiliations.delete({ name: 'orient', force: true }, registrar);
      expect((await refusalOf(affiliations.getOne('orient', registrar))).code).toBe(63);
    });

    it('are for their managers', async () => {
      const officer = await enrolled(fixture.client, 'officer', fixture.secretOf('officer'));
      expect(await refusalOf(fixture.client.newAffiliationService().getAll(officer))).toEqual(AUTHORIZATION);
    });
  });

  it('forgets nothing when it starts again', async () => {
    const { user, secret } = await admit('stayer', { maxEnrollments: -1 });
    const registrar = await fixture.registrar();
    const officers = fixture.secretOf('officer');
    const announced = fixture.announced.length;
    await fixture.restart();
    expect(fixture.announced).toHaveLength(announced + 1);
    expect(fixture.secretOf('officer')).toBe(officers);
    expect(await standingOf(user)).toBe('accepted');
    await expect(enrolled(fixture.client, 'stayer', secret)).resolves.toBeDefined();
    await expect(fixture.client.newIdentityService().getOne('stayer', registrar)).resolves.toBeDefined();
    expect(readFileSync(join(fixture.folder, 'people', 'people.json'), 'utf8')).toContain(officers);
  });

  it('serves nobody whose certificate has run out', async () => {
    const { user } = await admit('old', { maxEnrollments: -1 });
    await fixture.restart({ clock: () => new Date(Date.now() + 400 * 86_400_000) });
    expect(await standingOf(user)).toBe('refused');
    await fixture.restart();
    expect(await standingOf(user)).toBe('accepted');
  });
});
