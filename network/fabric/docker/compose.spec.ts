import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDoorFile } from '../../door/door-file.js';
import { peerEnvironment, ordererEnvironment } from '../config/environment.js';
import { connectionProfile } from '../connection.js';
import { KEYS_MS, testNetworks } from '../testing/networks.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { composeFile } from './compose.js';
import { assertSecrets, databaseFileOf } from './database-secret.js';
import { writeDoorFile } from './door-service.js';

interface Compose {
  readonly services: Record<
    string,
    {
      image: string;
      environment: Record<string, string>;
      volumes: string[];
      ports: string[];
      hostname: string;
      command: string[];
      build?: { args?: object };
      secrets?: { source: string; target: string }[];
      depends_on?: string[];
      networks: { default: { aliases: string[] } };
      read_only: boolean;
      cap_drop: string[];
      user: string;
      healthcheck: { test: string[] };
    }
  >;
}

const deployment = {
  name: 'pledgeonce',
  version: '1.0',
  packageDir: 'chaincode',
  endorsement: '',
  collections: [],
  runBy: ['CustomsMSP', 'TaxMSP', 'RegulatorMSP'],
  label: 'pledgeonce_1.0',
  packageId: 'pledgeonce_1.0:abc',
  sequence: 1,
  slot: 0,
  agreed: [],
};

describe('the Compose file', () => {
  let native: FabricNetwork;
  let docker: FabricNetwork;
  let services: Compose['services'];
  const options = { sourceDir: '/source', builderDir: '/builder', user: '1000:1000', deployment };
  beforeAll(async () => {
    ({ native, docker } = await testNetworks());
    ({ services } = composeFile(docker, options) as Compose);
  }, KEYS_MS);

  it('runs what the native network runs, doors too, the chaincode of each government node, and a gateway of each organisation', () => {
    const kinds = Object.keys(services).map((name) => name.split('.')[0]);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(['ca', 'peer', 'orderer', 'door', 'chaincode', 'gateway'].map(count)).toEqual([8, 8, 4, 4, 3, 8]);
    expect(kinds).toHaveLength(35);
  });

  it('tells nodes the same as the native network does, but for paths, hosts and what they listen on', () => {
    const root = native.layout.root;
    const translate = (environment: Record<string, string>, organisation: string, kind: string) =>
      Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [
          key,
          value
            .replaceAll(root, '/var/pledgeonce')
            .replace('localhost:', `${kind}.${organisation}.pledgeonce.example:`)
            .replace(/^127\.0\.0\.1(?!:0$)/, '0.0.0.0'),
        ]),
      );
    const expected = membersHere(native).flatMap((around) => {
      const { name, orderer } = around.member.organisation;
      const peer = [`peer.${name}`, translate(peerEnvironment(around), name, 'peer')] as const;
      if (!orderer) return [peer];
      return [peer, [`orderer.${name}`, translate(ordererEnvironment(around), name, 'orderer')] as const];
    });
    const actual = expected.map(([service]) => [service, services[service]?.environment]);
    expect(actual).toEqual(expected);
  });

  it('shows a container the keys of its own organisation only', () => {
    for (const [service, { volumes }] of Object.entries(services)) {
      const organisation = service.slice(service.indexOf('.') + 1);
      const keys = volumes.filter((volume) => volume.includes('/organisations/'));
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((volume) => !volume.includes(`/organisations/${organisation}/`))).toEqual([]);
    }
  });

  it('lets no container write but into its volumes, and asks each how it is', () => {
    for (const [service, { read_only, cap_drop, user, healthcheck }] of Object.entries(services)) {
      expect([service, read_only, cap_drop, user]).toEqual([service, true, ['ALL'], '1000:1000']);
      expect(healthcheck.test).toEqual(['CMD-SHELL', expect.any(String)]);
    }
    const asked = (service: string) => services[service]?.healthcheck.test.join(' ');
    expect(asked('peer.tax')).toContain('/dev/tcp/127.0.0.1/20025 ');
    expect(asked('orderer.tax')).toContain('/healthz');
    expect(asked('gateway.tax')).toMatch(/health-check\.js \/var\/pledgeonce\/.*gateway\.json$/);
  });

  it('says once from what an image is built', () => {
    const built = Object.values(services).filter(({ build }) => build !== undefined);
    expect(built.map(({ image }) => image).sort()).toEqual([
      'pledgeonce/chaincode',
      'pledgeonce/door',
      'pledgeonce/gateway',
    ]);
  });

  it('publishes ports on loopback only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('starts the chaincode under the package id that was approved, over TLS', () => {
    const command = services['chaincode.tax']?.command.join(' ');
    expect(command).toContain('--chaincode-id pledgeonce_1.0:abc');
    expect(command).toContain(
      '--chaincode-tls-client-cacert-file /var/pledgeonce/organisations/tax/chaincode/tls/ca.crt',
    );
  });

  it('puts a door before each orderer, with the orderer’s certificate and no other key', () => {
    const door = services['door.tax'];
    const read = door?.volumes
      .filter((volume) => volume.endsWith(':ro'))
      .map((volume) => volume.split(':')[1]);
    expect(read).toEqual([
      '/var/pledgeonce/organisations/tax/orderer/tls',
      // The folder: a file that is mounted by itself stays the one that it was when the network gets a member.
      '/var/pledgeonce/profile',
    ]);
    const profile = connectionProfile(docker);
    expect(profile.orderers.map(({ endpoint }) => endpoint)).toEqual(
      ['customs', 'tax', 'regulator', 'bank-a'].map((name) => {
        const ports = services[`door.${name}`]?.ports[0]?.split(':');
        return `door.${name}.pledgeonce.example:${ports?.[1] ?? ''}`;
      }),
    );
    const shown = new X509Certificate(readFileSync(fileOf(docker, 'tax'), 'utf8')).subjectAltName;
    expect(shown).toContain('DNS:door.tax.pledgeonce.example');
  });

  it('tells a door what the description says of doors', () => {
    for (const around of membersHere(docker)) {
      const { orderer, name } = around.member.organisation;
      if (!orderer) continue;
      writeDoorFile(docker, around);
      const told = readDoorFile(join(docker.layout.node(`door.${name}`).data, 'door.json'));
      expect(told).toMatchObject({
        orderer: `orderer.${name}.pledgeonce.example:${around.member.ports.orderer}`,
        limits: docker.consortium.doors,
        maxEnvelopeBytes: docker.consortium.blocks.maxTransactionBytes,
      });
    }
  });

  it('has none where the description has none', () => {
    const without = { ...docker, consortium: { ...docker.consortium, doors: false as const } };
    const { services: those } = composeFile(without, options) as Compose;
    const doors = Object.keys(services).filter((name) => name.startsWith('door.'));
    expect(Object.keys(those)).toEqual(Object.keys(services).filter((name) => !doors.includes(name)));
    expect(those['gateway.tax']?.volumes.join()).not.toContain('door.tax');
    expect(services['gateway.tax']?.volumes.join()).toContain('door.tax');
  });

  describe('with replicas of one bank', () => {
    const choosing = (operation: FabricNetwork['consortium']['operation']) => {
      const network = { ...docker, consortium: { ...docker.consortium, operation } };
      return { network, compose: composeFile(network, options) as Compose & { secrets?: object } };
    };

    it('is otherwise what it was', () => {
      const { compose } = choosing({ 'bank-a': { replicas: 2 } });
      const others = (all: Compose['services']) =>
        Object.entries(all).filter(([name]) => !/^gateway(-\d)?\.bank-a$/.test(name));
      expect(others(compose.services)).toEqual(others(services));
      expect(composeFile(docker, options)).not.toHaveProperty('secrets');
    });

    it('has so many gateways, each with a place of its own to write, behind the address of the one', () => {
      const { compose } = choosing({ 'bank-a': { replicas: 3 } });
      const balancer = compose.services['gateway.bank-a'];
      expect(balancer?.ports).toEqual(services['gateway.bank-a']?.ports);
      expect(balancer?.networks).toEqual(services['gateway.bank-a']?.networks);
      expect(balancer?.depends_on).toEqual(['gateway-1.bank-a', 'gateway-2.bank-a', 'gateway-3.bank-a']);
      const replicas = (balancer?.depends_on ?? []).map((name) => compose.services[name]);
      const written = replicas.map((one) => one?.volumes.filter((volume) => !volume.endsWith(':ro')) ?? []);
      expect(written.map((one) => one.length)).toEqual([1, 1, 1]);
      expect(new Set(written.flat()).size).toBe(3);
      expect(replicas.map((one) => one?.ports)).toEqual([[], [], []]);
      expect(new Set(replicas.map((one) => one?.command.join(' ')))).toEqual(
        new Set([services['gateway.bank-a']?.command.join(' ')]),
      );
      expect(replicas.map((one) => one?.environment['PLEDGEONCE_REPLICA_ADDRESS'])).toEqual(
        replicas.map((one) => `http://${one?.hostname ?? ''}:${balancer?.ports[0]?.split(':')[1] ?? ''}`),
      );
    });

    it('gives them the connection string as a file that only they see', () => {
      const { network, compose } = choosing({ 'bank-a': { replicas: 2 } });
      const file = databaseFileOf(network.layout, 'bank-a');
      expect(compose.secrets).toEqual({ 'bank-a-database': { file } });
      const told = Object.entries(compose.services).filter(([, { secrets }]) => secrets !== undefined);
      expect(told.map(([name]) => name)).toEqual(['gateway-1.bank-a', 'gateway-2.bank-a']);
      for (const [, { secrets, environment, command }] of told) {
        expect(secrets).toEqual([{ source: 'bank-a-database', target: '/run/secrets/gateway/database' }]);
        expect(JSON.stringify([environment, command])).not.toMatch(/database/i);
      }
      expect(() => {
        assertSecrets(network.consortium, network.layout);
      }).toThrow(file);
      writeFileSync(file, 'postgresql://bank@db.example/pledgeonce', { mode: 0o600 });
      assertSecrets(network.consortium, network.layout);
      rmSync(file);
    });
  });

  it('names the collector of an organisation to its gateway and chaincode, and has its packages put into the images', () => {
    const operation = { tax: { traces: 'http://collector.tax.example:4318' } };
    const network = { ...docker, consortium: { ...docker.consortium, operation } };
    const { services: those } = composeFile(network, options) as Compose;
    const endpoint = (all: Compose['services']) =>
      Object.entries(all)
        .filter(([, { environment }]) => 'OTEL_EXPORTER_OTLP_ENDPOINT' in environment)
        .map(([name, { environment }]) => [name, environment['OTEL_EXPORTER_OTLP_ENDPOINT']]);
    expect(endpoint(those)).toEqual([
      ['chaincode.tax', operation.tax.traces],
      ['gateway.tax', operation.tax.traces],
    ]);
    expect(endpoint(services)).toEqual([]);
    const args = (all: Compose['services']) =>
      Object.values(all).flatMap(({ image, build }) => (build?.args ? [[image, build.args]] : []));
    expect(args(those)).toEqual([
      ['pledgeonce/chaincode', { TRACES: 'yes' }],
      ['pledgeonce/gateway', { TRACES: 'yes' }],
    ]);
    expect(args(services)).toEqual([]);
  });
});

function fileOf({ materials }: FabricNetwork, organisation: string): string {
  return materials.get(organisation)?.orderer?.tls.certFile ?? '';
}
