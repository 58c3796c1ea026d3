import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import { doorService } from '../docker/door-service.js';
import { caService, ordererService, peerService } from '../docker/fabric-services.js';
import { chaincodeService, doorsDir, gatewayService } from '../docker/own-services.js';
import type { Service } from '../docker/service.js';
import { collectorPort } from '../docker/traces.js';
import { runs, type Deployment } from '../lifecycle/definition.js';
import type { FabricNetwork } from '../network.js';
import { doorSettings, operationOf } from '../../operation.js';
import { portsOfNodes, probesOfNodes, type NodeKindInCluster, type NodePort, type Probe } from './ports.js';

/** Files that a node reads, as the chart mounts them: of a Secret that is only named, or of a ConfigMap that the chart makes. */
export interface Mount {
  readonly path: string;
  readonly kind: 'secret' | 'files';
  /** Of the Secret or the ConfigMap. */
  readonly name: string;
  /** The one file that lies at the path. */
  readonly key?: string;
  /** The files of the folder that lies there. */
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
}

/** One node as the chart runs it: what its container is told by Compose, it is told here. */
export interface ChartNode {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly NodePort[];
  readonly probe: Probe;
  readonly mounts: readonly Mount[];
  readonly data?: string;
  readonly calls: boolean;
  /** So many of it, behind one Service; each has a volume of its own. */
  readonly replicas?: number;
  /** The port of the collector to which it sends traces. */
  readonly collector?: number;
}

/** What the chart of an organisation is installed with. */
export interface ChartValues {
  readonly organisation: string;
  readonly nodes: Readonly<Partial<Record<NodeKindInCluster, ChartNode>>>;
  readonly files: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The values of one organisation, and the Secrets that they name, which nobody but its cluster may see. */
export interface Chart {
  readonly values: ChartValues;
  /** By name and key, in base64. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ChartOptions {
  readonly deployment: Deployment;
  /** The folder of the external builder on this machine. */
  readonly builderDir: string;
  /** The tag of our own images. */
  readonly tag: string;
}

/**
 * What one organisation's chart is told: its services as Compose runs them, each mount a Secret or a ConfigMap, each folder
 * that is written a volume.
 */
export function chartOf(network: FabricNetwork, around: Surroundings, options: ChartOptions): Chart {
  const gathered = new GatheredFiles(network, around.member.organisation.name);
  const { organisation, ports: numbers } = around.member;
  const ports = portsOfNodes(numbers, network.consortium.doors !== false);
  const operation = operationOf(network.consortium, organisation);
  const { replicas, tls } = operation;
  const probes = probesOfNodes(numbers, tls);
  const hasDoors = Object.keys(doorSettings(operation)).length > 0;
  const collector = collectorPort(network.consortium, organisation);
  const nodes = Object.fromEntries(
    servicesOf(network, around, options).map(([kind, service]) => {
      const { environment, command, volumes, secrets = [] } = service;
      const { mounts, data } = gathered.mountsOf(volumes);
      const image = service.build === undefined ? service.image : `${service.image}:${options.tag}`;
      const node: ChartNode = {
        image,
        args: command,
        env: environment,
        ports: ports[kind],
        probe: probes[kind],
        mounts: [
          ...mounts,
          ...secrets.map(mountOfSecret),
          ...(kind === 'gateway' && hasDoors ? [mountOfDoors(network, around)] : []),
        ],
        ...(data !== undefined && { data }),
        // A server of chaincode only answers its peer, and a certificate authority those who enrol.
        calls: kind !== 'chaincode' && kind !== 'ca',
        ...(kind === 'gateway' && replicas !== undefined && { replicas }),
        ...((kind === 'gateway' || kind === 'chaincode') && collector !== undefined && { collector }),
      };
      return [kind, node];
    }),
  );
  const { files, secrets } = gathered;
  return { values: { organisation: around.member.organisation.name, nodes, files }, secrets };
}

/** As a folder: what lies in a folder is there anew when the Secret changes, a single file is not. */
function mountOfSecret({ source, target }: NonNullable<Service['secrets']>[number]): Mount {
  const key = basename(target);
  return { path: dirname(target), kind: 'secret', name: source, items: [{ key, path: key }] };
}

/** Whatever is in a Secret that the organisation, or what renews its certificates, keeps; the chart knows it by name. */
function mountOfDoors(network: FabricNetwork, { site, member }: Surroundings): Mount {
  const { name } = member.organisation;
  return { path: site.seen(doorsDir(network, name)), kind: 'secret', name: `${name}-doors` };
}

function servicesOf(
  network: FabricNetwork,
  around: Surroundings,
  { deployment, builderDir }: ChartOptions,
): [NodeKindInCluster, Service][] {
  const { organisation } = around.member;
  // An image is built elsewhere: where its sources are is no question in a cluster.
  const source = '';
  return [
    ['ca', caService(network, around)],
    ['peer', peerService(network, around, builderDir)],
    ...(organisation.orderer ? [['orderer', ordererService(network, around)] as const] : []),
    ...(organisation.orderer && network.consortium.doors !== false
      ? [['door', doorService(network, around, source)] as const]
      : []),
    ...(runs(organisation, deployment)
      ? [['chaincode', chaincodeService(network, around, source, deployment)] as const]
      : []),
    ['gateway', gatewayService(network, around, source)],
  ].map(([kind, service]) => [kind, service] as [NodeKindInCluster, Service]);
}

/** What a door that has run here has counted is no configuration. */
const COUNTED = 'refused.json';

/** Sorts what containers read into public files and secrets, and keeps each once. */
class GatheredFiles {
  readonly files: Record<string, Record<string, string>> = {};
  readonly secrets: Record<string, Record<string, string>> = {};
  readonly #root: string;
  readonly #organisation: string;

  constructor({ layout }: FabricNetwork, organisation: string) {
    this.#root = layout.root;
    this.#organisation = organisation;
  }

  mountsOf(volumes: readonly string[]): { mounts: Mount[]; data?: string } {
    const read = volumes.map((volume) => volume.split(':')).filter(([, , mode]) => mode === 'ro');
    const written = volumes.map((volume) => volume.split(':')).find(([, , mode]) => mode === undefined);
    const [dataHere = '', data] = written ?? [];
    const mounts = read.flatMap(([here = '', path = '']) => this.#mountsAt(here, path));
    // What the description puts into a folder that the node writes is read from where it cannot be changed.
    const within = data === undefined ? [] : this.#filesWithin(dataHere, data);
    return { mounts: [...mounts, ...within], ...(data !== undefined && { data }) };
  }

  /** The configuration of a gateway or a certificate authority lies in its own folder, beside its data. */
  #filesWithin(here: string, path: string): Mount[] {
    if (!existsSync(here)) return [];
    const own = /\.(?:json|yaml|key)$/;
    return readdirSync(here, { withFileTypes: true })
      .filter((entry) => entry.isFile() && own.test(entry.name) && entry.name !== COUNTED)
      .flatMap(({ name }) => this.#mountsAt(join(here, name), `${path}/${name}`, isSecretByName(name)));
  }

  #mountsAt(here: string, path: string, isSecret = this.#isPrivate(here)): Mount[] {
    const isFile = statSync(here).isFile();
    const paths = isFile ? [basename(here)] : filesBelow(here);
    if (paths.length === 0) return [];
    const place = this.#placeOf(isFile ? dirname(here) : here);
    // The chart puts the name of its release before those of its own.
    const name = isSecret ? `${this.#organisation}-${place}` : place;
    const target = isSecret ? this.secrets : this.files;
    const kept = (target[name] ??= {});
    for (const one of paths) {
      const content = readFileSync(join(isFile ? dirname(here) : here, one));
      kept[keyOf(one)] = content.toString(isSecret ? 'base64' : 'utf8');
    }
    const source = { kind: isSecret ? 'secret' : 'files', name } as const;
    const [first = ''] = paths;
    if (isFile) return [{ path, ...source, key: keyOf(first) }];
    const items = paths.map((one) => ({
      key: keyOf(one),
      path: one.split(sep).join('/'),
      ...(isProgram(join(here, one)) && { mode: 0o555 }),
    }));
    return [{ path, ...source, items }];
  }

  #isPrivate(file: string): boolean {
    return relative(this.#root, file).split(sep)[0] === 'organisations';
  }

  /** `peer-msp` for the folder `organisations/customs/peer/msp`. */
  #placeOf(folder: string): string {
    const inside = relative(this.#root, folder);
    const parts = inside.startsWith('..') ? [basename(folder)] : inside.split(sep);
    const named = parts.filter((part) => part !== 'organisations' && part !== 'nodes' && part !== 'data');
    const own = named.filter((part) => part !== '' && part !== this.#organisation).join('-');
    return own === '' ? 'network' : own.replace(`.${this.#organisation}`, '');
  }
}

/** A key of a Secret has no slashes. */
function keyOf(path: string): string {
  return path.split(sep).join('.');
}

/** Secrets of a registrar and of people stand in the configuration of a certificate authority. */
function isSecretByName(name: string): boolean {
  return name.endsWith('.key') || name.startsWith('fabric-ca-server');
}

function isProgram(file: string): boolean {
  return (statSync(file).mode & 0o100) !== 0;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
}
