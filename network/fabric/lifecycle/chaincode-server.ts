import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Surroundings } from '../config/environment.js';
import type { TlsMaterial } from '../../crypto/material.js';
import type { Daemon } from '../native/daemon.js';
import { assertRunning, startDaemon, stopDaemon } from '../native/daemon.js';
import { answers, waitUntil } from '../native/wait.js';
import { chaincodePort, type Deployment } from './definition.js';

/** At the level `error` the shim prints every refusal of the contract with its stack: those are answers, not faults. */
export const CHAINCODE_ENVIRONMENT = { CORE_CHAINCODE_LOGGING_LEVEL: 'critical' };

/** The name of an organisation's server of a chaincode: `chaincode.bank-a`, or `chaincode.bank-a.1` on its next port. */
export function chaincodeServerName(organisation: string, { slot }: Pick<Deployment, 'slot'>): string {
  return slot === 0 ? `chaincode.${organisation}` : `chaincode.${organisation}.${slot}`;
}

/** The unmodified server of fabric-shim, for one organisation, over TLS; it serves that organisation's peer only. */
function chaincodeDaemon({ layout, member, material }: Surroundings, deployment: Deployment): Daemon {
  const name = chaincodeServerName(member.organisation.name, deployment);
  const address = `127.0.0.1:${chaincodePort(member.ports, deployment.slot)}`;
  return {
    name,
    command: process.execPath,
    args: [
      createRequire(join(deployment.packageDir, 'package.json')).resolve('fabric-shim/cli.js'),
      ...chaincodeServerArguments(address, deployment.packageId, material.chaincodeTls),
    ],
    environment: CHAINCODE_ENVIRONMENT,
    cwd: deployment.packageDir,
    files: layout.node(name),
  };
}

/** What `fabric-chaincode-node` is told, on this machine or in a container. */
export function chaincodeServerArguments(
  address: string,
  packageId: string,
  tls: Pick<TlsMaterial, 'certFile' | 'keyFile' | 'caFile'>,
): string[] {
  return [
    'server',
    '--chaincode-address',
    address,
    '--chaincode-id',
    packageId,
    '--chaincode-tls-cert-file',
    tls.certFile,
    '--chaincode-tls-key-file',
    tls.keyFile,
    '--chaincode-tls-client-cacert-file',
    tls.caFile,
  ];
}

/** Starts an organisation's server of a chaincode unless it runs, and waits until it listens. */
export async function startChaincodeServer(around: Surroundings, deployment: Deployment): Promise<void> {
  const daemon = chaincodeDaemon(around, deployment);
  startDaemon(daemon);
  const port = chaincodePort(around.member.ports, deployment.slot);
  await waitUntil(`${daemon.name} to listen (${daemon.files.log})`, async () => {
    assertRunning(daemon);
    return answers(port);
  });
}

/** Stops an organisation's server of a chaincode. */
export async function stopChaincodeServer(
  { layout, member }: Surroundings,
  deployment: Pick<Deployment, 'slot'>,
): Promise<void> {
  await stopDaemon(layout.node(chaincodeServerName(member.organisation.name, deployment)));
}

/** Writes down for the peer's external builder where the organisation's server is and how to authenticate to it. */
export function writeChaincodeConnection(around: Surroundings, deployment: Deployment): void {
  const { layout, member, material, site } = around;
  const { peer, chaincodeTls } = material;
  const folder = layout.chaincodeConnections(member.organisation.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const address = site
    .address(member, 'chaincode')
    .replace(/\d+$/, String(chaincodePort(member.ports, deployment.slot)));
  const connection = {
    address,
    domain: address.slice(0, address.lastIndexOf(':')),
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: peer.tls.key,
    client_cert: peer.tls.cert,
    root_cert: chaincodeTls.caCerts,
  };
  writeFileSync(join(folder, `${deployment.label}.json`), JSON.stringify(connection), { mode: 0o600 });
}
