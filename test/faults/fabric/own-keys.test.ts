import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { PROBE } from '../../conformance/definition.js';
import { Founders } from './founders.js';
import { agreeOn, describeSmall, everybody, found, government } from './founding.js';

/** Six programs and a few chaincode servers for each, on a machine that others use too. */
const limitMs = 600_000;
const portBase = 19_000;

/** Who have an orderer, and a door before it that has to know who is a member. */
const ordering = [...government, 'bank-a'];

/** What of Fabric's answers is compared on the network that was founded so: what needs no chaincode at a bank's peer. */
const probes = [
  ...['blocks/', 'events/committed', 'transactions/arguments', 'validation/concurrent'],
  ...['state/keys-and-values', 'state/ranges', 'state/history'],
];

/**
 * A consortium whose organisations each have their own keys and nobody else's: what they pass on are public files. Each test
 * begins where the one before has ended.
 */
describe('organisations with nothing but their own keys', () => {
  const root = mkdtempSync(join(tmpdir(), 'pledgeonce-founders-'));
  const description = join(root, 'consortium.yaml');
  let founders: Founders;

  beforeAll(() => {
    writeFileSync(description, describeSmall(portBase));
    founders = new Founders(root, description);
  });

  afterAll(async () => {
    await founders.stop();
    rmSync(root, { recursive: true, force: true });
  }, limitMs);

  it(
    'found the consortium: public files, the first block, and everybody joins by themselves',
    async () => {
      await found(founders);
      await agreeOn('1.0', founders);
    },
    limitMs,
  );

  it('have in their folder no key and no secret of another', () => {
    for (const name of everybody) {
      const { own, foreign } = founders.keysIn(name);
      expect(own).toBeGreaterThan(5);
      expect(foreign).toEqual([]);
    }
    expect(readFileSync(founders.passed('customs.json'), 'utf8')).not.toContain('PRIVATE KEY');
  });

  it(
    'are not led astray: a first block, or a code, that is not what they have themselves is refused',
    async () => {
      const other = new Founders(join(root, 'elsewhere'), description);
      const files: string[] = [];
      for (const name of everybody) files.push(await other.initialise(name));
      const [own, ...others] = files;
      await other.run('customs', 'accept', ...others);
      await expect(other.run('customs', 'join', '--block', founders.passed('genesis.block'))).rejects.toThrow(
        /is not what the description and the public files here say/,
      );
      // A public file that names another's certificate as its orderer's.
      const forged = JSON.parse(readFileSync(own ?? '', 'utf8')) as { consenter: { tls: string } };
      const tax = JSON.parse(readFileSync(founders.passed('tax.json'), 'utf8')) as typeof forged;
      forged.consenter.tls = tax.consenter.tls;
      writeFileSync(own ?? '', JSON.stringify(forged));
      await expect(other.run('tax', 'accept', own ?? '')).rejects.toThrow(
        /TLS certificate is not of its root/,
      );

      const proposal = founders.passed('chaincode-1.0.json');
      const text = readFileSync(proposal, 'utf8');
      writeFileSync(founders.passed('forged.json'), text.replace(/:[0-9a-f]{8}/, ':00000000'));
      const approval = ['approve', founders.passed('forged.json'), '--yes', '--chaincode', PROBE.packageDir];
      await expect(founders.run('tax', ...approval)).rejects.toThrow(/nothing is approved/);
    },
    limitMs,
  );

  it(
    'have a network that answers as Fabric does',
    async () => {
      const run = join(projectRoot, 'test/dist/conformance/run.js');
      const profile = ['--on', 'fabric', '--profile', founders.forClients(everybody)];
      const { stdout } = await promisify(execFile)(process.execPath, [run, ...profile, ...probes]);
      expect(stdout).toMatch(/conformance on fabric: \d\d+ passed, 0 failed/);
    },
    limitMs,
  );

  it(
    'take a bank in: two of the government sign what they have read, and one signature is too few',
    async () => {
      const bank = ['--msp', 'BankCMSP', '--title', 'Bank C'];
      const file = await founders.initialise('bank-c', ...bank);
      const proposal = founders.passed('bank-c-joins.json');
      const said = await founders.run('customs', 'propose', 'member', file, '--out', proposal);
      expect(said).toContain('Channel/Application/BankCMSP is added.');
      await expect(founders.run('customs', 'submit', proposal)).rejects.toThrow(/did not satisfy policy/);

      const words = await founders.run('tax', 'sign', proposal, '--yes');
      expect(words).toContain('Channel/Application/BankCMSP is added.');
      expect(words).toMatch(/Channel\/Application\/BankCMSP, MSP.*certificate .*CN=ca\.bank-c\./);
      expect(words).toMatch(
        /Channel\/Application, policy Readers: OR\(.*\) becomes OR\(.*'BankCMSP\.member'/,
      );
      expect(words).toContain('Signed so far: by nobody.');
      await founders.run('customs', 'submit', proposal);
      for (const name of ordering.filter((one) => one !== 'customs')) {
        await founders.run(name, 'accept', file);
      }

      await founders.run('bank-c', 'accept', ...everybody.map((name) => founders.passed(`${name}.json`)));
      await founders.run('bank-c', 'join', '--block', founders.passed('genesis.block'));
      await expect(founders.run('tax', 'sign', proposal, '--yes')).rejects.toThrow(/Have it proposed anew/);
    },
    limitMs,
  );

  it(
    'take in one without a node, whose root becomes one of many',
    async () => {
      const file = await founders.initialise(
        ...(['bank-d', '--msp', 'BankDMSP', '--title', 'Bank D', '--no-node'] as const),
      );
      const proposal = founders.passed('bank-d-joins.json');
      await founders.run('regulator', 'propose', 'member', file, '--out', proposal);
      const words = await founders.run('customs', 'sign', proposal, '--yes');
      expect(words).toContain('Channel/Application/MembersMSP is added.');
      expect(words).toMatch(/Channel\/Application\/MembersMSP, MSP.*certificate .*CN=ca\.bank-d\./);
      await founders.run('regulator', 'submit', proposal);
      await founders.run('bank-d', 'join');
    },
    limitMs,
  );

  it(
    'let two go again: what the channel knew of them is gone, and they read it no more',
    async () => {
      const reading = (name: string) =>
        founders.run(name, 'propose', 'organisation', name, '--out', founders.passed('unused.json'));
      expect(await reading('bank-c')).toContain('The channel is so already.');
      // The regulator alone has taken in the public file of the second.
      for (const [proposer, name, msp] of [
        ['customs', 'bank-c', 'BankCMSP'],
        ['regulator', 'bank-d', 'MembersMSP'],
      ] as const) {
        const proposal = founders.passed(`${name}-leaves.json`);
        await founders.run(proposer, 'propose', 'removal', name, '--out', proposal);
        await expect(founders.run(proposer, 'submit', proposal)).rejects.toThrow(/did not satisfy policy/);
        const words = await founders.run('tax', 'sign', proposal, '--yes');
        expect(words).toContain(`Channel/Application/${msp} is removed.`);
        await founders.run(proposer, 'submit', proposal);
      }
      for (const name of ordering.filter((one) => one !== 'customs')) {
        await founders.run(name, 'left', 'bank-c');
      }
      await expect(reading('bank-c')).rejects.toThrow(/FORBIDDEN|denied|not a member|no orderer/i);
      await expect(
        founders.run('customs', 'propose', 'removal', 'tax', '--out', founders.passed('unused.json')),
      ).rejects.toThrow(/another has to take its place first/);
    },
    limitMs,
  );

  it(
    'upgrade the chaincode: each builds, approves and runs its own',
    async () => agreeOn('1.1', founders),
    limitMs,
  );

  it(
    "replace an administrator's certificate, and the former one counts no more",
    async () => {
      const admin = join(founders.stateOf('tax'), 'organisations', 'tax', 'admin');
      const former = join(root, 'former-admin');
      cpSync(admin, former, { recursive: true });
      await founders.run('tax', 'organisation', 'replace-administrator');
      const proposal = founders.passed('tax-admin.json');
      const said = await founders.run('tax', 'propose', 'organisation', 'tax', '--out', proposal);
      expect(said).toMatch(/Channel\/Application\/TaxMSP, MSP.*revocation list of 1 certificates/);
      expect(said).toMatch(/Channel\/Orderer\/TaxMSP, MSP.*revocation list of 1 certificates/);
      // Its own administrator suffices: an organisation administers itself.
      await founders.run('tax', 'submit', proposal);

      const rules = join(root, 'rules.yaml');
      writeFileSync(
        rules,
        readFileSync(description, 'utf8').replace('"maxMessages":200', '"maxMessages":150'),
      );
      const change = founders.passed('rules.json');
      const words = await founders.run('tax', 'propose', 'rules', rules, '--out', change);
      expect(words).toMatch(/Channel\/Orderer, BatchSize, max_message_count: 200 becomes 150/);
      await founders.run('customs', 'sign', change, '--yes');

      const present = join(root, 'present-admin');
      cpSync(admin, present, { recursive: true });
      rmSync(admin, { recursive: true });
      cpSync(former, admin, { recursive: true });
      await expect(founders.run('tax', 'submit', change)).rejects.toThrow(/access denied|revoked|FORBIDDEN/i);
      rmSync(admin, { recursive: true });
      cpSync(present, admin, { recursive: true });
      await founders.run('tax', 'submit', change);
    },
    limitMs,
  );
});
