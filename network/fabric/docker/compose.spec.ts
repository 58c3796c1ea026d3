import { peerEnvironment, ordererEnvironment } from '../config/environment.js';
import { KEYS_MS, testNetworks } from '../testing/networks.js';
import { membersHere, type FabricNetwork } from '../network.js';
import { composeFile } from './compose.js';

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
      build?: object;
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
  beforeAll(async () => {
    ({ native, docker } = await testNetworks());
    const options = { sourceDir: '/source', builderDir: '/builder', user: '1000:1000', deployment };
    ({ services } = composeFile(docker, options) as Compose);
  }, KEYS_MS);

  it('runs what the native network runs, the chaincode of each government node, and a gateway of each organisation', () => {
    const kinds = Object.keys(services).map((name) => name.split('.')[0]);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(['ca', 'peer', 'orderer', 'chaincode', 'gateway'].map(count)).toEqual([8, 8, 4, 3, 8]);
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
    expect(built.map(({ image }) => image).sort()).toEqual(['pledgeonce/chaincode', 'pledgeonce/gateway']);
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
});
