#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openTraces } from '@pledgeonce/chaincode/tracing/open-telemetry.js';
import { Command, Option } from 'commander';
import { readConfig } from './config.js';
import type { GatewayConfig } from './config.js';
import { messageOf } from './message-of.js';
import { organisationOf, readConnectionProfile } from './ledger/connection-profile.js';
import { holdTheLine } from './last-defence.js';
import { createLog } from './log.js';
import { startOrganisation } from './organisation.js';
import type { RunningGateway } from './organisation.js';
import { importWallet } from './people/import-wallet.js';
import { isKeyBesideState } from './people/key-beside-state.js';
import { PeopleRegister } from './people/people-register.js';
import { readOrCreatePrivateFile } from './people/private-file.js';
import { unlockRegistrar } from './people/unlock-registrar.js';
import { IdentityStore } from './people/wallet.js';
import { atPlaces } from './start/at-places.js';
import { moveState } from './start/move-state.js';

/** A network that was killed together with this gateway comes back meanwhile: another start of ours would take longer. */
const networkPatienceMs = 20_000;

interface Options {
  readonly config?: string;
  readonly rebuildProjection: boolean;
  readonly logLevel: string;
  readonly logFile?: string;
}

const program = new Command('gateway')
  .description('The REST gateway of one or several organisations')
  .enablePositionalOptions()
  .passThroughOptions()
  // Not marked as required: commander would ask it of the commands below too, which have their own.
  .option('--config <file>', 'what to run')
  .option('--rebuild-projection', 'throw the search tables away and read all blocks again', false)
  .addOption(
    new Option('--log-level <level>', 'least severe lines to log')
      .choices(['debug', 'info', 'warn', 'error'])
      .default('info'),
  )
  .option('--log-file <file>', 'where to log; ten files of 50 MB are kept (default: stderr)')
  .action(run);

program
  .command('import-wallet <folder>')
  .description('take over the identities of another Fabric application; prints a new secret for each person')
  .requiredOption('--config <file>', 'of which gateway')
  .requiredOption('--msp <id>', 'for which organisation')
  .action(async (folder: string, options: { config: string; msp: string }) => {
    const config = await readConfig(options.config);
    const organisation = config.organisations.find(({ msp }) => msp === options.msp);
    if (organisation === undefined) throw new Error(`The configuration has no organisation ${options.msp}.`);
    const masterKey = await masterKeyOf(config);
    const secrets = await atPlaces(organisation, createLog('warn'), async (places) => {
      const wallet = new IdentityStore(places.shelf('wallet'), masterKey);
      const store = await places.store('people');
      const imported = await importWallet(folder, wallet, await PeopleRegister.open(store));
      await store.close();
      return imported;
    });
    for (const [id, secret] of secrets) process.stdout.write(`${JSON.stringify({ id, secret })}\n`);
  });

program
  .command('unlock-registrar')
  .description(
    'end the lock that too many wrong secrets put on the registrar at the certificate authority; the gateway may run',
  )
  .requiredOption('--config <file>', 'of which gateway')
  .requiredOption('--msp <id>', 'for which organisation')
  .action(async (options: { config: string; msp: string }) => {
    const config = await readConfig(options.config);
    const organisation = config.organisations.find(({ msp }) => msp === options.msp);
    if (organisation === undefined) throw new Error(`The configuration has no organisation ${options.msp}.`);
    const profile = organisationOf(await readConnectionProfile(config.connection), options.msp);
    await unlockRegistrar(organisation, profile, await masterKeyOf(config));
    process.stdout.write('The registrar may use its secret again.\n');
  });

program
  .command('move-state')
  .description('copy what this gateway keeps on its own disk into the database that its replicas share')
  .requiredOption('--config <file>', 'of which gateway')
  .requiredOption('--msp <id>', 'for which organisation')
  .action(async (options: { config: string; msp: string }) => {
    const config = await readConfig(options.config);
    const organisation = config.organisations.find(({ msp }) => msp === options.msp);
    if (organisation === undefined) throw new Error(`The configuration has no organisation ${options.msp}.`);
    const moved = await moveState(organisation, createLog('warn'));
    process.stdout.write(`${JSON.stringify(moved)}\n`);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});

async function run({ config: file, rebuildProjection, logLevel, logFile }: Options): Promise<void> {
  if (file === undefined) throw new Error("error: required option '--config <file>' not specified");
  const log = createLog(logLevel, logFile);
  holdTheLine(log);
  const config = await readConfig(file);
  const traces = await openTraces('pledgeonce-gateway', (reason) => {
    log.warn(reason);
  });
  const profile = await readConnectionProfile(config.connection, networkPatienceMs);
  const masterKey = await masterKeyOf(config);
  if (config.organisations.some(({ stateDir }) => isKeyBesideState(config.masterKeyFile, stateDir))) {
    log.warn('masterKeyFile lies beside the state: whoever copies the folder has the wallets and their key');
  }
  const running: RunningGateway[] = [];
  const stopAll = () => Promise.all(running.map((gateway) => gateway.stop()));
  const started = await Promise.allSettled(
    config.organisations.map(async (organisation) => {
      const parts = { profile, masterKey, limits: config.limits, rebuildProjection, log };
      running.push(await startOrganisation(organisation, parts));
    }),
  );
  const failure = started.find((one) => one.status === 'rejected');
  if (failure !== undefined) {
    await stopAll();
    throw failure.reason;
  }
  const urls = new Map(running.map(({ msp, url }) => [msp, url]));
  const organisations = config.organisations.map(({ msp }) => ({ msp, url: urls.get(msp) }));
  process.stdout.write(`${JSON.stringify({ ready: true, organisations })}\n`);
  let stopping: Promise<unknown> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping ??= stopAll()
        .catch((error: unknown) => {
          log.error({ err: error }, 'not stopped cleanly');
          process.exitCode = 1;
        })
        .then(() => traces?.close());
    });
  }
}

async function masterKeyOf({ masterKeyFile }: GatewayConfig): Promise<Buffer> {
  await mkdir(dirname(masterKeyFile), { recursive: true, mode: 0o700 });
  return readOrCreatePrivateFile(masterKeyFile, () => randomBytes(32));
}
