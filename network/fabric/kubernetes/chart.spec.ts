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
import type { Operation } from '../../operation.js';
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
const tls = { certificateFile: 'doors/tls.crt', keyFile: 'doors/tls.key' };
const helm = (...args: string[]) => spawnSync('helm', args, { encoding: 'utf8' });
const hasHelm = helm('version').status === 0;
const hasKubeconform = spawnSync('kubeconform', ['-v']).status === 0;

describe('the chart of an organisation', () => {
  let network: FabricNetwork;
  let charts: Map<string, Chart>;
  let names: string[];
  beforeAll(async () => {
    const { docker } = await testNetworks();
    network = { ...docker, site: kubernetesSite(docker.consortium.domain, docker.layout.root) };
    names = docker.consortium.organisations.map(({ name }) => name);
    charts = new Map(names.map((name) => [name, prepareChart(network, name, '1.0')]));
  }, KEYS_MS);

  const chartOf = (name: string): Chart => {
    const chart = charts.get(name);
    if (chart === undefined) throw new Error(`no chart of ${name}`);
    return chart;
  };
  /** The chart of an organisation that has chosen something for itself. */
  const choosing = (chosen: Operation, name = 'bank-a') => {
    const consortium = { ...network.consortium, operation: { [name]: chosen } };
    const chart = prepareChart({ ...network, consortium }, name, '1.0');
    // Others read the files that it has written over.
    prepareChart(network, name, '1.0');
    return chart;
  };
  const merged = (name: string) => ({ ...defaults, ...chartOf(name).values });

  it('has an orderer with its door, and a chaincode, where the description says so', () => {
    const kinds = (name: string) => Object.keys(chartOf(name).values.nodes).sort();
    expect(kinds('customs')).toEqual(['ca', 'chaincode', 'door', 'gateway', 'orderer', 'peer']);
    expect(kinds('bank-a')).toEqual(['ca', 'door', 'gateway', 'orderer', 'peer']);
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
      { ...values, antiAffinity: 'never' },
      { ...values, nodes: { ...values.nodes, gateway: { ...values.nodes.gateway, replicas: 1 } } },
      { ...values, nodes: { ...values.nodes, gateway: { ...values.nodes.gateway, collector: 0 } } },
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
    expect(secretsOf('door')).toEqual(['customs-orderer-tls/']);
  });

  it('lets nobody to an orderer behind a door but those who vote', () => {
    const portOf = (chart: Chart, kind: 'door' | 'orderer') =>
      chart.values.nodes[kind]?.ports.find(({ name }) => name === kind)?.from;
    expect([portOf(chartOf('tax'), 'door'), portOf(chartOf('tax'), 'orderer')]).toEqual([
      'everybody',
      'orderers',
    ]);
    const consortium = { ...network.consortium, doors: false as const };
    const without = prepareChart({ ...network, consortium }, 'tax', '1.0');
    expect(without.values.nodes).not.toHaveProperty('door');
    expect(portOf(without, 'orderer')).toBe('everybody');
  });

  it('leaves out of its files what a door has counted', () => {
    const { data } = network.layout.node('door.tax');
    const file = join(data, 'refused.json');
    writeFileSync(file, '{"refused":[]}');
    expect(prepareChart(network, 'tax', '1.0').values).toEqual(chartOf('tax').values);
    rmSync(file);
  });

  it('has replicas where the description says so, which read their connection string from a Secret of the operator', () => {
    const { values, secrets } = choosing({ replicas: 3 });
    const { gateway, ...others } = values.nodes;
    const { gateway: alone, ...othersOfOne } = chartOf('bank-a').values.nodes;
    expect(others).toEqual(othersOfOne);
    const mount = {
      path: '/run/secrets/gateway',
      kind: 'secret',
      name: 'bank-a-database',
      items: [{ key: 'database', path: 'database' }],
    };
    expect(gateway).toEqual({ ...alone, replicas: 3, mounts: [...(alone?.mounts ?? []), mount] });
    expect(secrets).not.toHaveProperty('bank-a-database');
    expect(JSON.parse(values.files['gateway']?.['gateway.json'] ?? '')).toMatchObject({
      organisations: [{ replicas: { databaseFile: '/run/secrets/gateway/database' } }],
    });
    expect(schema.safeParse({ ...defaults, ...values }).error).toBeUndefined();
  });

  it('reads what its gateway’s own door needs from a Secret that somebody else keeps, and asks it over TLS', () => {
    const gatewayOf = ({ values, secrets }: Chart) => {
      expect(schema.safeParse({ ...defaults, ...values }).error).toBeUndefined();
      expect(secrets).not.toHaveProperty('bank-a-doors');
      return values.nodes.gateway;
    };
    const alone = gatewayOf(chartOf('bank-a'));
    const { data = '', probe } = alone ?? {};
    const mounts = [
      ...(alone?.mounts ?? []),
      { path: `${data}/doors`, kind: 'secret', name: 'bank-a-doors' },
    ];
    expect(gatewayOf(choosing({ tls }))).toEqual({ ...alone, mounts, probe: { ...probe, scheme: 'HTTPS' } });
    // A cluster has no certificate to show.
    const required = { ...tls, clientCertificates: 'required', clientCaFile: 'doors/clients.pem' };
    expect(gatewayOf(choosing({ tls: required }))).toEqual({
      ...alone,
      mounts,
      probe: { port: probe?.port },
    });
    const provider = { issuer: 'https://login.bank.example', clientId: 'pledgeonce' };
    expect(gatewayOf(choosing({ provider }))).toEqual({ ...alone, mounts });
  });

  it('sends traces where the description names a collector', () => {
    const { values } = choosing({ traces: 'http://collector:4318' }, 'tax');
    const told = Object.entries(values.nodes).flatMap(([kind, { env, collector }]) =>
      collector === undefined ? [] : [[kind, env['OTEL_EXPORTER_OTLP_ENDPOINT'], collector]],
    );
    expect(told).toEqual([
      ['chaincode', 'http://collector:4318', 4318],
      ['gateway', 'http://collector:4318', 4318],
    ]);
    expect(schema.safeParse({ ...defaults, ...values }).error).toBeUndefined();
  });

  it('asks the cluster for nothing beyond its own namespace', () => {
    const kinds = readdirSync(join(chartDir, 'templates')).flatMap((file) => [
      ...readFileSync(join(chartDir, 'templates', file), 'utf8').matchAll(/^kind: (.*)$/gm),
    ]);
    expect(new Set(kinds.map(([, kind]) => kind))).toEqual(
      new Set([
        'ConfigMap',
        'NetworkPolicy',
        'PodDisruptionBudget',
        'Service',
        '{{ if $node.data }}StatefulSet{{ else }}Deployment{{ end }}',
      ]),
    );
  });

  (hasHelm ? describe : describe.skip)('with helm (needs helm)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pledgeonce-chart-'));
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    const voters = ['--set-json', 'network.orderers=[{"ipBlock":{"cidr":"203.0.113.0/24"}}]'];

    const render = (name: string, { values }: Chart, ...more: string[]): string => {
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, stringify(values, { lineWidth: 0 }));
      const given = ['--values', file, ...voters, ...more];
      const lint = helm('lint', '--strict', chartDir, ...given);
      const rendered = helm('template', name, chartDir, ...given, '--kube-version', '1.31.0');
      if (lint.status !== 0 || rendered.stderr !== '') throw new Error(`${lint.stdout}${rendered.stderr}`);
      return rendered.stdout;
    };

    it('is rendered, and no fault is found', () => {
      for (const name of ['customs', 'bank-b']) {
        checkManifests(render(name, chartOf(name), '--set', 'outside.type=LoadBalancer'), chartOf(name));
      }
      const refused = helm('template', 'x', chartDir, '--set', 'user=0');
      expect(refused.status).not.toBe(0);
    });

    it('refuses an orderer behind a door of which nobody has said who votes', () => {
      const file = join(folder, 'unsaid.yaml');
      writeFileSync(file, stringify(chartOf('tax').values, { lineWidth: 0 }));
      const refused = helm('template', 'tax', chartDir, '--values', file);
      expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('network.orderers')]);
    });

    it('keeps replicas apart, and has one drained at a time', () => {
      const everybody = '{"ipBlock":{"cidr":"198.51.100.0/24"}}';
      const chart = choosing({ replicas: 3 });
      const text = render('bank-a', chart, '--set-json', `network.everybody=[${everybody}]`);
      checkReplicas(text, JSON.parse(everybody) as object);
      expect(render('bank-a', chartOf('bank-a'))).not.toMatch(/PodDisruptionBudget|affinity|POD_IP|Parallel/);
      expect(render('bank-a', chart, '--set', 'antiAffinity=required')).toContain('requiredDuringScheduling');
    });

    it('lets a chaincode call the collector of its traces and nobody else', () => {
      const text = render('tax', choosing({ traces: 'http://collector:4318' }, 'tax'));
      const policies = manifestsIn(text).filter(({ kind }) => kind === 'NetworkPolicy');
      const chaincode = policies.find(({ metadata }) => metadata.name === 'tax-chaincode');
      expect(chaincode?.spec.egress.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([
        [4318],
        [53, 53],
      ]);
    });

    it('asks a gateway with TLS over TLS, and leaves its Secret to whoever keeps it', () => {
      const [gateway] = manifestsIn(render('bank-a', choosing({ tls }))).filter(
        ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'bank-a-gateway',
      );
      const pod = gateway?.spec.template.spec;
      const [container] = pod?.containers ?? [];
      expect([container?.livenessProbe.httpGet, container?.readinessProbe.httpGet]).toMatchObject([
        { path: '/livez', scheme: 'HTTPS' },
        { path: '/readyz', scheme: 'HTTPS' },
      ]);
      expect(pod?.volumes.map(({ secret }) => secret?.secretName)).toContain('bank-a-doors');
    });

    (hasKubeconform ? describe : describe.skip)('and kubeconform (needs kubeconform)', () => {
      it('is what Kubernetes reads', () => {
        const collector = 'http://collector:4318';
        const rendered = [
          render('customs', chartOf('customs'), '--set', 'outside.type=LoadBalancer'),
          render('bank-a', choosing({ replicas: 2, traces: collector }), '--set', 'antiAffinity=required'),
          render('bank-a', choosing({ tls })),
          render('tax', choosing({ replicas: 2, traces: collector }, 'tax')),
        ];
        // Without a folder of schemas it reads those that are published.
        const schemas = process.env['KUBERNETES_SCHEMAS'];
        const where =
          schemas === undefined
            ? []
            : ['-schema-location', `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`];
        const asked = spawnSync('kubeconform', ['-strict', '-summary', ...where], {
          input: rendered.join('---\n'),
          encoding: 'utf8',
        });
        expect(asked.stdout).toMatch(/Invalid: 0, Errors: 0, Skipped: 0/);
        expect(asked.status).toBe(0);
      });
    });
  });
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly podManagementPolicy?: string;
    readonly maxUnavailable?: number;
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly spec: {
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number };
        readonly affinity?: object;
        readonly containers: readonly {
          readonly env: readonly { readonly name: string; readonly value?: string }[];
          readonly livenessProbe: { readonly httpGet: { readonly path: string } };
          readonly readinessProbe: { readonly httpGet: { readonly path: string } };
          readonly securityContext: object;
          readonly volumeMounts: readonly { readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly secret?: { readonly secretName: string } }[];
      };
    };
    readonly ingress: readonly object[];
    readonly egress: readonly { readonly ports?: readonly { readonly port: number }[] }[];
  };
}

function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

function checkReplicas(text: string, everybody: object): void {
  const manifests = manifestsIn(text);
  const gatewayOf = (kind: string) =>
    manifests.find((one) => one.kind === kind && one.metadata.name === 'bank-a-gateway');
  const set = gatewayOf('StatefulSet');
  const pod = set?.spec.template.spec;
  const matchLabels = set?.spec.selector.matchLabels;
  expect(set?.spec).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
  const apart = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels } };
  expect(pod?.affinity).toEqual({
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }],
    },
  });
  const [container] = pod?.containers ?? [];
  expect(container?.livenessProbe.httpGet.path).toBe('/livez');
  expect(container?.readinessProbe.httpGet.path).toBe('/readyz');
  const names = container?.env.map(({ name }) => name) ?? [];
  // What is made from another variable stands after it.
  expect(names.slice(-2)).toEqual(['POD_IP', 'PLEDGEONCE_REPLICA_ADDRESS']);
  expect(container?.env.at(-1)?.value).toMatch(/^http:\/\/\$\(POD_IP\):\d+$/);
  expect(gatewayOf('PodDisruptionBudget')?.spec).toEqual({ maxUnavailable: 1, selector: { matchLabels } });
  expect(manifests.filter(({ kind }) => kind === 'PodDisruptionBudget')).toHaveLength(1);
  expect(gatewayOf('NetworkPolicy')?.spec.ingress).toEqual([
    expect.objectContaining({ from: [everybody, { podSelector: { matchLabels } }] }),
  ]);
}

function checkManifests(text: string, { values, secrets }: Chart): void {
  const manifests = manifestsIn(text);
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
