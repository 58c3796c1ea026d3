import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { ownChaincode } from '../chaincodes.js';
import { stateDirOf, type CommonOptions } from '../cli-options.js';
import { writeConnectionProfile } from '../connection.js';
import { writeDoorFile } from '../docker/door-service.js';
import { writeGatewayFiles } from '../docker/gateway-files.js';
import { ensureMasterKey } from '../docker/master-key.js';
import { prepareDeployment } from '../lifecycle/deploy.js';
import { runs } from '../lifecycle/definition.js';
import { writeChaincodeConnection } from '../lifecycle/chaincode-server.js';
import { writeCaServerConfiguration } from '../native/certificate-authorities.js';
import { BUILDER, membersHere, openNetwork, type FabricNetwork } from '../network.js';
import { kubernetesSite } from '../site.js';
import { chartOf, type Chart } from './chart-values.js';

const SOURCE = fileURLToPath(new URL('../../../..', import.meta.url));

export interface ChartCommand extends Omit<CommonOptions, 'on'> {
  readonly out: string;
  readonly tag: string;
}

/**
 * Writes what one organisation's chart is installed with: `values.yaml`, and `secrets.yaml` for its cluster only.
 *
 * @returns the folder of the chart.
 * @throws Error when the organisation's keys are not in the folder, or it runs no node.
 */
export async function writeChart(organisation: string, options: ChartCommand): Promise<string> {
  const stateDir = options.state ?? stateDirOf({ ...options, on: 'kubernetes' });
  const network = await openNetwork(
    { ...options, stateDir, consortiumFile: options.consortium },
    (c, layout) => kubernetesSite(c.domain, layout.root),
  );
  const { values, secrets } = prepareChart(network, organisation, options.tag);
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'values.yaml'), stringify(values, { lineWidth: 0 }));
  writeFileSync(join(options.out, 'secrets.yaml'), secretManifests(secrets), { mode: 0o600 });
  return join(SOURCE, 'network/fabric/kubernetes/chart');
}

/**
 * Writes the files that the organisation's nodes read, and gathers them.
 *
 * @throws Error when the organisation's keys are not in the folder, or it runs no node.
 */
export function prepareChart(network: FabricNetwork, organisation: string, tag: string): Chart {
  const around = membersHere(network).find(({ member }) => member.organisation.name === organisation);
  if (around === undefined) throw new Error(`The keys of a node of ${organisation} are not in this folder.`);
  const deployment = prepareDeployment(network, ownChaincode(network.consortium));
  if (runs(around.member.organisation, deployment)) writeChaincodeConnection(around, deployment);
  writeCaServerConfiguration(network, around.member);
  if (around.member.organisation.orderer) writeDoorFile(network, around);
  writeGatewayFiles(network, around, SOURCE);
  ensureMasterKey(network, organisation);
  writeConnectionProfile(network);
  mkdirSync(network.layout.chaincodeConnections(organisation), { recursive: true, mode: 0o700 });
  return chartOf(network, around, { deployment, builderDir: BUILDER, tag });
}

/** Manifests for `kubectl apply`, or a pattern for the organisation's own store of secrets. */
function secretManifests(secrets: Chart['secrets']): string {
  return Object.entries(secrets)
    .map(([name, data]) =>
      stringify(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', data },
        { lineWidth: 0 },
      ),
    )
    .join('---\n');
}
