#!/usr/bin/env node
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { pino } from 'pino';
import { type Consortium, peopleOf, portsOf, readConsortium } from '../../consortium.js';
import { ensureMaterial } from '../../crypto/ensure.js';
import { organisationsFolder, peopleFolder } from '../../organisation-folder.js';
import { during } from '../startup-error.js';
import type { CertificateAuthority } from './options.js';
import { certificateAuthorityName, startCertificateAuthority } from './server.js';
import { writeWhole } from '../../write-whole.js';

/** One authority or several, without a network: for a Fabric network whose host has no fabric-ca-server. */
const flags = new Command('certificate-authority')
  .description('Certificate authorities of a consortium’s organisations, with Fabric CA’s REST API')
  .requiredOption('--state <folder>', 'where identities, certificates and revocation lists are kept')
  .option('--organisation <name>', 'of this organisation; may be repeated; of all unless given', collect, [])
  .option(
    '--consortium <file>',
    'the consortium',
    fileURLToPath(new URL('../../../consortium.yaml', import.meta.url)),
  )
  .option('--crypto <folder>', 'keys and certificates of the organisations (default: <state>/organisations)')
  .option('--people <folder>', 'receives the enrolment secrets (default: beside the keys)')
  .option('--port-base <port>', 'moves the ports: ten further on for each organisation, plus one', toPort)
  .parse()
  .opts<{
    state: string;
    organisation: string[];
    consortium: string;
    crypto?: string;
    people?: string;
    portBase?: number;
  }>();

const log = pino(pino.destination(2));
try {
  const authorities = await startAll();
  const stop = () =>
    void Promise.all(authorities.map((authority) => authority.close())).then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const started = authorities.map(({ name, url }) => ({ name, url }));
  process.stdout.write(`${JSON.stringify({ ready: true, authorities: started })}\n`);
} catch (error) {
  log.fatal({ err: error }, (error as Error).message);
  process.exit(1);
}

async function startAll(): Promise<CertificateAuthority[]> {
  const state = resolve(flags.state);
  const consortium = movedTo(flags.portBase, readConsortium(flags.consortium));
  const unknown = flags.organisation.find(
    (name) => !consortium.organisations.some((one) => one.name === name),
  );
  if (unknown !== undefined) throw new Error(`The consortium has no organisation ${unknown}.`);
  const wanted = consortium.organisations.filter(
    ({ name }) => flags.organisation.length === 0 || flags.organisation.includes(name),
  );
  const crypto = flags.crypto ?? organisationsFolder(state);
  const materials = await ensureMaterial({ domain: consortium.domain, organisations: wanted }, crypto);

  const authorities: CertificateAuthority[] = [];
  for (const [index, organisation] of consortium.organisations.entries()) {
    const material = materials.find(({ name }) => name === organisation.name);
    if (!material) continue;
    const { ca: port } = portsOf(consortium, index);
    const start = () =>
      startCertificateAuthority({
        name: certificateAuthorityName(organisation),
        port,
        stateDir: join(state, 'ca', organisation.name),
        issuer: material.ca,
        tls: () => material.caTls,
        people: {
          dir:
            flags.people === undefined
              ? peopleFolder(state, organisation.name)
              : join(flags.people, organisation.name),
          list: peopleOf(consortium, organisation),
        },
        log: log.child({ ca: organisation.name }),
        onRevocation: (crl) => {
          writeRevocationList(join(state, 'crl'), organisation.name, crl);
        },
      });
    authorities.push(
      await during({ listening: `certificate authority of ${organisation.name}`, port }, start),
    );
  }
  return authorities;
}

/** For whoever puts it into the channel's configuration: a Fabric network learns of revocations in no other way. */
function writeRevocationList(folder: string, name: string, crl: string): void {
  writeWhole(join(folder, `${name}.pem`), crl);
}

function movedTo(base: number | undefined, consortium: Consortium): Consortium {
  return base === undefined ? consortium : { ...consortium, ports: { ...consortium.ports, network: base } };
}

function collect(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 65_000)
    throw new InvalidArgumentError('Not a port number.');
  return port;
}
