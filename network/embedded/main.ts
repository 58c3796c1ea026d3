#!/usr/bin/env node
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTraces } from '@pledgeonce/chaincode/tracing/open-telemetry.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import { pino, type Logger } from 'pino';
import { readConsortium, type Consortium } from '../consortium.js';
import { messageOf } from '../message-of.js';
import { readExtraChaincode } from './extra-chaincode.js';
import { systemClock } from './ledger/clock.js';
import { proofAfterCrash } from './ledger/proof.js';
import { startNetwork } from './start-network.js';
import { StartupError } from './startup-error.js';

const defaultConsortium = fileURLToPath(new URL('../../consortium.yaml', import.meta.url));

interface Flags {
  readonly state: string;
  readonly consortium: string;
  readonly portBase?: number;
  readonly chaincode?: string;
  readonly chaincodeServers: number;
  readonly chaincodeOf: Readonly<Record<string, string>>;
  readonly extraChaincode: readonly string[];
  readonly afterCrash?: true;
  readonly logLevel: string;
}

const program = new Command('embedded-network')
  .description('A Fabric network in one process, for one machine')
  .requiredOption('--state <folder>', 'where keys, people and the ledger are kept')
  .option('--consortium <file>', 'the consortium to run', defaultConsortium)
  .option('--port-base <port>', 'moves all ports: discovery here, each organisation ten further on', toPort)
  .option(
    '--chaincode <folder>',
    "runs the consortium's chaincode from this package, on servers that peers share",
  )
  .option('--chaincode-servers <count>', 'how many such servers', toCount, 2)
  .option(
    '--chaincode-of <msp=folder>',
    "runs one organisation's chaincode from another package, for its peer alone; may be repeated",
    toPackageOf,
    {},
  )
  .option(
    '--extra-chaincode <file>',
    'JSON description of a chaincode to run besides; may be repeated',
    collect,
    [],
  )
  .option('--after-crash', 'serves at once, and proves the whole ledger while it does')
  .addOption(
    new Option('--log-level <level>', 'least severe lines to log')
      .choices(['debug', 'info', 'warn', 'error'])
      .default('info'),
  );

void main(program.parse().opts<Flags>());

async function main(flags: Flags): Promise<void> {
  const log = pino({ level: flags.logLevel }, pino.destination(2));
  try {
    const traces = await openTraces('pledgeonce-network', (reason) => {
      log.warn(reason);
    });
    const network = await startNetwork({
      stateDir: resolve(flags.state),
      consortium: consortiumOf(flags),
      chaincode:
        flags.chaincode === undefined
          ? undefined
          : {
              packageDir: resolve(flags.chaincode),
              servers: flags.chaincodeServers,
              packageOf: flags.chaincodeOf,
            },
      extraChaincodes: flags.extraChaincode.map(readExtraChaincode),
      proof: flags.afterCrash && proofAfterCrash,
      clock: systemClock,
      log,
      onFailure: (error) => {
        complain(error, log);
        process.kill(process.pid, 'SIGTERM');
        process.exitCode = 1;
      },
    });
    const close = async () => {
      await network.close();
      await traces?.close();
    };
    stopOnSignal(close, log);
    process.stdout.write(`${JSON.stringify({ ready: true, discovery: network.discovery })}\n`);
  } catch (error) {
    complain(error, log);
    process.exit(1);
  }
}

function stopOnSignal(close: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    close().then(
      () => process.exit(),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function complain(error: unknown, log: Logger): void {
  if (error instanceof StartupError) {
    process.stderr.write(`${error.code}: ${error.message}\n${error.advice}\n`);
  } else {
    log.fatal({ err: error }, messageOf(error));
  }
}

function consortiumOf({ consortium: file, portBase }: Flags): Consortium {
  const consortium = readConsortium(file);
  return portBase === undefined
    ? consortium
    : { ...consortium, ports: { ...consortium.ports, network: portBase } };
}

function toPackageOf(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const [, msp, folder] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (msp === undefined || folder === undefined) {
    throw new InvalidArgumentError('An MSP, =, and the folder of a chaincode package.');
  }
  return { ...before, [msp]: resolve(folder) };
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1024 || port > 64_000) {
    throw new InvalidArgumentError('A port from 1024 to 64000.');
  }
  return port;
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 16)
    throw new InvalidArgumentError('A number from 1 to 16.');
  return count;
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
