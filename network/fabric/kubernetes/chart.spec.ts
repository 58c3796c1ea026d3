import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import { composeFile } from '../docker/compose.js';
import { ownChaincode } from '../chaincodes.js';
import { prepareDeployment } from '../lifecycle/deploy.js';
import { BUILDER, type FabricNetwork } from '../network.js';
import { kubernetesSite } from '../site.js';
import { KEYS_MS, testNetworks } from '../testing/networks.js';
import type { Chart } from './chart-values.js';
import { prepareChart } from './write-chart.js';

const chartDir = join(import.meta.dirname, '../../../fabric/kubernetes/chart');
const defaults = parse(readFileSync(join(chartDir, 'values.yaml'), 'utf8')) as object;
const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(join(chartDir, 'values.schema.json'), 'utf8')) as Parameters<
    typeof z.fromJSONSchema
  >[0],
);
const helm = (...args: string[]) => spawnSync('helm', args, { encoding: 'utf8' });
const hasHelm = helm('version').status === 0;

describe('the chart of an organisation', () => {
  let network: FabricNetwork;
  let charts: Map<string, Chart>;
  beforeAll(async () => {
    const { docker } = await testNetworks();
    network = { ...docker, site: kubernetesSite(docker.consortium.domain, docker.layout.root) };
    const names = docker.consortium.organisations.map(({ name }) => name);
    charts = new Map(names.map((name) => [name, prepareChart(network, name, '1.0')]));
  }, KEYS_MS);

  const chartOf = (name: string): Chart => {
    const chart = charts.get(name);
    if (chart === undefined) throw new Error(`no chart of ${name}`);
    return chart;
  };
  const merged = (name: string) => ({ ...defaults, ...chartOf(name).values });

  it('has an orderer and a chaincode where the description says so', () => {
    const kinds = (name: string) => Object.keys(chartOf(name).values.nodes).sort();
    expect(kinds('customs')).toEqual(['ca', 'chaincode', 'gateway', 'orderer', 'peer']);
    expect(kinds('bank-a')).toEqual(['ca', 'gateway', 'orderer', 'peer']);
    expect(kinds('bank-b')).toEqual(['ca', 'gateway', 'peer']);
  });

  it('tells each node what its container is told by the Compose file', () => {
    const deployment = prepareDeployment(network, ownChaincode(network.consortium));
    const options = { sourceDir: '/source', builderDir: BUILDER, user: '1000:1000', deployment };
    const { services } = composeFile(network, options) as {
      services: Record<string, { environment: object; command: string[] }>;
    };
    for (const [name, { values }] of charts) {
      for (const [kind, node] of Object.entries(values.nodes)) {
        const service = services[`${kind}.${name}`];
        expect([node.env, node.args]).toEqual([service?.environment, service?.command]);
      }
    }
  });

  it('gets values that its schema takes, and the schema refuses what would run differently', () => {
    for (const name of charts.keys()) expect(schema.safeParse(merged(name)).error).toBeUndefined();
    const values = merged('customs');
    const { ca, ...without } = values.nodes;
    const wrong = [
      { ...values, user: 0 },
      { ...values, clusterAdmin: true },
      { ...values, organisation: 'Customs' },
      { ...values, nodes: without },
      { ...values, nodes: { ...values.nodes, ca: { ...ca, privileged: true } } },
      { ...values, nodes: { ...values.nodes, ca: { ...ca, mounts: [{ path: '/keys' }] } } },
      { ...values, outside: { type: 'HostPort' } },
    ];
    expect(wrong.map((one) => schema.safeParse(one).success)).toEqual(wrong.map(() => false));
  });

  it('names secrets and holds none', () => {
    for (const { values, secrets } of charts.values()) {
      const text = JSON.stringify(values);
      expect(text).not.toContain('PRIVATE KEY');
      // Certificates of roots, and the units of an MSP, are in the public files as well.
      const kept = Object.values(secrets)
        .flatMap((files) => Object.entries(files))
        .filter(([key]) => /key|secret|fabric-ca-server/.test(key))
        .map(([, content]) => Buffer.from(content, 'base64').toString('utf8').trim());
      expect(kept.length).toBeGreaterThan(4);
      expect(kept.filter((content) => text.includes(content))).toEqual([]);
    }
  });

  it('mounts nothing that is not there, and of the keys only what the node uses', () => {
    for (const { values, secrets } of charts.values()) {
      for (const { mounts } of Object.values(values.nodes)) {
        for (const { kind, name, key, items = [] } of mounts) {
          const kept = (kind === 'files' ? values.files : secrets)[name];
          const wanted = key === undefined ? items.map((item) => item.key) : [key];
          expect(Object.keys(kept ?? {})).toEqual(expect.arrayContaining(wanted));
        }
      }
    }
    const { nodes } = chartOf('customs').values;
    const secretsOf = (kind: keyof typeof nodes) =>
      nodes[kind]?.mounts.flatMap((mount) =>
        mount.kind === 'files' ? [] : [`${mount.name}/${mount.key ?? ''}`],
      );
    expect(secretsOf('gateway')).toEqual(['customs-people/registrar.secret', 'customs-gateway/master.key']);
    expect(secretsOf('chaincode')).toEqual(['customs-chaincode-tls/']);
  });

  it('asks the cluster for nothing beyond its own namespace', () => {
    const kinds = readdirSync(join(chartDir, 'templates')).flatMap((file) => [
      ...readFileSync(join(chartDir, 'templates', file), 'utf8').matchAll(/^kind: (.*)$/gm),
    ]);
    expect(new Set(kinds.map(([, kind]) => kind))).toEqual(
      new Set([
        'ConfigMap',
        'NetworkPolicy',
        'Service',
        '{{ if $node.data }}StatefulSet{{ else }}Deployment{{ end }}',
      ]),
    );
  });

  (hasHelm ? describe : describe.skip)('with helm (needs helm)', () => {
    it('is rendered, and no fault is found', () => {
      const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-chart-'));
      try {
        for (const name of ['customs', 'bank-b']) {
          const file = join(folder, 'values.yaml');
          writeFileSync(file, stringify(chartOf(name).values, { lineWidth: 0 }));
          const lint = helm('lint', '--strict', chartDir, '--values', file);
          expect([lint.status, lint.stdout]).toEqual([0, expect.stringContaining('0 chart(s) failed')]);
          const open = ['--set', 'outside.type=LoadBalancer', '--kube-version', '1.31.0'];
          const rendered = helm('template', name, chartDir, '--values', file, ...open);
          expect(rendered.stderr).toBe('');
          checkManifests(rendered.stdout, chartOf(name));
        }
        const refused = helm('template', 'x', chartDir, '--set', 'user=0');
        expect(refused.status).not.toBe(0);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number };
        readonly containers: readonly {
          readonly securityContext: object;
          readonly volumeMounts: readonly { readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly secret?: { readonly secretName: string } }[];
      };
    };
    readonly ingress: readonly object[];
    readonly egress: readonly object[];
  };
}

function checkManifests(text: string, { values, secrets }: Chart): void {
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  const of = (kind: string) => manifests.filter((one) => one.kind === kind);
  const pods = [...of('StatefulSet'), ...of('Deployment')];
  expect(pods).toHaveLength(Object.keys(values.nodes).length);
  for (const { spec } of pods) {
    const pod = spec.template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const { secret } of pod.volumes) if (secret) expect(secrets).toHaveProperty([secret.secretName]);
    const places = pod.containers[0]?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
    expect(new Set(places).size).toBe(places.length);
  }
  const policies = of('NetworkPolicy');
  expect(policies).toHaveLength(pods.length);
  const chaincode = policies.find(({ metadata }) => metadata.name.endsWith('-chaincode'));
  if (values.nodes.chaincode) expect(chaincode?.spec).toMatchObject({ egress: [], ingress: [{}] });
  // Nobody has been named who administers: those ports stay shut.
  const peer = policies.find(({ metadata }) => metadata.name.endsWith('-peer'));
  expect(peer?.spec.ingress).toEqual([{ ports: [{ port: values.nodes.peer?.ports[0]?.port }] }]);
}
