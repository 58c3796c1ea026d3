import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { User } from 'fabric-common';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { nodeCertificates } from '@pledgeonce/network/crypto/expiry.js';
import { renewCertificate } from '@pledgeonce/network/crypto/renew.js';
import { layoutOf } from '@pledgeonce/network/fabric/layout.js';
import { descriptionOf } from '@pledgeonce/network/fabric/network.js';
import { peopleFolder } from '@pledgeonce/network/organisation-folder.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { caService } from '../../conformance/harness/ca-service.js';
import { height } from '../../conformance/harness/chain.js';
import { connectMember, disconnectMember } from '../../conformance/harness/member.js';
import type { Enrolled } from '../../conformance/harness/setting.js';
import { Founders } from './founders.js';
import { agreeOn, describeSmall, everybody, found } from './founding.js';
import { expectLevel } from './orderer-heights.js';
import { announce as announceOf, expectAnswers as expectAnswersOf } from './told-and-asked.js';

/** Each test gives a dozen commands and has the network asked a few times, on a machine that others use too. */
const limitMs = 900_000;
const portBase = 18_500;
/** Long enough that the channel is told of a certificate before it ends. */
const shortLifeMs = 120_000;
const dayMs = 86_400_000;

const run = promisify(execFile);

/**
 * What an organisation does with nodes of its own, with its own keys alone: it gets them back, and gives them other certificates.
 * Each test begins where the one before has ended.
 */
describe('the nodes of an organisation with nothing but its own keys', () => {
  const root = mkdtempSync(join(tmpdir(), 'pledgeonce-nodes-'));
  const description = join(root, 'consortium.yaml');
  const founders = new Founders(root, description);

  const stateOf = (name: string) => founders.stateOf(name);
  const nodeOf = (name: string) => {
    const [, organisation = ''] = name.split('.');
    return layoutOf(stateOf(organisation)).node(name);
  };

  const expectAnswers = () => expectAnswersOf(founders);
  const announce = (name: string, signer: string) => announceOf(founders, name, signer);

  async function restart(name: string): Promise<void> {
    const [, organisation = ''] = name.split('.');
    await founders.run(organisation, 'stop', name);
    await founders.run(organisation, 'start', name);
  }

  beforeAll(async () => {
    writeFileSync(description, describeSmall(portBase));
    await found(founders);
    await agreeOn('1.0', founders);
  }, limitMs);

  afterAll(async () => {
    await founders.stop();
    rmSync(root, { recursive: true, force: true });
  }, limitMs);

  it(
    'an orderer that has lost its folder goes on from a backup, and without one from the others',
    async () => {
      const { data } = nodeOf('orderer.tax');
      const kept = await keep(root, data, async (backUp) => {
        await founders.run('tax', 'stop', 'orderer.tax');
        await backUp();
        await founders.run('tax', 'start', 'orderer.tax');
      });

      await founders.run('tax', 'stop', 'orderer.tax');
      rmSync(data, { recursive: true });
      // With three of four the chain goes on.
      await expectAnswers();
      await kept.restore();
      await founders.run('tax', 'start', 'orderer.tax');
      const height = await expectLevel(['customs', 'tax'], stateOf);

      await founders.run('tax', 'stop', 'orderer.tax');
      rmSync(data, { recursive: true });
      await founders.run('tax', 'join');
      expect(await expectLevel(['customs', 'tax'], stateOf)).toBeGreaterThanOrEqual(height);
      // It is needed, and signs: another is away.
      await founders.run('regulator', 'stop', 'orderer.regulator');
      await expectAnswers();
      await founders.run('regulator', 'start', 'orderer.regulator');
    },
    limitMs,
  );

  it(
    'a certificate authority that has lost its folder issues again, and what it has issued still holds',
    async () => {
      const own = join(layoutOf(stateOf('bank-b')).organisations, 'bank-b');
      const authority = bankAuthority(founders);
      const registrar = await authority.enrol('registrar', authority.registrarSecret);
      const earlier = await authority.enrol('officer', authority.officerSecret);
      const clerkSecret = await authority.register('clerk', registrar);
      const kept = await keep(root, own, async (backUp) => {
        await founders.run('bank-b', 'down');
        await backUp();
        await founders.run('bank-b', 'join');
      });

      await founders.run('bank-b', 'down');
      rmSync(own, { recursive: true });
      // What has shown others a root must not make itself another.
      await expect(founders.run('bank-b', 'start', 'ca.bank-b')).rejects.toThrow(
        /The keys of bank-b are gone.*restore them from a backup/,
      );
      expect(existsSync(own)).toBe(false);
      await kept.restore();
      await founders.run('bank-b', 'join');

      const people = [
        earlier,
        // The secret of somebody whom only its database knows.
        await authority.enrol('clerk', clerkSecret),
        await authority.reEnrol('officer', earlier),
      ];
      expect(new Set(people.map(({ certificate }) => certificate)).size).toBe(people.length);
      for (const person of people) expect(await authority.heightAsToldTo(person)).toBeGreaterThan(1n);
    },
    limitMs,
  );

  it(
    'an orderer and a peer whose certificates have ended are let in no more, and with new ones and new keys they are back',
    async () => {
      const { organisations } = layoutOf(stateOf('customs'));
      const line = readConsortium(descriptionOf(layoutOf(stateOf('customs'))));
      for (const node of ['orderer', 'peer'] as const) {
        for (const part of ['msp', 'tls'] as const) {
          const lifetimes = { root: 7300, node: shortLifeMs / dayMs };
          await renewCertificate(line, organisations, { organisation: 'customs', node, part, lifetimes });
        }
      }
      expect(await announce('customs', 'tax')).toMatch(
        /Orderers, consenter_mapping 1, identity: certificate/,
      );
      for (const node of ['orderer.customs', 'door.customs', 'peer.customs']) await restart(node);

      const [first] = nodeCertificates(organisations, [{ name: 'customs', msp: 'CustomsMSP' }]);
      await sleep(Math.max(0, (first?.notAfter.getTime() ?? 0) + 1000 - Date.now()));
      expect(await founders.run('customs', 'certificates')).toMatch(/ended +customs +orderer +tls/);
      for (const node of ['orderer.customs', 'peer.customs']) {
        await founders.run('customs', 'stop', node);
        await expect(founders.run('customs', 'start', node)).rejects.toThrow(
          /its certificate \(signing\) ended at .*renew-certificates customs/,
        );
      }

      const key = join(organisations, 'customs', 'orderer', 'msp', 'keystore', 'key.pem');
      const former = readFileSync(key, 'utf8');
      await founders.run('customs', 'renew-certificates', 'customs', '--new-keys');
      expect(readFileSync(key, 'utf8')).not.toBe(former);
      await announce('customs', 'tax');
      await founders.run('customs', 'start', 'orderer.customs');
      await restart('door.customs');
      expect(await founders.run('customs', 'certificates')).not.toContain('ended');
      await expectLevel(['tax', 'customs'], stateOf);
      // It is needed, and signs: another is away.
      await founders.run('tax', 'stop', 'orderer.tax');
      await expectAnswers();
      await founders.run('tax', 'start', 'orderer.tax');
    },
    limitMs,
  );
});

/** Keeps a folder in an encrypted backup while what writes in it is at rest, and tries it. */
async function keep(root: string, folder: string, atRest: (backUp: () => Promise<void>) => Promise<void>) {
  const own = mkdtempSync(join(root, 'kept-'));
  const [identity, file] = [join(own, 'identity'), join(own, 'backup.age')];
  const script = (name: string, ...args: readonly string[]) =>
    run(process.execPath, [join(projectRoot, 'scripts/dist', `${name}.js`), ...args]);
  const { stdout } = await script('backup', '--new-identity', identity);
  await atRest(async () => {
    await script('backup', folder, '--to', file, '--recipient', stdout.trim());
  });
  const tried = await script('restore', file, '--identity', identity, '--check');
  expect(tried.stdout).toMatch(/\d files, is whole/);
  return {
    restore: async () => {
      await script('restore', file, '--identity', identity, '--to', folder);
    },
  };
}

/** Bank B's certificate authority as its operator uses it, and its peer as its people do. */
function bankAuthority(founders: Founders) {
  const profile = JSON.parse(readFileSync(founders.forClients(everybody), 'utf8')) as ConnectionProfile;
  const bank = profile.organisations.find(({ mspId }) => mspId === 'BankBMSP');
  if (bank === undefined) throw new Error('There is no Bank B.');
  const folder = peopleFolder(founders.stateOf('bank-b'), 'bank-b');
  const people = JSON.parse(readFileSync(join(folder, 'people.json'), 'utf8')) as {
    readonly id: string;
    readonly secret: string;
  }[];
  const user = ({ mspId, certificate, privateKey }: Enrolled, id: string) =>
    User.createUser(id, '', mspId, certificate, privateKey);
  const enrolled = ({ key, certificate }: { key: { toBytes: () => string }; certificate: string }) => ({
    mspId: bank.mspId,
    certificate,
    privateKey: key.toBytes(),
  });
  return {
    registrarSecret: readFileSync(join(folder, 'registrar.secret'), 'utf8').trim(),
    officerSecret: people.find(({ id }) => id === 'officer')?.secret ?? '',
    enrol: async (enrollmentID: string, enrollmentSecret: string): Promise<Enrolled> =>
      enrolled(await caService(bank).enroll({ enrollmentID, enrollmentSecret })),
    reEnrol: async (id: string, person: Enrolled): Promise<Enrolled> =>
      enrolled(await caService(bank).reenroll(user(person, id), [])),
    register: async (id: string, registrar: Enrolled): Promise<string> =>
      caService(bank).register(
        { enrollmentID: id, affiliation: '', role: 'client' },
        user(registrar, 'registrar'),
      ),
    heightAsToldTo: async (person: Enrolled): Promise<bigint> => {
      const member = connectMember({ profile }, person);
      try {
        return await height(member);
      } finally {
        disconnectMember(member);
      }
    },
  };
}
