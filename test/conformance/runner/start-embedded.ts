import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chaincodeServer } from '@pledgeonce/network/chaincode-servers.js';
import type { ConnectionProfile } from '@pledgeonce/network/connection-profile.js';
import { readConsortium } from '@pledgeonce/network/consortium.js';
import { ensureMaterial } from '@pledgeonce/network/crypto/ensure.js';
import { pino } from 'pino';
import { organisationsFolder } from '@pledgeonce/network/organisation-folder.js';
import { PROBE } from '../definition.js';
import type { RunningNetwork } from './running-network.js';

const packageFile = (path: string): string =>
  fileURLToPath(import.meta.resolve(`@pledgeonce/network/${path}`));

/** Starts the embedded network with the probe chaincode, on ports of its own. */
export async function startEmbedded(stateDir: string, portBase: number): Promise<RunningNetwork> {
  const consortiumFile = join(packageFile('package.json'), '..', 'consortium.yaml');
  const [own] = await ensureMaterial(readConsortium(consortiumFile), organisationsFolder(stateDir));
  if (!own) throw new Error('the consortium has no organisation');
  const address = `localhost:${portBase + 900}`;
  const chaincode = chaincodeServer({
    packageDir: PROBE.packageDir,
    ccid: `${PROBE.name}:${PROBE.version}`,
    address,
    tls: { certFile: own.chaincodeTls.certFile, keyFile: own.chaincodeTls.keyFile },
    log: pino({ level: 'warn' }, pino.destination(2)),
  });
  chaincode.start();
  const { packageDir: _, ...definition } = PROBE;
  const extra = join(stateDir, 'probe.json');
  writeFileSync(extra, JSON.stringify({ ...definition, address, tlsRootCerts: own.tlsCa.cert }));
  const network = spawn(
    process.execPath,
    [
      packageFile('bundled/main.js'),
      '--state',
      stateDir,
      '--port-base',
      String(portBase),
      '--extra-chaincode',
      extra,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  network.stderr.pipe(createWriteStream(join(stateDir, 'network.log')));
  const stop = async (): Promise<void> => {
    const ended = network.exitCode === null ? once(network, 'exit') : undefined;
    network.kill();
    await ended;
    await chaincode.stop();
  };
  try {
    await ready(network, join(stateDir, 'network.log'));
  } catch (error) {
    await stop();
    throw error;
  }
  const profile = JSON.parse(readFileSync(join(stateDir, 'connection.json'), 'utf8')) as ConnectionProfile;
  return { profile, stateDir, stop };
}

/** The network writes one line when it answers, and ends when it cannot. */
async function ready({ stdout }: ChildProcess, log: string): Promise<void> {
  if (!stdout) throw new Error('the network has no output');
  for await (const line of createInterface({ input: stdout })) {
    if ((JSON.parse(line) as { ready?: boolean }).ready === true) return;
  }
  throw new Error(`The embedded network did not start: ${readFileSync(log, 'utf8').slice(-2_000)}`);
}
