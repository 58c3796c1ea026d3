import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KEYS_MS, testNetworks } from '../testing/networks.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { writeGatewayFiles } from './gateway-files.js';
import { gatewayDir, gatewayService } from './own-services.js';

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
});
