import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KEYS_MS, testNetworks } from '../testing/networks.js';
import { membersHere, type FabricNetwork } from '../network.js';
import type { Operation } from '../../operation.js';
import { writeGatewayFiles } from './gateway-files.js';
import { gatewayDir, gatewayService } from './own-services.js';
import { writeReplicaFiles } from './replica-files.js';
import { balancerDir } from './replica-services.js';

const SOURCE = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (file: string) => readFileSync(file, 'utf8');

describe('the files of a gateway', () => {
  let docker: FabricNetwork;
  beforeAll(async () => {
    ({ docker } = await testNetworks());
  }, KEYS_MS);

  const write = () => {
    for (const around of membersHere(docker)) writeGatewayFiles(docker, around, SOURCE);
  };

  it('name what its container mounts, and rules for online loans where it is a bank’s', () => {
    write();
    const withRules = membersHere(docker).flatMap((around) => {
      const { name } = around.member.organisation;
      const { volumes } = gatewayService(docker, around, '/source');
      const configuration = read(join(gatewayDir(docker, name), 'gateway.json'));
      const mounted = volumes.map((volume) => volume.split(':')[1] ?? '');
      for (const [, path = ''] of configuration.matchAll(/"(\/[^"]+)"/g)) {
        expect(mounted.some((place) => path === place || path.startsWith(`${place}/`))).toBe(true);
      }
      return configuration.includes('"loanRules"') ? [name] : [];
    });
    const banks = docker.consortium.organisations.filter(({ kind }) => kind === 'bank');
    expect(withRules).toEqual(banks.map(({ name }) => name));
    expect(withRules.length).toBeGreaterThan(0);
  });

  it('hold the rules of the sample to begin with, and keep what the bank has made of them', () => {
    write();
    const rules = join(gatewayDir(docker, 'bank-a'), 'loan-rules.yaml');
    expect(read(rules)).toBe(read(join(SOURCE, 'scripts/samples/loan-rules.yaml')));
    writeFileSync(rules, '# ours');
    write();
    expect(read(rules)).toBe('# ours');
  });

  const choosing = (chosen: Operation): FabricNetwork => ({
    ...docker,
    consortium: { ...docker.consortium, operation: { 'bank-a': chosen } },
  });
  const saidTo = (network: FabricNetwork) => {
    const around = membersHere(network).find(({ member }) => member.organisation.name === 'bank-a');
    if (around === undefined) throw new Error('There is no bank-a.');
    writeGatewayFiles(network, around, SOURCE);
    writeReplicaFiles(network, around);
    const { organisations } = JSON.parse(read(join(gatewayDir(network, 'bank-a'), 'gateway.json'))) as {
      readonly organisations: readonly object[];
    };
    return organisations[0];
  };

  it('say what the description has chosen for the organisation, and nothing of it without', () => {
    const chosen = choosing({ replicas: 2, publicUrl: 'https://registry.bank.example' });
    const alone = saidTo(docker);
    expect(alone).not.toHaveProperty('replicas');
    expect(alone).not.toHaveProperty('trustedProxies');
    expect(existsSync(join(gatewayDir(docker, 'bank-a'), 'master.key'))).toBe(false);
    expect(saidTo(chosen)).toEqual({
      ...alone,
      publicUrl: 'https://registry.bank.example',
      trustedProxies: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
      replicas: { databaseFile: '/run/secrets/gateway/database' },
    });
  });

  it('have its TLS and its identity provider as it says, and a folder for their files', () => {
    const door = {
      tls: { certificateFile: 'doors/tls.crt', keyFile: 'doors/tls.key' },
      provider: { issuer: 'https://login.bank.example', clientId: 'pledgeonce', acrValues: ['two'] },
    };
    const alone = saidTo(docker) as { readonly publicUrl: string };
    const publicUrl = alone.publicUrl.replace('http:', 'https:');
    expect(saidTo(choosing(door))).toEqual({ ...alone, publicUrl, ...door });
    expect(statSync(join(gatewayDir(docker, 'bank-a'), 'doors')).mode & 0o777).toBe(0o700);
  });

  it('have a key that all replicas share, and lead their balancer to the one that serves', () => {
    const consortium = { ...docker.consortium, operation: { 'bank-b': { replicas: 3 } } };
    const network = { ...docker, consortium };
    const around = membersHere(network).find(({ member }) => member.organisation.name === 'bank-b');
    if (around === undefined) throw new Error('There is no bank-b.');
    writeReplicaFiles(network, around);
    const key = readFileSync(join(gatewayDir(network, 'bank-b'), 'master.key'));
    writeReplicaFiles(network, around);
    expect(readFileSync(join(gatewayDir(network, 'bank-b'), 'master.key'))).toEqual(key);
    expect(key).toHaveLength(32);
    const told = read(join(balancerDir(network, 'bank-b'), 'haproxy.cfg'));
    const { rest } = around.member.ports;
    const servers = [1, 2, 3].map(
      (number) => `  server replica-${number} gateway-${number}.bank-b.pledgeonce.example:${rest}`,
    );
    const asked = (page: string) => [`  option httpchk GET ${page}`, ...servers].join('\n');
    expect(told).toContain(asked('/leaderz'));
    expect(told).toContain(asked('/readyz'));
    // It finds out for itself about those who are gone with their network.
    expect(told).toMatch(/option srvtcpka\n[^]*tcp-ut 10s\n/);
    expect(told).toContain(`bind :${rest}\n  use_backend leader if { nbsrv(leader) gt 0 }`);
  });
});
