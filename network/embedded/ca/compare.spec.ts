import 'reflect-metadata';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { jest } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import type FabricCAServices from 'fabric-ca-client';
import type { User } from 'fabric-common';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import {
  type Fixture,
  certificateOf,
  clientOf,
  enrolled,
  requestFor,
  startFixture,
} from './testing/authority.js';

jest.setTimeout(600_000);

const PORT = 7250;
const SECRET = 'registrar-secret';
const AFFILIATIONS = ['org1', 'org1.department1', 'org1.department2', 'org2', 'org2.department1'];

/** One of the two servers, as the scenario sees it. */
interface Server {
  readonly url: string;
  readonly client: FabricCAServices;
  readonly registrar: User;
  readonly trusted: string;
}

/** What each step of the scenario came to; it must be the same on both. */
type Outcome = readonly [step: string, result: unknown];

const program = onPath('fabric-ca-server');
// Where there is no fabric-ca-server, the run says that this was skipped.
const describeWithServer = program === undefined ? describe.skip : describe;

describeWithServer('our certificate authority beside fabric-ca-server', () => {
  let fixture: Fixture;
  let process: ChildProcess;

  beforeAll(async () => {
    fixture = await startFixture({ affiliations: AFFILIATIONS, registrarTypes: ['*'] });
    process = startReal(program ?? '', temporaryFolder('fabric-ca'), fixture);
    await untilAnswering(fixture);
  });
  afterAll(async () => {
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
    await fixture.stop();
  });

  it('answers every step of a scenario alike', async () => {
    const trusted = fixture.material.tlsCa.cert;
    const client = clientOf(`https://localhost:${PORT}`, fixture.material);
    const theirs: Server = {
      url: `https://localhost:${PORT}`,
      client,
      registrar: await enrolled(client, 'registrar', SECRET),
      trusted,
    };
    const ours: Server = {
      url: fixture.authority.url,
      client: fixture.client,
      registrar: await fixture.registrar(),
      trusted,
    };
    const expected = await scenario(theirs);
    const actual = await scenario(ours);
    expect(actual).toEqual(expected);
  });
});

async function scenario({ url, client, registrar, trusted }: Server): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const step = async (name: string, call: () => Promise<unknown>) => {
    outcomes.push([name, await outcomeOf(call())]);
  };
  const identities = client.newIdentityService();
  const affiliations = client.newAffiliationService();
  const attrs = [
    { name: 'role', value: 'officer', ecert: true },
    { name: 'desk', value: 'a<b & c' },
  ];
  const admit = async (id: string, request: object = {}) => {
    const secret = await client.register(
      { enrollmentID: id, affiliation: '', maxEnrollments: -1, ...request },
      registrar,
    );
    return { secret, user: await enrolled(client, id, secret) };
  };

  await step('no authorization', () => raw(url, trusted, 'POST', 'register', '{}'));
  await step('no body', () => raw(url, trusted, 'POST', 'register', '', 'x.y'));
  await step('not JSON', () => raw(url, trusted, 'POST', 'register', '{', 'x.y'));
  await step('another CA', () => raw(url, trusted, 'POST', 'cainfo', '{"caname":"other"}'));
  await step('a method that is not there', () => raw(url, trusted, 'DELETE', 'enroll', ''));
  await step('a broken token', () => raw(url, trusted, 'POST', 'register', '{}', 'x.y'));
  await step('a wrong secret', () => raw(url, trusted, 'POST', 'enroll', '{}', basic('registrar', 'guess')));

  await step('certificate of the first registrar', () =>
    Promise.resolve(describeCertificate(certificateOf(registrar))),
  );
  const officer = await admit('officer-1', { attrs });
  await step('certificate', () => Promise.resolve(describeCertificate(certificateOf(officer.user))));
  const clerk = await admit('clerk-1', { affiliation: 'org1.department1', attrs: [] });
  await step('certificate with affiliation', () =>
    Promise.resolve(describeCertificate(certificateOf(clerk.user))),
  );
  const enrol = async (more: {
    profile?: string;
    attr_reqs?: { name: string; optional: boolean }[];
    name?: string;
  }) => {
    const { name = 'CN=officer-1', ...request } = more;
    const csr = await requestFor(name);
    const enrolment = { enrollmentID: 'officer-1', enrollmentSecret: officer.secret, csr, ...request };
    return describeCertificate((await client.enroll(enrolment)).certificate);
  };
  await step('tls', () => enrol({ profile: 'tls' }));
  await step('unknown profile', () => enrol({ profile: 'none' }));
  await step('some attributes', () => enrol({ attr_reqs: [{ name: 'desk', optional: false }] }));
  await step('missing attribute', () => enrol({ attr_reqs: [{ name: 'none', optional: false }] }));
  await step('optional attribute', () => enrol({ attr_reqs: [{ name: 'none', optional: true }] }));
  await step('another name', () => enrol({ name: 'CN=other' }));
  await step('enrolment id, asked for', () =>
    enrol({ attr_reqs: [{ name: 'hf.EnrollmentID', optional: true }] }),
  );
  await step('own organisation', () => enrol({ name: 'CN=officer-1, O=Somewhere, C=DE, OU=peer' }));
  await step('reenroll', async () =>
    describeCertificate((await client.reenroll(officer.user, [])).certificate),
  );

  const register = (request: object, by = registrar) =>
    client.register({ enrollmentID: 'x', affiliation: '', ...request }, by).then(() => 'registered');
  await step('register twice', () => register({ enrollmentID: 'officer-1' }));
  await step('register as nobody special', () => register({}, officer.user));
  await step('unknown affiliation', () => register({ affiliation: 'west' }));
  await step('too few enrolments', () => register({ maxEnrollments: -2 }));
  await step('fixed attribute', () => register({ attrs: [{ name: 'hf.Type', value: 'peer' }] }));
  await step('reserved attribute', () => register({ attrs: [{ name: 'hf.Other', value: '1' }] }));
  await step('delegation without roles', () =>
    register({ attrs: [{ name: 'hf.Registrar.DelegateRoles', value: 'peer' }] }),
  );
  await step('no boolean', () => register({ attrs: [{ name: 'hf.Revoker', value: 'perhaps' }] }));
  await step('used up', async () => {
    const { secret } = await admit('once-1', { maxEnrollments: 1 });
    return enrolled(client, 'once-1', secret);
  });
  const small = await admit('registrar-1', {
    affiliation: 'org1',
    attrs: [
      { name: 'hf.Registrar.Roles', value: 'client' },
      { name: 'hf.Registrar.Attributes', value: 'desk,hf.Revoker' },
      { name: 'hf.Revoker', value: 'true' },
    ],
  });
  await step('within', () =>
    register({ enrollmentID: 'in-1', affiliation: 'org1.department2', role: 'client' }, small.user),
  );
  await step('outside', () =>
    register({ enrollmentID: 'out-1', affiliation: 'org2', role: 'client' }, small.user),
  );
  await step('another type', () => register({ enrollmentID: 'out-2', role: 'peer' }, small.user));
  await step('an attribute it may', () =>
    register({ enrollmentID: 'in-2', attrs: [{ name: 'desk', value: '1' }] }, small.user),
  );
  await step('an attribute it may not', () =>
    register({ enrollmentID: 'o', attrs: [{ name: 'role', value: '1' }] }, small.user),
  );
  await step('a power it has', () =>
    register({ enrollmentID: 'in-3', attrs: [{ name: 'hf.Revoker', value: 'true' }] }, small.user),
  );
  await step('what it sees', async () => {
    const { result } = (await identities.getAll(small.user)) as { result: { identities: { id: string }[] } };
    return result.identities.map(({ id }) => id).sort();
  });
  await step('what it must not see', () => identities.getOne('officer-1', small.user));

  await step('identity', () => identities.getOne('clerk-1', registrar).then(withoutOrder));
  await step('no identity', () => identities.getOne('nobody', registrar));
  await step('add', () =>
    identities.create({ enrollmentID: 'temp-1', affiliation: 'org2', enrollmentSecret: 's' }, registrar),
  );
  await step('change', () =>
    identities
      .update('temp-1', { enrollmentID: 'temp-1', affiliation: 'org1', maxEnrollments: 5, attrs }, registrar)
      .then(withoutOrder),
  );
  await step('change to no affiliation', () =>
    identities.update('temp-1', { enrollmentID: 'temp-1', affiliation: 'west' }, registrar),
  );
  await step('drop an attribute', () =>
    identities
      .update(
        'temp-1',
        { enrollmentID: 'temp-1', affiliation: '', attrs: [{ name: 'desk', value: '' }] },
        registrar,
      )
      .then(withoutOrder),
  );
  await step('remove', () => identities.delete('temp-1', registrar).then(withoutOrder));
  await step('remove again', () => identities.delete('temp-1', registrar));
  await step('remove oneself', () => identities.delete('registrar', registrar));

  await step('affiliations', () => affiliations.getAll(registrar).then(withoutOrder));
  await step('affiliation', () => affiliations.getOne('org1', registrar).then(withoutOrder));
  await step('no affiliation', () => affiliations.getOne('west', registrar));
  await step('affiliation without parent', () => affiliations.create({ name: 'east.desk' }, registrar));
  await step('affiliation with force', () =>
    affiliations.create({ name: 'east.desk', force: true }, registrar),
  );
  await step('affiliation again', () => affiliations.create({ name: 'east' }, registrar));
  await step('rename', () => affiliations.update('east', { name: 'orient' }, registrar).then(withoutOrder));
  await step('remove with children', () => affiliations.delete({ name: 'orient' }, registrar));
  await step('remove with force', () =>
    affiliations.delete({ name: 'orient', force: true }, registrar).then(withoutOrder),
  );
  await step('not a manager', () => affiliations.getAll(officer.user));

  await step('revoke nobody', () => client.revoke({ enrollmentID: 'nobody' }, registrar));
  await step('revoke no certificate', () =>
    client.revoke({ enrollmentID: '', serial: '12', aki: '34' }, registrar),
  );
  await step('not a revoker', () => client.revoke({ enrollmentID: 'clerk-1' }, officer.user));
  await step('revoke beyond', () => client.revoke({ enrollmentID: 'officer-1' }, small.user));
  const clerkSerial = new x509.X509Certificate(certificateOf(clerk.user)).serialNumber;
  const clerkAki = new x509.X509Certificate(certificateOf(clerk.user)).getExtension(
    x509.AuthorityKeyIdentifierExtension,
  );
  const one = { enrollmentID: '', serial: clerkSerial, aki: clerkAki?.keyId ?? '', reason: 'keycompromise' };
  await step('revoke certificate', () => client.revoke(one, registrar).then(countRevoked));
  await step('revoke it again', () => client.revoke(one, registrar));
  await step('call with a revoked certificate', () => affiliations.getAll(clerk.user));
  await step('revoke identity', () =>
    client.revoke({ enrollmentID: 'officer-1' }, registrar).then(countRevoked),
  );
  await step('enrol revoked', () => enrolled(client, 'officer-1', officer.secret));
  await step('list', async () => {
    const list = Buffer.from((await client.generateCRL({}, registrar)) as string, 'base64').toString();
    const crl = new x509.X509Crl(list);
    return {
      label: list.split('\n')[0],
      entries: crl.entries.length,
      extensions: crl.extensions.map(({ type }) => type),
    };
  });
  await step('list within swapped bounds', () =>
    client.generateCRL({ revokedAfter: new Date(2000, 1), revokedBefore: new Date(1999, 1) }, registrar),
  );
  await step('list as nobody special', () => client.generateCRL({}, small.user));

  const locked = await admit('locked-1');
  for (let attempt = 1; attempt <= 11; attempt += 1) {
    await step(`guess ${attempt}`, () => enrolled(client, 'locked-1', 'guess'));
  }
  await step('the right secret, too late', () => enrolled(client, 'locked-1', locked.secret));
  return outcomes;
}

/** The codes of a refusal, or the answer. Fabric CA's messages quote its database; ours do not. */
async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    const { errors } = error as { errors?: { code: number }[] };
    if (!errors) throw error;
    return { refused: errors.map(({ code }) => code) };
  }
}

function describeCertificate(pem: string) {
  const certificate = new x509.X509Certificate(pem);
  const attributes = certificate.getExtension('1.2.3.4.5.6.7.8.1');
  const minutes = (certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 60_000;
  return {
    subject: certificate.subjectName.toJSON(),
    extensions: certificate.extensions.map(({ type, critical }) => `${type} ${critical}`).sort(),
    usages: certificate.getExtension(x509.KeyUsagesExtension)?.usages,
    attributes: attributes && Buffer.from(attributes.value).toString(),
    days: Math.round(minutes / 60 / 24),
  };
}

/** Neither the order of attributes nor that of affiliations means anything. */
function withoutOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutOrder).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutOrder(field)]));
}

function countRevoked(response: unknown) {
  const { result } = response as { result: { RevokedCerts: { Serial: string; AKI: string }[]; CRL: string } };
  return {
    count: result.RevokedCerts.length,
    fields: Object.keys(result),
    first: Object.keys(result.RevokedCerts[0] ?? {}),
  };
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

async function raw(
  url: string,
  ca: string,
  method: string,
  path: string,
  body: string,
  authorization?: string,
) {
  const headers = authorization === undefined ? {} : { authorization };
  const sent = httpsRequest(`${url}/api/v1/${path}`, { method, ca, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const text = (await response.toArray()).join('');
  const { success, errors, result } = JSON.parse(text) as {
    success: boolean;
    errors: { code: number }[];
    result: unknown;
  };
  return { status: response.statusCode, success, codes: errors.map(({ code }) => code), result };
}

function startReal(file: string, home: string, { material }: Fixture): ChildProcess {
  const flags = {
    '--home': home,
    '--boot': `registrar:${SECRET}`,
    '--address': '127.0.0.1',
    '--port': String(PORT),
    '--ca.name': 'ca-north',
    '--ca.certfile': material.ca.certFile,
    '--ca.keyfile': material.ca.keyFile,
    '--tls.certfile': material.caTls.certFile,
    '--tls.keyfile': material.caTls.keyFile,
  };
  const switches = ['--tls.enabled', '--cfg.identities.allowremove', '--cfg.affiliations.allowremove'];
  const environment = { ...globalThis.process.env, FABRIC_CA_SERVER_OPERATIONS_LISTENADDRESS: '127.0.0.1:0' };
  return spawn(file, ['start', ...Object.entries(flags).flat(), ...switches], {
    stdio: 'ignore',
    env: environment,
  });
}

async function untilAnswering({ material }: Fixture): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      await raw(`https://localhost:${PORT}`, material.tlsCa.cert, 'GET', 'cainfo', '');
      return;
    } catch {
      await wait(200);
    }
  }
  throw new Error('fabric-ca-server does not answer.');
}

function onPath(name: string): string | undefined {
  const folders = (globalThis.process.env['PATH'] ?? '').split(delimiter);
  return folders
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
